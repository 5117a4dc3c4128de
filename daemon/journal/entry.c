/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/journal/entry.h"

#include "common/mp.h"
#include "common/scope.h"
#include "daemon/store/digest.h"

_Static_assert((int)ENTRY_HASH == (int)DIGEST_SIZE && (int)ENTRY_HEX == (int)DIGEST_HEX,
               "an entry is hashed by our digest");

/* An entry holds at most one message and little else. */
enum { ENTRY_MAX = 2 * MP_MESSAGE_MAX };

void entry_canonical(const struct entry *entry, struct buf *out)
{
    char request[UUID_TEXT];
    msgpack_packer pk;
    mp_packer_init(&pk, out);
    msgpack_pack_array(&pk, 7);
    msgpack_pack_int64(&pk, entry->seq);
    msgpack_pack_int64(&pk, entry->at.us);
    msgpack_pack_int64(&pk, entry->uid);
    mp_put_text(&pk, entry->user);
    mp_put_text(&pk, entry->method);
    mp_put_text(&pk, uuid_format(entry->request, request));
    mp_put_bytes(&pk, entry->params, entry->params_size);
}

bool entry_hash(const uint8_t previous[ENTRY_HASH], const struct entry *entry, uint8_t ret[ENTRY_HASH])
{
    struct buf canonical SCOPED(buf_fini);
    buf_init(&canonical, ENTRY_MAX);
    entry_canonical(entry, &canonical);
    struct bytes parts[] = { { previous, ENTRY_HASH }, { canonical.data, canonical.size } };
    return !canonical.failed && digest_parts(parts, 2, ret);
}

bool entry_digest(const void *salt, size_t salt_size, const void *data, size_t size, uint8_t ret[ENTRY_HASH])
{
    struct bytes parts[] = { { salt, salt_size }, { data, size } };
    return digest_parts(parts, 2, ret);
}

const char *entry_hex(const uint8_t hash[ENTRY_HASH], char text[ENTRY_HEX])
{
    return digest_hex(hash, text);
}
