#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# kept.sh FILE: what comes on standard input must be what FILE keeps. With SME_TEST_ACCEPT=1, which ./dev accept sets, FILE
# keeps it from now on.
set -eu
kept=$1
new=$(mktemp)
trap 'rm -f "$new"' EXIT
cat >"$new"
if [ -n "${SME_TEST_ACCEPT-}" ]; then
    cmp -s "$kept" "$new" || cat "$new" >"$kept"
elif ! diff -u "$kept" "$new"; then
    echo "$kept is not what is said now; if that is meant, ./dev accept keeps it"
    exit 1
fi
