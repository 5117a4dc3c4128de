#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Neovim, which knows nothing of smed, speaks to the daemon at $SME_SOCKET with its own MessagePack-RPC client.
set -eu
command -v nvim >/dev/null || { echo "nvim_client: skipped: nvim is not installed"; exit 77; }
result=$(mktemp)
trap 'rm -f "$result"' EXIT
RESULT=$result timeout 30 nvim --headless -u NONE -i NONE -n -S "$(dirname "$0")/nvim_client.vim" </dev/null >/dev/null 2>&1 || true
cat "$result"
[ "$(tail -n 1 "$result")" = "done" ]
