#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# api.sh ROOT: the blocks of the interface are sound, and every noun is where its row says. A bad sample puts
# a .def file in place of ours, or changes noun.def by a script.
set -eu
own=$(realpath "$(dirname "$0")/../..")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/common" "$tree/query"
cp -r "$own/common/api" "$tree/common/"
[ ! -e "$1/common/api" ] || cp -r "$1/common/api" "$tree/common/"
[ ! -e "$1/noun.sed" ] || sed -i -f "$1/noun.sed" "$tree/common/api/noun.def"
gcc -std=c17 -I "$tree" -I "$own" -fsyntax-only "$tree/common/api/guard.c"
rm "$tree/common/api/guard.c" "$tree/common/api/apidoc.c"
gcc -std=c17 -D_GNU_SOURCE -I "$tree" -I "$own" -o "$tree/sqlgen" "$own"/schema/sqlgen/*.c "$tree"/common/api/*.c \
    "$own/common/arena.c" -lsqlite3
"$tree/sqlgen" "$tree" "$tree/common/api/noun.def" "$own"/schema/query/*.sql "$own"/schema/query/fragment/*.sql \
    -- sqlite "$own"/schema/sqlite/*.sql
