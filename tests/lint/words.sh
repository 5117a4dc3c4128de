#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# words.sh ROOT: plain words (see CONTRIBUTING, Words) in what people read: texts of programs, the interface, manuals,
# documents. Each row is a phrase that read as if translated, and the better one beside it.
set -eu
cd "$1"
found=0

refuse() {
    # shellcheck disable=SC2086 # several files
    lines=$({ grep -iE -e "$1" "$quoted"; grep -niE -e "$1" $documents /dev/null; } || true)
    [ -n "$lines" ] || return 0
    printf '%s\n' "$lines" | sed "s|\$|  (better: $2)|"
    found=1
}

# Documents and the interface whole; of sources only the lines that hold a text.
quoted=$(mktemp)
trap 'rm -f "$quoted"' EXIT
# shellcheck disable=SC2046 # paths of the project have no spaces
find common daemon client demo \( -name '*.[ch]' -o -name '*.def' -o -name '*.sh' \) -print 2>/dev/null | sort |
    while read -r file; do
        grep -nE "\"[^\"]* [^\"]*\"|say '" "$file" | sed "s|^|$file:|" || true
    done >"$quoted"
documents=$(find . -maxdepth 2 \( -name '*.md' -o -name '*.scd*' -o -name NEWS \) -print | sort)

refuse 'cannot be understood' 'invalid, or unrecognized'
refuse 'there is nothing to do with' 'unexpected argument'
refuse '(is|are) the work of' 'only … may'
refuse 'bars (anybody|somebody|whom)|whom (something|a record) bars|is barred' 'has a conflict of interest'
refuse 'set aside' 'override, overridden'
refuse 'stands? against|stands? in the way' 'blocker, blocks'
refuse 'whom .* still to see|nothing .* was not' 'say it without the negation'
refuse '(name|names) for good' 'stable identifier'
refuse 'the cover of|a cover lasts' 'coverage'
refuse '(lasts?|least) a day at least' 'must last at least one day'
refuse 'it takes another' 'is required'
refuse 'leave (it|them|this) out' 'omit it'
refuse 'ask about (that|a later) day' 'use that day or a later one'
refuse 'what the page before gave|the page before came with' 'the next value of the previous page'
refuse 'lies outside your scope' 'not found, or outside your scope'
refuse 'handed? (in|over)\b' 'submit, pass'
refuse 'gave way to' 'was replaced by'
refuse 'no plain (address|file)|is no (host|inspector|certification body)' 'is not a …'
refuse 'somebody else than|anybody else' 'someone other than'
refuse 'there is no memory|no memory for' 'out of memory'
refuse 'a file of rules|files of rules' 'rules file'
refuse 'is locked in' 'is sandboxed'
refuse 'of the day asked about|on the day asked about' 'on that day'
exit $found
