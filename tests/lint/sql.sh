#!/bin/sh
# sql.sh ROOT: the queries stay in the language that SQLite and PostgreSQL share, and each is used.
set -eu
cd "$1"
found=0
wrong() {
    echo "$1"
    found=1
}

# A pattern, and why not.
while IFS='#' read -r pattern why; do
    [ -n "$pattern" ] || continue
    if lines=$(grep -nHiE "$pattern" schema/query/*.sql | grep -vE '^[^:]*:[0-9]+: *--'); then
        wrong "$(printf '%s\n' "$lines" | sed "s/^\([^:]*:[0-9]*\):.*/\1: $why/")"
    fi
done <<'END'
::#a cast is written CAST(x AS TYPE): SQLite reads :: as part of a name
\browid\b#only SQLite has row ids
\b(datetime|julianday|strftime|date|time|now)\(#days and instants come from the caller
\bINSERT OR\b#written ON CONFLICT
\bLIKE\b *([^ ']|'[^%]|'%[^,])#the two differ in case; only a list of numbers is searched with it
\b(upper|lower|group_concat|string_agg|printf|ifnull|iif|glob|random|json_[a-z]+|to_char|array_agg|concat)\(#only one of the two has it, or the two differ
\b(TRUE|FALSE|ILIKE|AUTOINCREMENT|FOR UPDATE|PRAGMA|GLOB|REGEXP)\b#only one of the two has it, or the two differ
\bavg\(#not an integer in one of the two
\b(REAL|DOUBLE|FLOAT)\b#figures are integers
\?[0-9]*#parameters are $1, $2, …
x'[0-9a-f]*'#bytes come as parameters
END

names=$(sed -n 's/^-- name: *//p' schema/query/*.sql)
for name in $names; do
    grep -rqE "\bQUERY_$name\b" daemon tests --include='*.[ch]' --include='*.def' || wrong "schema/query: no one uses $name"
done
exit $found
