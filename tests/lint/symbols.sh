#!/bin/sh
# symbols.sh ROOT [BUILD]: what foo.c shows to others starts with foo_, or with what foo_bar.c is a part of. A handler is named
# after its method. Reads the objects of BUILD; without it, compiles what it finds.
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

# SOURCE SYMBOL, a line each; sanitizers and the linker add symbols with a leading underscore.
symbols() {
    find "$build" -name '*.c.o' ! -path '*/tests/*' ! -path '*/schema/*' | sort | while read -r object; do
        nm --defined-only --extern-only --format=posix "$object" |
            sed -n "s,^\([a-z][A-Za-z0-9_]*\) [TDBRC] .*,$(basename "$object" .o) \1,p"
    done
}

symbols | METHODS=$methods awk '
BEGIN { n = split(ENVIRON["METHODS"], word); for (i = 1; i <= n; i++) method[word[i]] = 1 }
function fits(noun, name) { return name == noun || index(name, noun "_") == 1 }
{
    noun = $1
    sub(/\.c$/, "", noun)
    good = $2 == "main" || ($2 in method)
    while (!good) {
        good = fits(noun, $2)
        if (!sub(/_[^_]*$/, "", noun))
            break
    }
    if (!good) {
        print $1 ": " $2 " does not start with the name of its file"
        bad = 1
    }
}
END { exit bad }'
