#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sql.sh ROOT: each query is used. What a query may say is checked by sqlgen as it is built.
set -eu
cd "$1"
found=0
names=$(sed -n 's/^-- name: *\([a-z0-9_]*\).*/\1/p' schema/query/*.sql)
for name in $names; do
    if ! grep -rqE "\b(QUERY|query)_$name\b" daemon tests --include='*.[ch]' --include='*.def'; then
        echo "schema/query: no one uses $name"
        found=1
    fi
done
exit $found
