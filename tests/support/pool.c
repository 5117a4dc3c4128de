#include "tests/support/pool.h"

#include "common/field.h"

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

/* The noun that the rows of a list are, by their first field. */
static int noun_of(const struct method *m)
{
    const struct field *key = &api_records[m->result].fields[0];
    return m->shape == PAGE && key->type == FIELD_REF && m->kind != WRITE ? key->of : NOUN_NONE;
}

static bool can_be_called_bare(const struct method *m)
{
    for (size_t i = 0; i < m->n_params; i++)
        if (field_is_required(&m->params[i]))
            return false;
    return true;
}

static void take_list(struct pool *pool, struct desk *desk, enum method_id id)
{
    const struct method *m = &api_methods[id];
    const struct record_type *r = &api_records[m->result];
    struct page page;
    char params[m->size];
    memset(params, 0, m->size);
    api_page_options(m, params)->limit = POOL_MAX;
    api_page_options(m, params)->has_limit = true;
    if (desk_call(desk, id, params, &page) != OK)
        return;
    for (size_t i = 0; i < page.n; i++) {
        const char *text = field_text(&r->fields[0], (const char *)page.rows + i * r->size);
        if (text != NULL)
            add(pool, noun_of(m), text);
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

/* What no list has as its rows: memberships and appointments. */
static void take_parts(struct pool *pool, struct desk *desk)
{
    struct page page;
    struct person_detail person;
    for (size_t i = 0; i < pool->n[NOUN_cooperative]; i++)
        if (DESK(desk, member_list, &page, .cooperative = desk_ref(pool->refs[NOUN_cooperative][i])) == OK)
            for (size_t k = 0; k < page.n; k++)
                add(pool, NOUN_membership, ((struct membership *)page.rows)[k].membership.text);
    for (size_t i = 0; i < pool->n[NOUN_person]; i++)
        if (DESK(desk, person_show, &person, .person = desk_ref(pool->refs[NOUN_person][i])) == OK)
            for (size_t k = 0; k < person.n_appointments; k++)
                add(pool, NOUN_appointment, person.appointments[k].appointment.text);
}

void pool_fill(struct pool *pool, struct desk *desk)
{
    for (enum method_id id = 0; id < METHOD_COUNT; id++)
        if (noun_of(&api_methods[id]) != NOUN_NONE && can_be_called_bare(&api_methods[id]))
            take_list(pool, desk, id);
    take_parts(pool, desk);
    if (pool->n_requirements == 0)
        take_requirements(pool, desk);
}

/* --- values by chance --- */

static bool speaks_of_later(const char *name)
{
    static const char *const words[] = { "until", "due", "target", "deadline", "expires", "planned" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strstr(name, words[i]) != NULL)
            return true;
    return false;
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
        *(struct date *)field_at(f, owner) = (struct date){
            pool->today.day + (speaks_of_later(f->name) ? 1 + (int32_t)pool_pick(pool, AHEAD_DAYS) : 0)
        };
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
    default: /* request ids, which the desk gives to calls */
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
