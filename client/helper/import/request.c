/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/request.h"

#include "client/xmalloc.h"
#include "common/scope.h"
#include "common/uuid.h"

#include <openssl/evp.h>
#include <string.h>

typedef bool digest(const struct buf *content, uint8_t ret[UUID_SIZE]);

/* As much of the digest as fits in a UUID. */
static bool sha256(const struct buf *content, uint8_t ret[UUID_SIZE])
{
    uint8_t whole[EVP_MAX_MD_SIZE];
    if (EVP_Digest(content->data, content->size, whole, NULL, EVP_sha256(), NULL) != 1)
        return false;
    memcpy(ret, whole, UUID_SIZE);
    return true;
}

__extension__ typedef unsigned __int128 uint128;

/* FNV-1a with 128 bits. */
static bool fnv1a(const struct buf *content, uint8_t ret[UUID_SIZE])
{
    const uint128 prime = (uint128)1 << 88 | 0x13B;
    uint128 hash = (uint128)UINT64_C(0x6C62272E07BB0142) << 64 | UINT64_C(0x62B821756295C58D);
    for (size_t i = 0; i < content->size; i++)
        hash = (hash ^ content->data[i]) * prime;
    for (size_t i = UUID_SIZE; i-- > 0; hash >>= 8)
        ret[i] = (uint8_t)hash;
    return true;
}

/* The id is computed with zeros in its place. */
static int name(const struct method *m, void *params, digest *make, struct arena *a, struct err *e)
{
    SCOPED(buf_fini) struct buf content;
    struct write_options *options = api_write_options(m, params);
    uint8_t uuid[UUID_SIZE];
    buf_init(&content, UINT32_MAX);
    options->request = "00000000-0000-0000-0000-000000000000";
    buf_text(&content, m->name);
    if (codec_encode_params(m, params, &content, e) != OK)
        return e->code;
    if (!make(&content, uuid))
        return err_set(e, ERR_INTERNAL, NULL, "libcrypto fails");
    options->request = uuid_name(uuid, xmalloc_array(a, UUID_TEXT, 1));
    return OK;
}

int request_name(const struct method *m, void *params, struct arena *a, struct err *e)
{
    return name(m, params, sha256, a, e);
}

int request_name_older(const struct method *m, void *params, struct arena *a, struct err *e)
{
    return name(m, params, fnv1a, a, e);
}

bool request_is_known(const struct err *e)
{
    return e->code == ERR_CONFLICT && strcmp(e->field, "request") == 0;
}
