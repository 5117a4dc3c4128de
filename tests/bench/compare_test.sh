#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# compare_test.sh: compare.awk takes what is as fast, refuses what is slower, and does not judge what it cannot.
set -eu
awk=$(dirname "$(realpath "$0")")/compare.awk
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# figure NAME UNIT VALUE…: a line as the bench prints it, in one file per run.
figures() { # SIDE NAME UNIT VALUE…
    side=$1 name=$2 unit=$3 run=1
    shift 3
    for value; do
        printf '  {"name": "%s", "connections": 16, "unit": "%s", "value": %s, "samples": 5},\n' "$name" "$unit" "$value" \
            >>"$side-$run.json"
        run=$((run + 1))
    done
}

expect() { # STATUS LINE: what is compared ends with STATUS and says LINE.
    status=0
    awk -f "$awk" base-*.json tip-*.json >out || status=$?
    if [ "$status" != "$1" ] || ! grep -qE "$2" out; then
        echo "expected status $1 and '$2', got $status and:"
        cat out
        exit 1
    fi
    rm -f ./*.json
}

figures base status /s 1000.0 9.0 1010.0
figures tip status /s 951.0 990.0 1.0
expect 0 'status \[16\] .* 0\.951 +$'

figures base status /s 1000.0 1000.0 1000.0
figures tip status /s 949.0 5000.0 900.0
expect 1 'status \[16\] .* 0\.949  SLOWER'

figures base 'group.show of all' ms 10.0
figures tip 'group.show of all' ms 11.0
expect 1 'group.show of all \[16\] .* 0\.909  SLOWER'

figures base status /s 100.0
figures tip status /s 100.0
figures base 'status p99' ms 1.0
figures tip 'status p99' ms 2.0
expect 0 'status p99 .* 0\.500  \(not judged\)'

figures base status /s 100.0
figures tip status /s 100.0
figures tip 'another' /s 1.0
expect 0 'another .* only in the tip'

figures base old /s 1.0
figures tip new /s 1.0
expect 1 'no figure to judge'
