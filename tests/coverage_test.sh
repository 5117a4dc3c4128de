#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# coverage_test.sh: coverage.awk refuses a file that is too low without a reason, and a reason that is not needed any more.
set -eu
awk=$(dirname "$(realpath "$0")")/coverage.awk
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

expect() { # STATUS MESSAGE: what stands in known and gcov ends with STATUS and says MESSAGE.
    status=0
    awk -f "$awk" known gcov >out 2>&1 || status=$?
    [ "$status" = "$1" ] && grep -qF "$2" out && return
    echo "expected status $1 and '$2', got $status and:"
    cat out
    exit 1
}

cat >gcov <<'GCOV'
File 'daemon/cow.c'
Lines executed:84.99% of 200
File 'common/calf.c'
Lines executed:85.00% of 20
File 'common/empty.h'
No executable lines
File 'schema/grass.c'
Lines executed:0.00% of 20
GCOV
printf '# A comment.\ndaemon/cow.c  it does not stand still\n' >known
expect 0 ' 84.99 % of  200  daemon/cow.c
 85.00 % of   20  common/calf.c'

printf '# A comment.\n' >known
expect 1 'daemon/cow.c: 84.99 % of its lines ran'
printf 'daemon/cow.c\n' >known
expect 1 'daemon/cow.c: 84.99 % of its lines ran'
printf 'daemon/cow.c  x\ncommon/calf.c  x\n' >known
expect 1 'common/calf.c is at 85 %; take it out'
printf 'daemon/cow.c  x\ndaemon/bull.c  x\n' >known
expect 1 'there is no daemon/bull.c'
: >gcov
expect 1 'gcov counted nothing'
