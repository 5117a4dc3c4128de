#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh BUILD: what needs more than the programs: the package under systemd, Neovim and Python as clients.
set -eu
build=$(realpath "$1")
here=$(dirname "$(realpath "$0")")

# What is skipped (77) has said so.
run() {
    name=$1
    shift
    status=0
    "$@" || status=$?
    case $status in
    0) echo "$name: ok" ;;
    77) ;;
    *)
        echo "$name: FAILED" >&2
        exit 1
        ;;
    esac
}

for client in nvim python; do
    run "$client" sh "$here/with_daemon.sh" "$build/daemon/smed" sh "$here/${client}_client.sh"
done
run boot "$here/boot.sh" "$here/../../build/package" "$here/../../build/boot"
