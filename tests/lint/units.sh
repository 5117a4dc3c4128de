#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# units.sh ROOT [BUILD]: systemd's own score of each service stays at 0.5 or better (10 is worst).
set -eu
units=${2:-$1}/systemd
found=0
for unit in "$units"/*.service; do
    if ! result=$(systemd-analyze security --no-pager --offline=true --threshold=5 "$unit" 2>&1); then
        echo "$unit: $(printf '%s\n' "$result" | tail -n 1)"
        found=1
    fi
done
exit $found
