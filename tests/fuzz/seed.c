/* SPDX-License-Identifier: Apache-2.0 */
/* The seeds of the fuzzers: for each method its parameters, for each record a packed list of one, and what people type
 * into each kind of field. All are made up, each by a stream of chance named after it, so that no seed changes because
 * of another. Tells which are missing, or do not decode any more; with SME_TEST_ACCEPT=1, which ./dev accept sets, it
 * writes them, and leaves all others alone. */
#include "common/field.h"
#include "common/ref.h"
#include "common/text.h"
#include "tests/fuzz/choose.h"
#include "tests/support/pool.h"

#include <stdio.h>
#include <stdlib.h>

enum { TRIES = 40, SEED_MAX = 4096, NAME = 128, PATH = 1024 };

static struct pool pool;
static const char *corpus;
static int missing;

static void fill_pool(void)
{
    pool_init(&pool, 1);
    pool.today = desk_day("2026-06-01");
    for (int noun = 1; noun < NOUN_COUNT; noun++) {
        pool.refs[noun][pool.n[noun]++] = ref_is_numbered((enum noun)noun) ? ref_text(&pool.memory, (enum noun)noun, 1)
                                                                           : "x";
    }
    pool.requirements[pool.n_requirements++] = "1.1";
}

static FILE *open_seed(const char *kind, const char *name, const char *mode)
{
    char path[PATH];
    snprintf(path, sizeof path, "%s/%s/%s", corpus, kind, name);
    return fopen(path, mode);
}

/* What the seed has after its choice: SEED_MAX bytes at most; NULL when it is not there. */
static const uint8_t *read_seed(const char *kind, const char *name, size_t *ret_size)
{
    static uint8_t bytes[CHOICE_SIZE + SEED_MAX];
    FILE *f = open_seed(kind, name, "rb");
    if (f == NULL)
        return NULL;
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    *ret_size = n > CHOICE_SIZE ? n - CHOICE_SIZE : 0;
    return bytes + CHOICE_SIZE;
}

static void write_seed(const char *kind, const char *name, const char *choice, const struct buf *bytes)
{
    if (getenv("SME_TEST_ACCEPT") == NULL) {
        fprintf(stderr, "there is no good seed %s/%s; ./dev accept writes it\n", kind, name);
        missing++;
        return;
    }
    FILE *f = open_seed(kind, name, "wb");
    uint32_t hash = choice_hash(choice);
    if (f == NULL || fwrite(&hash, 1, CHOICE_SIZE, f) != CHOICE_SIZE
        || fwrite(bytes->data, 1, bytes->size, f) != bytes->size || fclose(f) != 0) {
        perror(name);
        exit(1);
    }
}

static bool is_good_method(const struct method *m)
{
    msgpack_unpacked message;
    struct err e = { 0 };
    size_t size, at = 0;
    void *params;
    const uint8_t *bytes = read_seed("params", m->name, &size);
    if (bytes == NULL || size == 0)
        return bytes != NULL && codec_decode_params(m, NULL, &pool.memory, &params, &e) == OK;
    msgpack_unpacked_init(&message);
    bool good = msgpack_unpack_next(&message, (const char *)bytes, size, &at) == MSGPACK_UNPACK_SUCCESS
                && codec_decode_params(m, &message.data, &pool.memory, &params, &e) == OK;
    msgpack_unpacked_destroy(&message);
    return good;
}

static bool is_good_record(const char *name, enum record_id record)
{
    struct err e = { 0 };
    size_t size, n = 0;
    void *rows;
    const uint8_t *bytes = read_seed("params", name, &size);
    return bytes != NULL && codec_unpack_list(record, bytes, size, &pool.memory, &rows, &n, &e) == OK && n > 0;
}

/* Of several made up by chance, the longest: it says the most. */
static void seed_method(const struct method *m)
{
    struct buf best;
    if (is_good_method(m))
        return;
    pool_stream(&pool, m->name);
    buf_init(&best, SEED_MAX);
    for (int i = 0; i < TRIES; i++) {
        struct buf bytes;
        struct err e = { 0 };
        buf_init(&bytes, SEED_MAX);
        void *params = pool_params(&pool, m);
        if (params != NULL && m->kind == WRITE)
            api_write_options(m, params)->request = "00000000-0000-4000-8000-000000000000";
        bool longer = params != NULL && codec_encode_params(m, params, &bytes, &e) == OK && bytes.size > best.size;
        if (longer) {
            struct buf other = best;
            best = bytes;
            bytes = other;
        }
        buf_fini(&bytes);
    }
    write_seed("params", m->name, m->name, &best);
    buf_fini(&best);
}

static void seed_record(enum record_id record)
{
    struct buf bytes;
    struct err e = { 0 };
    char name[NAME];
    snprintf(name, sizeof name, "packed_%s", api_records[record].name);
    if (is_good_record(name, record))
        return;
    pool_stream(&pool, name);
    buf_init(&bytes, SEED_MAX);
    const void *row = pool_record(&pool, record);
    if (row != NULL && codec_pack_list(record, row, 1, &bytes, &e) == OK)
        write_seed("params", name, api_records[record].name, &bytes);
    buf_fini(&bytes);
}

/* One of the parameters of a kind: fields of one type that are of one thing. */
static bool *kind_of(const struct field *f)
{
    static bool seeded[FIELD_TYPES][UINT8_MAX + 1];
    return &seeded[f->type][(uint8_t)f->of];
}

static void name_text(char ret[NAME], const struct method *m, const struct field *f)
{
    snprintf(ret, NAME, "%s.%s", m->name, f->name);
}

static void note_text(const struct method *m)
{
    char name[NAME];
    size_t size;
    for (size_t i = 0; i < m->n_params; i++) {
        name_text(name, m, &m->params[i]);
        if (read_seed("text", name, &size) != NULL)
            *kind_of(&m->params[i]) = true;
    }
}

/* What somebody types into it, found by chance; NULL when it is nothing that is typed. */
static const char *typed(const struct method *m, const struct field *f)
{
    const char *text = NULL;
    for (int i = 0; i < TRIES && text == NULL && !field_is_list(f); i++) {
        const void *params = pool_params(&pool, m);
        text = params != NULL ? text_from_field(f, params, &pool.memory) : NULL;
    }
    return text;
}

static void seed_text(const struct method *m)
{
    char name[NAME];
    for (size_t i = 0; i < m->n_params; i++) {
        const struct field *f = &m->params[i];
        struct buf bytes;
        name_text(name, m, f);
        pool_stream(&pool, name);
        const char *text = *kind_of(f) ? NULL : typed(m, f);
        if (text == NULL)
            continue;
        *kind_of(f) = true;
        buf_init(&bytes, SEED_MAX);
        buf_append(&bytes, &(uint8_t){ (uint8_t)i }, 1);
        buf_text(&bytes, text);
        write_seed("text", name, m->name, &bytes);
        buf_fini(&bytes);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s tests/fuzz/corpus\n", argv[0]);
        return 2;
    }
    corpus = argv[1];
    fill_pool();
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        seed_method(&api_methods[i]);
        note_text(&api_methods[i]);
    }
    for (enum record_id r = 1; r < RECORD_COUNT; r++)
        seed_record(r);
    for (size_t i = 0; i < METHOD_COUNT; i++)
        seed_text(&api_methods[i]);
    pool_fini(&pool);
    return missing > 0;
}
