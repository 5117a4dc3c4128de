/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters of any method, and packed lists of any record as they are read back from the database: what is decoded
 * must encode, and decode to the same again. The first bytes choose the method or record; the rest is MessagePack. */
#include "common/codec.h"
#include "common/scope.h"
#include "tests/fuzz/choose.h"
#include "tests/fuzz/fuzz.h"

enum { MEMORY = 16 << 20, LIMIT = 64 * 1024 };

static bool decoded[CHOICES];

/* Every method and record must be among the seeds. */
bool fuzz_covered(void)
{
    bool all = true;
    for (unsigned i = 0; i < CHOICES; i++) {
        if (!decoded[i])
            fprintf(stderr, "no input is about %s; ./dev accept makes one\n", choice_name(i));
        all = all && decoded[i];
    }
    return all;
}

static bool unpack(const uint8_t *data, size_t size, msgpack_unpacked *ret)
{
    struct mp_guard guard;
    size_t used = 0;
    mp_guard_init(&guard, LIMIT);
    return mp_guard_feed(&guard, data, size) == MP_WHOLE
           && msgpack_unpack_next(ret, (const char *)data, guard.at, &used) == MSGPACK_UNPACK_SUCCESS;
}

static bool digest(const void *salt, size_t salt_size, const void *data, size_t size, uint8_t ret[32])
{
    memset(ret, (int)(size + salt_size), 32);
    if (size > 0 && salt_size > 0)
        ret[0] = *(const uint8_t *)data ^ *(const uint8_t *)salt;
    return true;
}

/* data: the method's parameters once more; same: how it was encoded the first time. */
static void check_again(const struct method *m, const struct buf *bytes, struct arena *a)
{
    SCOPED(msgpack_unpacked_destroy) msgpack_unpacked unpacked;
    SCOPED(buf_fini) struct buf again;
    struct err e = { 0 };
    void *params;
    msgpack_unpacked_init(&unpacked);
    buf_init(&again, SIZE_MAX / 2);
    FUZZ_CHECK(unpack(bytes->data, bytes->size, &unpacked));
    FUZZ_CHECK(codec_decode_params(m, &unpacked.data, a, &params, &e) == OK);
    FUZZ_CHECK(codec_encode_params(m, params, &again, &e) == OK);
    FUZZ_CHECK(again.size == bytes->size && memcmp(again.data, bytes->data, again.size) == 0);
}

static void check_error(const struct err *e)
{
    FUZZ_CHECK(e->code == ERR_INVALID_PARAM || e->code == ERR_TOO_BIG);
    FUZZ_CHECK(e->message[0] != '\0');
    FUZZ_CHECK(mp_text_is_valid(e->message, strlen(e->message)) && mp_text_is_valid(e->field, strlen(e->field)));
}

static bool check_params(const struct method *m, const msgpack_object *from, struct arena *a)
{
    static const uint8_t salt[16];
    SCOPED(buf_fini) struct buf bytes, canonical;
    struct err e = { 0 };
    void *params;
    buf_init(&bytes, SIZE_MAX / 2);
    buf_init(&canonical, SIZE_MAX / 2);
    if (codec_decode_params(m, from, a, &params, &e) != OK) {
        check_error(&e);
        return false;
    }
    FUZZ_CHECK(codec_encode_params(m, params, &bytes, &e) == OK);
    FUZZ_CHECK(codec_canonical_params(m, params, salt, digest, NULL, &canonical, &e) == OK);
    if (bytes.size <= LIMIT)
        check_again(m, &bytes, a);
    return true;
}

static bool check_packed(enum record_id record, const uint8_t *data, size_t size, struct arena *a)
{
    SCOPED(buf_fini) struct buf packed;
    struct err e = { 0 };
    void *rows;
    size_t n;
    buf_init(&packed, SIZE_MAX / 2);
    if (codec_unpack_list(record, data, size, a, &rows, &n, &e) != OK)
        return false;
    FUZZ_CHECK(codec_pack_list(record, rows, n, &packed, &e) == OK);
    return n > 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < CHOICE_SIZE)
        return 0;
    SCOPED(arena_reset) struct arena a;
    SCOPED(msgpack_unpacked_destroy) msgpack_unpacked unpacked;
    arena_init(&a, MEMORY);
    msgpack_unpacked_init(&unpacked);
    const unsigned choice = choice_of(data);
    data += CHOICE_SIZE;
    size -= CHOICE_SIZE;
    if (choice >= METHOD_COUNT)
        decoded[choice] |= check_packed((enum record_id)(choice - METHOD_COUNT + 1), data, size, &a);
    else if (size == 0)
        decoded[choice] |= check_params(&api_methods[choice], NULL, &a);
    else if (unpack(data, size, &unpacked))
        decoded[choice] |= check_params(&api_methods[choice], &unpacked.data, &a);
    return 0;
}
