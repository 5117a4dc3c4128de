#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# coverage.sh INTERFACE CALLED: every method declared in the folder INTERFACE is named in a file of the folder CALLED.
set -eu
declared=$(sed -n 's/^METHOD([a-z_]*, *"\([^"]*\)".*/\1/p' "$1"/*.def)
found=0
for method in $declared; do
    grep -rqxF "$method" "$2" || {
        echo "no test calls $method"
        found=1
    }
done
[ -n "$declared" ] || found=1
exit $found
