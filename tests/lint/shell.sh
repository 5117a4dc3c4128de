#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shell.sh ROOT: shellcheck is content with every shell script.
set -eu
cd "$1"
find . \( -name .git -o -name build -o -path ./tests/lint/bad \) -prune -o -type f -print | while read -r file; do
    case $(head -c 32 "$file" | tr -d '\0' | head -n 1) in
    '#!/bin/sh'* | '#!/bin/bash'* | '#!/usr/bin/env bash'*) printf '%s\0' "$file" ;;
    esac
done | xargs -0 shellcheck --format=gcc
