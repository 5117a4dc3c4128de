/* SPDX-License-Identifier: Apache-2.0 */
/* One entry of the journal and its canonical bytes (pure; golden vectors in the tests).
 *
 * canonical: MessagePack array of 7 [seq, at, uid, user, method, request, params], smallest integer
 * forms; at in microseconds since 1970 UTC, request as text of 36, params as bin of canonical params.
 * hash: SHA-256 of (hash of the entry before, or 32 zero bytes) followed by canonical. */
#pragma once

#include "common/buf.h"
#include "common/date.h"
#include "common/uuid.h"

enum { ENTRY_HASH = 32, ENTRY_SALT = 16, ENTRY_HEX = 65 };

struct entry {
    int64_t seq;
    struct instant at;
    int64_t uid;
    const char *user, *method;
    uint8_t request[UUID_SIZE];
    const uint8_t *params; /* canonical parameters (codec_canonical_params) */
    size_t params_size;
};

void entry_canonical(const struct entry *entry, struct buf *out);
/* false when memory ran out. */
bool entry_hash(const uint8_t previous[ENTRY_HASH], const struct entry *entry, uint8_t ret[ENTRY_HASH]);
/* SHA-256 of salt and data: the digest that codec_canonical_params asks for. false when memory ran out. */
bool entry_digest(const void *salt, size_t salt_size, const void *data, size_t size, uint8_t ret[ENTRY_HASH]);
const char *entry_hex(const uint8_t hash[ENTRY_HASH], char text[ENTRY_HEX]);
