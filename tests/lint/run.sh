#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh BUILD [GATE…]: each gate must first refuse every bad sample it has under bad/GATE/, and for the reason named there; then
# the tree must pass it. A gate without a sample fails.
set -eu
build=$(realpath "$1")
shift
lint=$(dirname "$(realpath "$0")")
root=$(realpath "$lint/../..")
[ $# -gt 0 ] || set -- layers circles size symbols api sql headers docs words version spdx units format shell spelling tidy
failed=0

refuses() {
    samples=0
    for sample in "$lint/bad/$1"/*/; do
        [ -e "$sample/expect" ] || continue
        samples=$((samples + 1))
        if output=$("$lint/$1.sh" "$sample" 2>&1) || ! printf '%s\n' "$output" | grep -qE "$(cat "$sample/expect")"; then
            printf '%s: the bad sample is not refused: %s\n%s\n' "$1" "$sample" "$output"
            return 1
        fi
    done
    [ "$samples" -gt 0 ] || { echo "$1: there is no bad sample"; return 1; }
}

for gate; do
    if refuses "$gate" && output=$("$lint/$gate.sh" "$root" "$build" 2>&1); then
        echo "$gate: ok"
    else
        printf '%s\n%s: FAILED\n' "${output-}" "$gate"
        failed=1
    fi
done
exit $failed
