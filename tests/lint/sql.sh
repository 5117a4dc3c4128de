#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sql.sh ROOT: each query is used, and its columns are read by name. What a query may say is checked by sqlgen as it is built.
set -eu
cd "$1"
found=0
names=$(sed -n 's/^-- name: *\([a-z0-9_]*\).*/\1/p' schema/query/*.sql)
for name in $names; do
    if ! grep -rqE "\bquery_$name\b" daemon tests --include='*.[ch]' --include='*.def'; then
        echo "schema/query: no one uses $name"
        found=1
    fi
done
if grep -rnE 'stmt_(int|text|blob|date|choice|dup|is_null|type)\([^,]*, *[0-9]' . --include='*.[ch]' --exclude-dir=build \
    --exclude-dir=bad; then
    echo "read a column by its name: stmt_int(q, TEAM_LIST_person)"
    found=1
fi
exit $found
