#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# compare.sh [--runs N] [--quick|--crowd] BASE [TIP]: whether TIP (default: HEAD) is as fast as BASE. Each commit is unpacked and
# built as released under build/compare/, so BASE may be older than this script. Their benches run in turn, N times each
# (default 5), so that what else the machine does weighs on both alike; compare.awk judges the medians.
# Exit status: 1 if TIP is slower.
set -eu
here=$(dirname "$(realpath "$0")")
cd "$here/../.."

usage() {
    echo "usage: ./dev bench --against BASE [TIP] [--runs N] [--quick|--crowd]" >&2
    exit 64
}

# Prints the full name of a commit.
commit() {
    git rev-parse --verify --quiet --end-of-options "$1^{commit}" || {
        echo "bench: there is no commit $1" >&2
        exit 64
    }
}

# build COMMIT: its bench is build/compare/COMMIT/build/release/tests/bench/bench.
build() {
    tree=build/compare/$1
    if [ ! -e "$tree/CMakePresets.json" ]; then
        mkdir -p "$tree"
        git archive "$1" | tar -xf - -C "$tree"
    fi
    echo "bench: building $(git log -1 --format='%h %s' "$1")" >&2
    if ! (cd "$tree" && cmake --preset release && cmake --build --preset release --target bench) >"$tree.log" 2>&1; then
        tail -n 30 "$tree.log" >&2
        echo "bench: $1 does not build (all of it: $tree.log)" >&2
        exit 1
    fi
}

# run NAME COMMIT ROUND: its figures go to $results/NAME-ROUND.json.
run() {
    echo "bench: round $3 of $runs, $1" >&2
    # shellcheck disable=SC2086 # no pace, or one
    "build/compare/$2/build/release/tests/bench/bench" --json $pace >"$results/$1-$3.json" 2>"$results/$1-$3.log" || {
        cat "$results/$1-$3.log" >&2
        exit 1
    }
}

runs=5 pace='' base='' tip=''
while [ $# -gt 0 ]; do
    case $1 in
    --runs)
        runs=${2-}
        shift
        ;;
    --quick | --crowd) pace=$1 ;;
    -*) usage ;;
    *) if [ -z "$base" ]; then base=$1; elif [ -z "$tip" ]; then tip=$1; else usage; fi ;;
    esac
    shift || usage
done
if [ -z "$base" ] || ! [ "$runs" -gt 0 ] 2>/dev/null; then usage; fi

base=$(commit "$base")
tip=$(commit "${tip:-HEAD}")
build "$base"
build "$tip"
results=build/compare/$(date +%Y%m%dT%H%M%S)
mkdir -p "$results"
echo "bench: the machine's load is $(cut -d' ' -f1-3 /proc/loadavg); other work spoils the figures" >&2
round=1
while [ "$round" -le "$runs" ]; do
    run base "$base" "$round"
    run tip "$tip" "$round"
    round=$((round + 1))
done
awk -f "$here/compare.awk" "$results"/base-*.json "$results"/tip-*.json
