#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# version.sh ROOT [BUILD]: CMake, debian/changelog, NEWS and --version tell one version.
set -eu
cd "$1"
build=${2:-.}
found=0

cmake=$(sed -nE 's/^project\(smed VERSION ([0-9.]+) .*/\1/p' CMakeLists.txt)
says() { # WHO VERSION
    [ "$2" = "$cmake" ] && return
    echo "CMakeLists.txt says version '$cmake', $1 says '$2'"
    found=1
}

says debian/changelog "$(sed -nE '1s/^smed \(([0-9.]+)(-[0-9]+)?\).*/\1/p' debian/changelog)"
says NEWS "$(sed -nE '1s/^smed ([0-9.]+) .*/\1/p' NEWS)"
for program in daemon/smed client/sme-ctl; do
    says "$program --version" "$("$build/$program" --version | sed 's/^[a-z-]* //')"
done
exit $found
