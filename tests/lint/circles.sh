#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# circles.sh ROOT [BUILD]: no two sources need each other, directly or through others, so that there is an order to read them in.
# Reads the objects of BUILD; without it, compiles what it finds.
set -eu
root=$1
build=${2-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "$build" ]; then
    build=$work
    (cd "$root" && find . -name '*.c') | while read -r source; do
        mkdir -p "$build/$(dirname "$source")"
        cc -std=c17 -I "$root" -c -o "$build/$source.o" "$root/$source"
    done
fi

# What is built today: a build folder may hold objects of sources that have moved.
objects() {
    if [ -e "$build/build.ninja" ]; then
        grep -o '^build [^ ]*\.c\.o:' "$build/build.ninja" | sed 's/^build //; s/:$//' | grep -v '^tests/' |
            sed "s,^,$build/,"
    else
        find "$build" -name '*.c.o'
    fi
}

# SOURCE KIND SYMBOL, a line each: U for a symbol that it needs, another letter for one that it gives.
objects | while read -r object; do
    [ -e "$object" ] || continue
    source=$(printf '%s\n' "${object#"$build"/}" | sed 's,CMakeFiles/[^/]*/,,; s,\.o$,,')
    [ -e "$root/$source" ] || continue
    nm --extern-only --format=posix "$object" | sed -n "s,^\([A-Za-z][A-Za-z0-9_]*\) \([TDBRU]\).*,$source \2 \1,p"
done | awk '
$3 == "main" { next }
$2 != "U" { giver[$3] = $1; next }
{ needs[++n] = $1; symbol[n] = $3 }
END {
    for (i = 1; i <= n; i++)
        if (symbol[i] in giver && giver[symbol[i]] != needs[i])
            print needs[i], giver[symbol[i]]
}' >"$work/pairs"

# tsort tells each loop in lines of their own, after one that begins it.
tsort "$work/pairs" 2>&1 >/dev/null | awk '
/contains a loop/ { if (loop != "") print loop; loop = "a circle:"; next }
{ sub(/^tsort: /, ""); loop = loop " " $0 }
END { if (loop != "") print loop; exit loop != "" }'
