#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# size.sh ROOT: no file over 500 lines, no header over 200, no function over 80, no line over 120 columns.
set -eu
cd "$1"
folders=$(ls -d common daemon client schema tests 2>/dev/null || true)
# shellcheck disable=SC2086 # several words
find $folders -name '*.[ch]' ! -path 'tests/lint/*' -exec awk '
function wrong(line, what) { print FILENAME ":" line ": " what; bad = 1 }
FNR == 1 { limit = FILENAME ~ /\.h$/ ? 200 : 500; start = 0 }
FNR == limit + 1 { wrong(FNR, "more than " limit " lines") }
/^{$/ { start = FNR }
/^}$/ && start { if (FNR - start - 1 > 80) wrong(start, "a function of " FNR - start - 1 " lines, more than 80"); start = 0 }
{ line = $0; gsub(/[\200-\277]/, "", line) }
length(line) > 120 { wrong(FNR, "more than 120 columns") }
END { exit bad }' {} +
