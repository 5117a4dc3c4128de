#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# docs.sh ROOT [BUILD]: documents name files and commands that exist, nothing is left to do, manual pages are sound
# and found by man -k smed.
set -eu
root=$1
build=${2:-$1}
found=0
wrong() {
    echo "$1"
    found=1
}
cd "$root"

for document in *.md */README.md */*/README.md; do
    [ -e "$document" ] || continue
    # shellcheck disable=SC2016 # the backquotes are Markdown's
    for path in $(grep -o '`[A-Za-z0-9_.*/-]*`' "$document" | tr -d '`' |
        grep -E '^(common|daemon|client|schema|tests|systemd|debian|demo|po|cmake|\.ci)/|\.md$' | sort -u); do
        # shellcheck disable=SC2086 # a pattern may stand for several
        ls -d $path >/dev/null 2>&1 || ls -d "$(dirname "$document")"/$path >/dev/null 2>&1 ||
            wrong "$document: there is no $path"
    done
    commands=$(grep -o '\./dev [a-z][a-z]*' "$document" | sort -u | cut -d' ' -f2)
    for command in $commands; do
        grep -qE "^  $command( |\$)" dev || wrong "$document: ./dev has no command $command"
    done
done

if left=$(grep -rnE '\b(TODO|FIXME|XXX|HACK)\b' . --include='*' --exclude-dir=.git --exclude-dir=build --exclude-dir=lint); then
    wrong "$left"
fi

for page in $(find "$build" -name '*.[1-8]' -path '*/man/*' | sort); do
    messages=$(mandoc -T lint -W error "$page") || wrong "$messages"
    # What man -k searches is the one line of this section.
    sed -n '/^\.SH NAME/,/^\.SH [^N]/p' "$page" | grep -q '^[a-z-]* \\*- .*smed\|^smed[a-z-]* \\*- ' ||
        wrong "$page: man -k smed does not find it: NAME does not speak of smed"
done
exit $found
