#!/bin/sh
# sql.sh ROOT: each query is used. What a query may say is checked by sqlgen as it is built.
set -eu
cd "$1"
found=0
for name in $(sed -n 's/^-- name: *\([a-z0-9_]*\).*/\1/p' schema/query/*.sql); do
    if ! grep -rqE "\b(QUERY|query)_$name\b" daemon tests --include='*.[ch]' --include='*.def'; then
        echo "schema/query: no one uses $name"
        found=1
    fi
done
exit $found
