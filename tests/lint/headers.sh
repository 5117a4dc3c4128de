#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# headers.sh ROOT [BUILD]: each header compiles alone, with both compilers, under the warnings of cmake/flags.cmake.
set -eu
root=$1
generated=${2:-$root}/schema
warnings=$(grep -o -e '-W[a-z0-9=-]*' "$(dirname "$0")/../../cmake/flags.cmake" | grep -vx -e -Werror)
cd "$root"
found=0
folders=$(ls -d common daemon client tests 2>/dev/null || true)
# shellcheck disable=SC2086 # several words
headers=$(find $folders -name '*.h' ! -path 'tests/lint/*' | sort)
for header in $headers; do
    for compiler in gcc clang; do
        # shellcheck disable=SC2086 # one word per warning
        if ! messages=$(printf '#include "%s"\n' "$header" |
            $compiler -std=c17 -D_GNU_SOURCE -DSMED_VERSION='""' $warnings -Werror -fsyntax-only -I . -I "$generated" -x c - 2>&1); then
            printf '%s: does not compile alone (%s)\n%s\n' "$header" "$compiler" "$messages"
            found=1
        fi
    done
done
exit $found
