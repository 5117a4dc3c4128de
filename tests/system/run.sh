#!/bin/sh
# run.sh BUILD: what needs more than the programs: the package under systemd, Neovim and Python as clients.
set -eu
build=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
for client in nvim python; do
    sh "$here/with_daemon.sh" "$build/daemon/smed" sh "$here/${client}_client.sh" && echo "$client: ok"
done
exec "$here/boot.sh" "$here/../../build/package" "$here/../../build/boot"
