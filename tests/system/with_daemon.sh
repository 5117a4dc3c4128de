#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# with_daemon.sh SMED COMMAND…: runs the command beside a daemon of its own, whose socket is $SME_SOCKET. Ends with the status of
# the command, or 1 if the daemon did not stop with 0.
set -eu
smed=$1
shift
directory=$(mktemp -d)
export SME_SOCKET="$directory/smed.sock"
"$smed" --socket "$SME_SOCKET" --database "$directory/smed.db" 2>"$directory/log" &
daemon=$!
trap 'kill $daemon 2>/dev/null || true; rm -rf "$directory"' EXIT
while [ ! -S "$SME_SOCKET" ]; do
    if ! kill -0 $daemon 2>/dev/null; then
        cat "$directory/log" >&2
        echo "with_daemon: smed does not start" >&2
        exit 1
    fi
    sleep 0.1
done
status=0
"$@" || status=$?
kill -TERM $daemon 2>/dev/null || true
stopped=0
wait $daemon || stopped=$?
if [ $stopped -ne 0 ]; then
    cat "$directory/log" >&2
    echo "with_daemon: smed ended with $stopped" >&2
    exit 1
fi
exit $status
