/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/pool.h"

#include "common/field.h"
#include "common/ref.h"

#include <stdlib.h>
#include <string.h>

enum { MEMORY_MAX = 256 * 1024 * 1024, AHEAD_DAYS = 500, NUMBER_MAX = 40 };

void pool_init(struct pool *pool, uint64_t seed)
{
    *pool = (struct pool){ .seed = seed, .random = seed };
    arena_init(&pool->memory, MEMORY_MAX);
}

void pool_fini(struct pool *pool)
{
    arena_reset(&pool->memory);
}

void pool_stream(struct pool *pool, const char *name)
{
    uint64_t x = pool->seed ^ (uint64_t)pool->today.day << 32;
    for (; *name != '\0'; name++)
        x = (x ^ (uint8_t)*name) * 1099511628211u;
    pool->random = x ^ x >> 29;
}

uint32_t pool_pick(struct pool *pool, uint32_t n)
{
    pool->random = pool->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(pool->random >> 33) % n;
}

const char *pool_ref(struct pool *pool, int noun)
{
    return pool->n[noun] > 0 ? pool->refs[noun][pool_pick(pool, (uint32_t)pool->n[noun])] : NULL;
}

static void add(struct pool *pool, int noun, const char *text)
{
    for (size_t i = 0; i < pool->n[noun]; i++)
        if (strcmp(pool->refs[noun][i], text) == 0)
            return;
    if (pool->n[noun] < POOL_MAX)
        pool->refs[noun][pool->n[noun]++] = arena_dup(&pool->memory, text);
    if (noun == NOUN_cooperative || noun == NOUN_enterprise)
        add(pool, NOUN_holder, text);
}

/* The noun of a record, by its first field. */
static int noun_of(enum record_id record)
{
    const struct field *key = &api_records[record].fields[0];
    return key->type == FIELD_REF ? key->of : NOUN_NONE;
}

static void take_rows(struct pool *pool, enum record_id record, const void *rows, size_t n)
{
    const struct record_type *r = &api_records[record];
    for (size_t i = 0; i < n && noun_of(record) != NOUN_NONE; i++) {
        const char *text = field_text(&r->fields[0], (const char *)rows + i * r->size);
        if (text != NULL)
            add(pool, noun_of(record), text);
    }
}

/* What a record has lists of: the appointments of a person. */
static void take_parts(struct pool *pool, enum record_id record, const void *row)
{
    const struct record_type *r = &api_records[record];
    for (size_t i = 0; i < r->n_fields; i++)
        if (field_is_list(&r->fields[i]) && field_count(&r->fields[i], row) > 0)
            take_rows(pool, (enum record_id)r->fields[i].of, field_row(&r->fields[i], row, 0),
                      field_count(&r->fields[i], row));
}

static void take_answer(struct pool *pool, struct desk *desk, enum method_id id, const void *params)
{
    const struct method *m = &api_methods[id];
    _Alignas(max_align_t) char result[sizeof(struct page) + api_records[m->result].size];
    const struct page *page = (const void *)result;
    if (desk_call(desk, id, params, result) != OK)
        return;
    if (m->shape == PAGE)
        take_rows(pool, m->result, page->rows, page->n);
    else
        take_parts(pool, m->result, result);
}

/* As is, and including what has ended. */
static void take_both(struct pool *pool, struct desk *desk, enum method_id id, void *params)
{
    const struct method *m = &api_methods[id];
    if (m->shape == PAGE) {
        api_page_options(m, params)->limit = POOL_MAX;
        api_page_options(m, params)->has_limit = true;
    }
    take_answer(pool, desk, id, params);
    size_t more = 0;
    for (size_t i = 0; i < m->n_params && m->shape == PAGE; i++)
        if (m->params[i].type == FIELD_BOOL) {
            field_set_number(&m->params[i], params, 1);
            more++;
        }
    if (more > 0)
        take_answer(pool, desk, id, params);
}

/* Whether it requires nothing, or only a reference to a coded thing, of which there are few; *ret is that parameter or
 * NULL. */
static bool is_simple(const struct method *m, const struct field **ret)
{
    size_t n = 0;
    *ret = NULL;
    for (size_t i = 0; i < m->n_params; i++)
        if (field_is_required(&m->params[i])) {
            *ret = &m->params[i];
            n++;
        }
    return n == 0 || (n == 1 && (*ret)->type == FIELD_REF && !ref_is_numbered((enum noun)(*ret)->of));
}

/* Whether its answer contains numbered things. */
static bool has_parts(const struct method *m)
{
    const struct record_type *r = &api_records[m->result];
    bool has = false;
    for (size_t i = 0; i < r->n_fields && !has; i++)
        has = field_is_list(&r->fields[i]) && ref_is_numbered((enum noun)noun_of((enum record_id)r->fields[i].of));
    return has;
}

static void take_method(struct pool *pool, struct desk *desk, enum method_id id)
{
    const struct method *m = &api_methods[id];
    const struct field *of;
    bool tells = m->shape == PAGE ? noun_of(m->result) != NOUN_NONE : has_parts(m);
    if (m->kind == WRITE || !tells || !is_simple(m, &of))
        return;
    for (size_t i = 0; i < (of != NULL ? pool->n[of->of] : 1); i++) {
        _Alignas(max_align_t) char params[m->size];
        memset(params, 0, m->size);
        if (of != NULL)
            field_set_text(of, params, pool->refs[of->of][i]);
        take_both(pool, desk, id, params);
    }
}

