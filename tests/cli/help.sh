#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# help.sh BUILD: every noun and every command has help: on standard output alone, within 80 columns, with exit status 0;
# and what goes wrong is one line on standard error.
set -eu
PATH=$(cd "$1" && pwd)/client:$PATH
export LC_ALL=C.UTF-8 SME_SOCKET=/nonexistent/s
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
wrong() {
    echo "$*"
    failed=1
}

check() {
    "$@" >"$work/out" 2>"$work/err" || wrong "$*: exit $?"
    [ -s "$work/out" ] || wrong "$*: no help"
    [ ! -s "$work/err" ] || wrong "$*: standard error: $(cat "$work/err")"
    [ "$(wc -L <"$work/out")" -le 80 ] || wrong "$*: wider than 80 columns"
    grep -q '[[:blank:]]$' "$work/out" && wrong "$*: blanks at the end of a line"
    return 0
}

check_error() {
    expected=$1
    shift
    status=0
    "$@" >"$work/out" 2>"$work/err" || status=$?
    [ "$status" -eq "$expected" ] || wrong "$*: exit $status, not $expected"
    [ ! -s "$work/out" ] || wrong "$*: something on standard output"
    [ "$(wc -l <"$work/err")" -eq 1 ] || wrong "$*: not one line on standard error"
    grep -q '^sme-ctl: ' "$work/err" || wrong "$*: does not say who complains"
}

n=0
check sme-ctl --help
check sme-ctl help
for noun in $(sme-ctl complete -- '' | cut -f1); do
    check sme-ctl help "$noun"
    for verb in $(sme-ctl complete -- "$noun" '' | cut -f1); do
        sme-ctl help "$noun" "$verb" >/dev/null 2>&1 || continue
        check sme-ctl help "$noun" "$verb"
        n=$((n + 1))
        [ "$noun $verb" = 'standard import' ] || check sme-ctl "$noun" "$verb" --help
    done
done
[ "$n" -ge 50 ] || wrong "only $n commands"
for shell in bash zsh fish; do
    check sme-ctl completion "$shell"
done
check_error 64 sme-ctl
check_error 64 sme-ctl coop
check_error 64 sme-ctl nonsense
check_error 64 sme-ctl coop create
check_error 64 sme-ctl coop create x --bogus
check_error 65 sme-ctl coop show x --as-of=2026-02-30
check_error 69 sme-ctl coop list
check_error 69 sme-ctl -H -oProxyCommand=x coop list
echo "$n commands"
exit $failed
