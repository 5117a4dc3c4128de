#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The system's Python with the public msgpack module speaks to the daemon at $SME_SOCKET.
set -eu
python=/usr/bin/python3
"$python" -c 'import msgpack' 2>/dev/null || { echo "python_client: skipped: python3-msgpack is not installed"; exit 77; }
exec "$python" "$(dirname "$0")/python_client.py"
