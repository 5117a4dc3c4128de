#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# spdx.sh ROOT: every source, template, script, query, unit and build file names its licence in its first lines. Left out are the
# files of others, the bad samples, and the migrations released before there was such a line: databases keep their checksums.
set -eu
cd "$1"
found=0
for file in $(find . \( -name .git -o -path ./build -o -path ./tests/lint/bad -o -path ./tests/data -o -path ./tests/fuzz/corpus \) \
    -prune -o -type f ! -path './schema/sqlite/000[0-9]_*' ! -path './schema/sqlite/001[0-4]_*' -print | sort); do
    case $file in
    *.c | *.h | *.def | *.inc | *.sql | *.sh | *.py | *.vim | *.awk | *.cmake | */CMakeLists.txt) ;;
    *.service.in | *.socket.in | *.timer.in | ./systemd/*.conf | ./schema/noun/*.in) ;;
    *) [ "$(head -c 2 "$file" | tr -d '\0')" = '#!' ] || continue ;;
    esac
    head -n 2 "$file" | grep -qE '^(/\*|#|--|") SPDX-License-Identifier: Apache-2\.0( \*/)?$' || {
        echo "$file: the first or second line must be the comment SPDX-License-Identifier: Apache-2.0"
        found=1
    }
done
exit $found
