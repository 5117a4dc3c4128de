# SPDX-License-Identifier: Apache-2.0
"""Checks an export of the journal without smed: python3 verify_journal.py FILE [SEQ HASH]

Each entry is a MessagePack array [seq, at, uid, user, method, request, params, hash, detached values]."""
import hashlib
import sys

import msgpack


def digests(value):
    """Every bytes value of 32 in params, in order: digests of personal and of detached values."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    if isinstance(value, bytes) and len(value) == 32:
        yield value
    for one in inner:
        yield from digests(one)


previous, count, pinned = bytes(32), 0, dict([sys.argv[2:4]] if len(sys.argv) > 3 else [])
with open(sys.argv[1], "rb") as file:
    for entry in msgpack.Unpacker(file, max_buffer_size=1 << 28):
        fields, found, detached = entry[:7], entry[7], entry[8]
        previous, count = hashlib.sha256(previous + msgpack.packb(fields)).digest(), count + 1
        named = digests(msgpack.unpackb(fields[6], strict_map_key=False))
        if fields[0] != count or found != previous or pinned.get(str(count), found.hex()) != found.hex():
            sys.exit(f"entry {count} is broken")
        if not all(hashlib.sha256(value).digest() in named for value in detached):
            sys.exit(f"entry {count}: a detached value is not the one recorded")
if any(int(seq) > count for seq in pinned): sys.exit("the pinned entry is missing")  # noqa: E701
print(count, previous.hex())
