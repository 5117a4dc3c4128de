#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# coverage.sh BUILD: how many lines of each file of daemon/ and common/ the tests ran that were run in BUILD, which counts them
# (preset coverage), least first. What coverage.awk judges.
set -eu
build=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
root=$(realpath "$here/..")
find "$build/daemon" "$build/common" -name '*.gcno' -exec gcov --no-output --relative-only --source-prefix "$root" {} + 2>/dev/null |
    awk -f "$here/coverage.awk" "$here/coverage.txt" -
