#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# format.sh ROOT: the sources are as clang-format writes them (./dev format does).
set -eu
style=$(dirname "$(realpath "$0")")/../../.clang-format
cd "$1"
folders=$(ls -d common daemon client schema tests 2>/dev/null || true)
# shellcheck disable=SC2086 # several words
find $folders -name '*.[ch]' ! -path 'common/api/*' ! -path 'tests/lint/*' \
    -exec clang-format --style="file:$style" --dry-run -Werror {} + 2>&1
