#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# spelling.sh ROOT: no common misspelling of English. Words of other languages stand in the folders left out; the words below are
# mistakes that tests make on purpose, and names.
set -eu
cd "$1"
codespell --skip='.git,build,./po,./demo,./schema/standards,./tests/data,./tests/fuzz/corpus,./tests/lint' \
    --ignore-words-list='coop,fo,nam,columnn,columnss,iif' .
