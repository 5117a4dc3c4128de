#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# symbols.sh ROOT [BUILD]: what foo.c shows to others starts with foo_ (or f_), with the name of a struct that foo.h defines, or
# with what foo is a part of: its folder, or the foo of foo_bar.c. A handler is named after its method. Reads the objects of
# BUILD; without it, compiles what it finds.
set -eu
root=$1
build=${2-}
if [ -z "$build" ]; then
    build=$(mktemp -d)
    trap 'rm -rf "$build"' EXIT
    (cd "$root" && find . -name '*.c') | while read -r source; do
        mkdir -p "$build/$(dirname "$source")"
        cc -std=c17 -I "$root" -c -o "$build/$source.o" "$root/$source"
    done
fi
methods=$(cat "$root"/common/api/*.def | sed -n 's/^METHOD(\([a-z_]*\),.*/\1/p')

# FOLDER/NOUN SYMBOL, a line each; what sanitizers and the linker add starts with an underscore.
symbols() {
    find "$build" -name '*.c.o' ! -path '*/tests/*' ! -path '*/schema/*' | sort | while read -r object; do
        noun=$(printf '%s\n' "${object#"$build"/}" | sed 's,CMakeFiles/[^/]*/,,; s,\.c\.o$,,')
        [ -e "$root/$noun.c" ] || continue
        nm --defined-only --extern-only --format=posix "$object" |
            sed -n "s,^\([a-z][A-Za-z0-9_]*\) [TDBRC] .*,$noun \1,p"
    done
}

# FOLDER/NOUN struct NAME, a line each.
structs() {
    (cd "$root" && grep -roE '^struct [a-z_]+ \{' --include='*.h' .) | sed -n 's,^\./\(.*\)\.h:struct \(.*\) {$,\1 struct \2,p'
}

{ structs; symbols; } | METHODS=$methods awk '
BEGIN { n = split(ENVIRON["METHODS"], word, "\n"); for (i = 1; i <= n; i++) method[word[i]] = 1 }
function fits(noun, name) { return name == noun || index(name, noun "_") == 1 }
function defined_beside(path, name,    i, k, word) {
    k = split(beside[path], word, " ")
    for (i = 1; i <= k; i++)
        if (fits(word[i], name))
            return 1
    return 0
}
$2 == "struct" { beside[$1] = beside[$1] " " $3; next }
{
    k = split($1, part, "/")
    noun = part[k]
    good = $2 == "main" || ($2 in method) || fits(part[k - 1], $2) || fits(substr(noun, 1, 1), $2) || defined_beside($1, $2)
    while (!good) {
        good = fits(noun, $2)
        if (!sub(/_[^_]*$/, "", noun))
            break
    }
    if (!good) {
        print $1 ".c: " $2 " does not start with the name of its file"
        bad = 1
    }
}
END { exit bad }'
