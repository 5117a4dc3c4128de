/* Writes the seeds of the fuzzers: for each method its parameters, for each record a packed list of one, and what
 * people type into each kind of field, all made up. By hand, after methods or records were added:
 *   build/dev/tests/fuzz/fuzz_seed tests/fuzz/corpus */
#include "common/field.h"
#include "common/text.h"
#include "tests/fuzz/choose.h"
#include "tests/support/pool.h"

#include <stdio.h>
#include <stdlib.h>

enum { TRIES = 40, SEED_MAX = 4096, PATH = 512 };

static struct pool pool;

static void fill_pool(void)
{
    pool_init(&pool, 1);
    pool.today = desk_day("2026-06-01");
    for (int noun = 1; noun < NOUN_COUNT; noun++) {
        char letter = api_nouns[noun].letter;
        pool.refs[noun][pool.n[noun]++] = letter != 0 ? arena_printf(&pool.memory, "%c1", letter) : "x";
    }
    pool.requirements[pool.n_requirements++] = "1.1";
}

static void write_seed(const char *folder, const char *kind, const char *name, const char *choice,
                       const struct buf *bytes)
{
    char path[PATH];
    snprintf(path, sizeof path, "%s/%s/%s", folder, kind, name);
    FILE *f = fopen(path, "wb");
    uint32_t hash = choice_hash(choice);
    if (f == NULL || fwrite(&hash, 1, CHOICE_SIZE, f) != CHOICE_SIZE
        || fwrite(bytes->data, 1, bytes->size, f) != bytes->size || fclose(f) != 0) {
        perror(path);
        exit(1);
    }
}

/* Of several made up by chance, the longest: it says the most. */
static void seed_method(const char *folder, const struct method *m)
{
    struct buf best;
    buf_init(&best, SEED_MAX);
    for (int i = 0; i < TRIES; i++) {
        struct buf bytes;
        struct err e = { 0 };
        buf_init(&bytes, SEED_MAX);
        void *params = pool_params(&pool, m);
        if (params != NULL && m->kind == WRITE)
            ((struct write_options *)params)->request = "00000000-0000-4000-8000-000000000000";
        bool longer = params != NULL && codec_encode_params(m, params, &bytes, &e) == OK && bytes.size > best.size;
        if (longer) {
            struct buf other = best;
            best = bytes;
            bytes = other;
        }
        buf_fini(&bytes);
    }
    write_seed(folder, "params", m->name, m->name, &best);
    buf_fini(&best);
}

static void seed_record(const char *folder, enum record_id record)
{
    struct buf bytes;
    struct err e = { 0 };
    char name[PATH];
    buf_init(&bytes, SEED_MAX);
    const void *row = pool_record(&pool, record);
    snprintf(name, sizeof name, "packed_%s", api_records[record].name);
    if (row != NULL && codec_pack_list(record, row, 1, &bytes, &e) == OK)
        write_seed(folder, "params", name, api_records[record].name, &bytes);
    buf_fini(&bytes);
}

/* The first parameter of each kind. */
static void seed_text(const char *folder, const struct method *m, bool seen[][UINT8_MAX + 1])
{
    for (size_t i = 0; i < m->n_params; i++) {
        const struct field *f = &m->params[i];
        const void *params = pool_params(&pool, m);
        const char *text = params != NULL ? text_from_field(f, params, &pool.memory) : NULL;
        char name[PATH];
        struct buf bytes;
        if (text == NULL || field_is_list(f) || seen[f->type][(uint8_t)f->of])
            continue;
        seen[f->type][(uint8_t)f->of] = true;
        snprintf(name, sizeof name, "%s.%s", m->name, f->name);
        buf_init(&bytes, SEED_MAX);
        buf_append(&bytes, &(uint8_t){ (uint8_t)i }, 1);
        buf_text(&bytes, text);
        write_seed(folder, "text", name, m->name, &bytes);
        buf_fini(&bytes);
    }
}

int main(int argc, char **argv)
{
    static bool seen[32][UINT8_MAX + 1];
    if (argc != 2) {
        fprintf(stderr, "usage: %s tests/fuzz/corpus\n", argv[0]);
        return 2;
    }
    fill_pool();
    for (size_t i = 0; i < METHOD_COUNT; i++)
        seed_method(argv[1], &api_methods[i]);
    for (enum record_id r = 1; r < RECORD_COUNT; r++)
        seed_record(argv[1], r);
    for (int round = 0; round < TRIES; round++)
        for (size_t i = 0; i < METHOD_COUNT; i++)
            seed_text(argv[1], &api_methods[i], seen);
    pool_fini(&pool);
    return 0;
}