static void take_requirements(struct pool *pool, struct desk *desk)
{
    pool->n_requirements = 0;
    for (size_t e = 0; e < pool->n[NOUN_edition]; e++) {
        struct edition_detail d;
        if (DESK(desk, standard_show, &d, .edition = desk_ref(pool->refs[NOUN_edition][e])) != OK)
            continue;
        for (size_t i = 0; i < d.n_requirements && pool->n_requirements < POOL_MAX; i++)
            if (d.requirements[i].level != 0)
                pool->requirements[pool->n_requirements++] = arena_dup(&pool->memory, d.requirements[i].code);
    }
}

void pool_fill(struct pool *pool, struct desk *desk)
{
    for (enum method_id id = 0; id < METHOD_COUNT; id++)
        take_method(pool, desk, id);
    if (pool->n_requirements == 0)
        take_requirements(pool, desk);
}

/* --- values by chance --- */

/* Today, or later if the interface allows it. */
static struct date day_for(struct pool *pool, const struct field *f)
{
    bool today = (f->of & (DAY_AS_OF | DAY_PAST)) != 0 || pool_pick(pool, 3) == 0;
    return (struct date){ pool->today.day + (today ? 0 : 1 + (int32_t)pool_pick(pool, AHEAD_DAYS)) };
}

const char *pool_text(struct pool *pool)
{
    return arena_printf(&pool->memory, "t%08x", pool_pick(pool, UINT32_MAX));
}

static const char *text_for(struct pool *pool, const struct field *f)
{
    if (strcmp(f->name, "requirement") == 0 && pool->n_requirements > 0)
        return pool->requirements[pool_pick(pool, (uint32_t)pool->n_requirements)];
    if (strcmp(f->name, "enterprise") == 0)
        return pool_ref(pool, NOUN_enterprise);
    if (strcmp(f->name, "owner") == 0)
        return pool_ref(pool, NOUN_person);
    if (f->lo == f->hi) { /* a code of fixed length: digits suit digests and countries are left out */
        char *digits = arena_alloc(&pool->memory, (size_t)f->hi + 1);
        for (int64_t i = 0; i < f->hi; i++)
            digits[i] = (char)('0' + pool_pick(pool, 10));
        return digits;
    }
    return pool_text(pool);
}

static bool fill(struct pool *pool, const struct field *fields, size_t n, void *owner);

static bool fill_rows(struct pool *pool, const struct field *f, void *owner)
{
    const struct record_type *r = &api_records[f->of];
    size_t n = pool_pick(pool, 3) + (f->lo > 0 ? 1 : 0);
    char *rows = arena_array(&pool->memory, n + 1, r->size);
    for (size_t i = 0; i < n; i++)
        if (!fill(pool, r->fields, r->n_fields, rows + i * r->size))
            return false;
    *(void **)field_at(f, owner) = rows;
    *(size_t *)(void *)((char *)owner + f->extra) = n;
    return true;
}

static bool fill_nest(struct pool *pool, const struct field *f, void *owner)
{
    void *nest = arena_alloc(&pool->memory, api_records[f->of].size);
    *(void **)field_at(f, owner) = nest;
    return fill(pool, api_records[f->of].fields, api_records[f->of].n_fields, nest);
}

static bool fill_field(struct pool *pool, const struct field *f, void *owner)
{
    int64_t highest = f->hi < NUMBER_MAX ? f->hi : NUMBER_MAX;
    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_PERSONAL:
        field_set_text(f, owner, text_for(pool, f));
        return field_text(f, owner) != NULL;
    case FIELD_REF:
        field_set_text(f, owner, pool_ref(pool, f->of));
        return field_text(f, owner) != NULL;
    case FIELD_INT:
    case FIELD_DURATION:
    case FIELD_DECIMAL:
        field_set_number(f, owner, f->lo + pool_pick(pool, (uint32_t)(highest > f->lo ? highest - f->lo + 1 : 1)));
        return true;
    case FIELD_BOOL:
        field_set_number(f, owner, pool_pick(pool, 2));
        return true;
    case FIELD_CHOICE:
        field_set_number(f, owner, 1 + pool_pick(pool, (uint32_t)api_enums[f->of].count));
        return true;
    case FIELD_DATE:
        *(struct date *)field_at(f, owner) = day_for(pool, f);
        return true;
    case FIELD_MONEY:
        *(struct money *)field_at(f, owner) = (struct money){ .minor = 100 + pool_pick(pool, 9000), .currency = "USD" };
        return true;
    case FIELD_LIST:
    case FIELD_DETACHED:
        return fill_rows(pool, f, owner);
    case FIELD_NEST:
        return fill_nest(pool, f, owner);
    case FIELD_INSTANT:
        field_set_number(f, owner, date_end(pool->today).us);
        return true;
    case FIELD_BYTES:
        *(struct bytes *)field_at(f, owner) = (struct bytes){ (const uint8_t *)"0123456789abcdef0123456789abcdef",
                                                              (size_t)f->lo };
        return true;
    default: /* request ids, which the desk assigns */
        field_set_text(f, owner, "00000000-0000-4000-8000-000000000000");
        return true;
    }
}

static bool fill(struct pool *pool, const struct field *fields, size_t n, void *owner)
{
    for (size_t i = 0; i < n; i++) {
        const struct field *f = &fields[i];
        if ((field_is_required(f) || pool_pick(pool, 3) == 0) && !fill_field(pool, f, owner) && field_is_required(f))
            return false;
    }
    return true;
}

void *pool_record(struct pool *pool, enum record_id record)
{
    void *row = arena_alloc(&pool->memory, api_records[record].size);
    return row != NULL && fill(pool, api_records[record].fields, api_records[record].n_fields, row) ? row : NULL;
}

void *pool_params(struct pool *pool, const struct method *m)
{
    void *params = arena_alloc(&pool->memory, m->size);
    return params != NULL && fill(pool, m->params, m->n_params, params) ? params : NULL;
}
