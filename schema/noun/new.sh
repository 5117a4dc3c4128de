#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# new.sh NAME LETTERS [ROOM]: writes a noun that builds and passes its test, to be made into what it is to be. Things of
# it belong to a cooperative or enterprise, are named by the letters and a number, and are created, listed and shown. ROOM
# is the folder of daemon/service/ for its handlers.
set -eu
cd "$(dirname "$0")/../.."

fail() {
    echo "new noun: $*" >&2
    exit 1
}

if [ $# -lt 2 ] || [ $# -gt 3 ]; then
    echo "usage: ./dev noun NAME LETTERS [ROOM], such as: ./dev noun complaint Q register" >&2
    exit 64
fi
name=$1 letters=$2 room=${3-register}
words=$(echo "$name" | tr _ ' ')
case $name in [aeiou]*) an=an An=An ;; *) an=a An=A ;; esac
title=$(echo "$words" | cut -c1 | tr '[:lower:]' '[:upper:]')$(echo "$words" | cut -c2-)
echo "$name" | grep -qE '^[a-z]+(_[a-z]+)*$' || fail "the name '$name' is not lower-case words joined by _"
echo "$letters" | grep -qE '^[A-Z]{1,2}$' || fail "the letters '$letters' are not one or two capitals"
[ -d "daemon/service/$room" ] || fail "there is no room daemon/service/$room"
if grep -qE "^(HOLDER|CODED|NUMBERED)\($name," common/api/noun.def; then fail "there is a noun $name"; fi
if grep -qE "^NUMBERED\([a-z_]+, *\"$letters\"," common/api/noun.def; then fail "another noun has the letters $letters"; fi
if grep -qhE "\b$name\b" schema/sqlite/*.sql; then fail "schema/sqlite has the word $name already"; fi

# write TEMPLATE FILE
write() {
    [ ! -e "$2" ] || fail "there is a $2"
    sed "s/@name@/$name/g; s/@letters@/$letters/g; s/@words@/$words/g; s/@Words@/$title/g
        s/@an@/$an/g; s/@An@/$An/g" "schema/noun/$1" >"$2"
    echo " new: $2"
}

number=$(printf '%s\n' schema/sqlite/[0-9]*.sql | tail -n 1 | sed 's,.*/0*\([0-9]*\)_.*,\1,')
write def.in "common/api/$name.def"
write table.sql.in "$(printf 'schema/sqlite/%04d_%s.sql' $((number + 1)) "$name")"
write query.sql.in "schema/query/$name.sql"
write noun.c.in "daemon/service/$room/$name.c"
write test.c.in "tests/unit/${name}_test.c"

if command -v clang-format >/dev/null; then
    clang-format -i "daemon/service/$room/$name.c" "tests/unit/${name}_test.c"
fi

printf 'NUMBERED(%-13s %-6s%-21s%-18s%-16s%-17s%-26s"%s")\n' "$name," "\"$letters\"," "\"$name\"," '"holder_id",' \
    '"recorded_on",' '"was recorded",' "\"$name list\"," "$words" >>common/api/noun.def
sed -i "s/^#include \"status.def\"/#include \"$name.def\"\n&/" common/api/api.inc
sed -i "/^LASTING(measure,/a LASTING($name, \"it has no end\")" common/api/ended.def
echo " changed: common/api/noun.def common/api/api.inc common/api/ended.def"
echo "next: ./dev build; ./dev accept; then make it what it is to be"
