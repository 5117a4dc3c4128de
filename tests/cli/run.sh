#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh BUILD [CASE...]: what people see. Each CASE.in is a list of commands, run one by one against a daemon of its own
# with a fixed day; what they print must be CASE.ok, which ./dev accept renews. A first line "# with NAME=VALUE..." is for
# both the daemon and the commands.
set -eu
build=$(cd "$1" && pwd)
shift
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
if [ $# -eq 0 ]; then
    for file in "$here"/*.in; do
        set -- "$@" "$(basename "$file" .in)"
    done
fi

work=$(mktemp -d)
daemon=
stop() {
    if [ -n "$daemon" ]; then
        kill "$daemon" 2>/dev/null || true
        wait "$daemon" 2>/dev/null || true
        daemon=
    fi
}
trap 'stop; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

PATH=$build/client:$build/daemon:$PATH
SME_CLOCK=2026-11-24T09:00:00Z
SME_SOCKET=$work/s
export PATH SME_CLOCK SME_SOCKET
export TOP="$top" LC_ALL=C.UTF-8 TZ=UTC SME_PAGER=cat
unset NO_COLOR COLUMNS SME_HOST SME_SSH SME_LIBEXEC XDG_RUNTIME_DIR LANG 2>/dev/null || true

start() {
    smed --socket "$SME_SOCKET" --database "$work/smed.db" --log error 2>"$work/log" &
    daemon=$!
    for _ in $(seq 100); do
        sme-ctl ping >/dev/null 2>&1 && return
        sleep 0.05
    done
    echo "the daemon does not answer:"
    cat "$work/log"
    exit 1
}

# What is never twice the same: request ids, digests, the caller, times, temporary places.
stable() {
    sed -E "s#$work#WORK#g; s#$top#TOP#g; s/\b[0-9a-f]{64}\b/DIGEST/g
        s/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/UUID/g
        s/(2026-11-24T09:)[0-9:.]+Z/\1TIME/g; s/(TIME,)$(id -un),/\1USER,/g
        s/recorded by $(id -un)\b/recorded by USER/; s/\b$(id -un)\$/USER/; s/,$(id -un)(,[0-9]+)\$/,USER\1/; s/(by\":\")$(id -un)\"/\1USER\"/g"
}

# What people look at fits a usual terminal, whatever is in it.
check_width() {
    case $1 in
    *' --json'* | *' --csv'* | *' --ics'* | *' --acknowledge'* | *'>'*) return ;;
    'sme-ctl status'* | 'sme-ctl due' | 'sme-ctl due '[A-Z-]*) ;;
    'sme-ctl group show '* | 'sme-ctl finding show '* | 'sme-ctl sample show '* | 'sme-ctl standard show '*) ;;
    'sme-ctl cert show '* | 'sme-ctl cert check '*) ;;
    *) return ;;
    esac
    width=$( (cd "$work" && COLUMNS=80 sh -c "$1") 2>/dev/null </dev/null | wc -L)
    [ "$width" -le 80 ] && return
    echo "wider than 80 columns, $width: $1" >&2
    failed=1
}

play() {
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
        '' | '#'*)
            printf '%s\n' "$line"
            continue
            ;;
        esac
        printf '$ %s\n' "$line"
        status=0
        (cd "$work" && sh -c "$line") >"$work/out" 2>"$work/err" </dev/null || status=$?
        stable <"$work/out"
        stable <"$work/err" | sed 's/^/! /'
        [ "$status" -eq 0 ] || echo "exit $status"
        check_width "$line"
    done
}

failed=0
for case in "$@"; do
    rm -rf "$work"/smed.db* "$SME_SOCKET"
    (
        trap stop EXIT
        # shellcheck disable=SC2046 # each word is an assignment
        export $(sed -n '1s/^# with //p' "$here/$case.in") SME_SOCKET
        start
        play <"$here/$case.in" >"$work/$case.got"
        stop
        exit $failed
    ) || failed=1
    "$top/tests/support/kept.sh" "$here/$case.ok" <"$work/$case.got" || failed=1
done
exit $failed
