#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh: what ./dev noun writes builds and passes, in a copy of the tree; and a name or letters that are taken are refused.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
cd "$work"
tar -C "$top" --exclude=./build --exclude=./.git -cf - . | tar -xf -

refused() {
    if schema/noun/new.sh "$@" >out 2>&1; then
        echo "not refused: ./dev noun $*"
        exit 1
    fi
}

schema/noun/new.sh test_thing ZZ
refused test_thing ZY
refused other_thing ZZ
refused Thing T1
refused other_thing ZY nowhere

# Not optimised: it is built to be run once.
cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS=-O0 -DSMED_WERROR=ON >out 2>&1 || { cat out; exit 1; }
cmake --build build --target test_thing_test complete_test scope_test >out 2>&1 || { grep -E 'FAILED|error' out; exit 1; }
for name in test_thing complete scope; do
    "build/tests/${name}_test" >out 2>&1 || { cat out; exit 1; }
done
