#!/bin/sh
# api.sh ROOT: the blocks of the interface are sound. A bad sample is a .def file put in place of ours.
set -eu
own=$(dirname "$(realpath "$0")")/../..
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir "$tree/common"
cp -r "$own/common/api" "$tree/common/"
cp -r "$1/common/api" "$tree/common/"
gcc -std=c17 -I "$tree" -I "$own" -fsyntax-only "$tree/common/api/guard.c"
