#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tidy.sh ROOT [BUILD]: clang-tidy finds nothing by the checks of .clang-tidy. A process for each file: in one for several, the
# checker of va_list mixes them up.
set -eu
checks=$(realpath "$(dirname "$0")/../../.clang-tidy")
build=${2-}
cd "$1"
folders=$(ls -d common daemon client schema 2>/dev/null || true)
# shellcheck disable=SC2086 # several words
if [ -n "$build" ]; then set -- -p "$build"; else set -- --extra-arg-before=-std=c17 --extra-arg-before=-I.; fi
# shellcheck disable=SC2086 # several words
find $folders -name '*.c' -print0 |
    xargs -0 -n 1 -P "$(nproc)" clang-tidy --quiet --config-file="$checks" "$@" 2>/dev/null
