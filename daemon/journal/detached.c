/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/journal/detached.h"

#include "common/field.h"
#include "common/mp.h"
#include "daemon/store/digest.h"
#include "query/journal.h"

#include <stdio.h>
#include <string.h>

/* The digests found so far. */
struct walk {
    struct arena *arena;
    struct detached *items;
    size_t n, capacity;
    bool failed; /* out of memory, or the parameters are not as declared */
};

static bool has_detached(const struct field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct record_type *rows = &api_records[fields[i].of];
        if (fields[i].type == FIELD_DETACHED
            || (fields[i].type == FIELD_LIST && has_detached(rows->fields, rows->n_fields)))
            return true;
    }
    return false;
}

bool detached_has(const struct method *m)
{
    return has_detached(m->params, m->n_params);
}

/* The value of field i of a row or of the parameters, by name or by position. NULL if absent. */
static const msgpack_object *value_of(const msgpack_object *owner, const struct field *fields, size_t i)
{
    if (owner->type == MSGPACK_OBJECT_ARRAY)
        return i < owner->via.array.size ? &owner->via.array.ptr[i] : NULL;
    if (owner->type != MSGPACK_OBJECT_MAP)
        return NULL;
    for (uint32_t k = 0; k < owner->via.map.size; k++) {
        const msgpack_object *key = &owner->via.map.ptr[k].key;
        if (key->type == MSGPACK_OBJECT_STR && field_is_named(&fields[i], key->via.str.ptr, key->via.str.size))
            return &owner->via.map.ptr[k].val;
    }
    return NULL;
}

static const char *text_of(struct arena *a, const msgpack_object *owner, const struct field *fields, size_t n,
                           const char *name)
{
    for (size_t i = 0; i < n; i++) {
        const msgpack_object *value = strcmp(fields[i].name, name) == 0 ? value_of(owner, fields, i) : NULL;
        if (value != NULL && value->type == MSGPACK_OBJECT_STR)
            return arena_text(a, value->via.str.ptr, value->via.str.size);
    }
    return NULL;
}

static bool make_room(struct walk *w)
{
    if (w->n < w->capacity)
        return true;
    size_t capacity = w->capacity == 0 ? 8 : 2 * w->capacity;
    struct detached *items = arena_array(w->arena, capacity, sizeof *items);
    if (items == NULL)
        return false;
    if (w->n > 0)
        memcpy(items, w->items, w->n * sizeof *items);
    w->items = items;
    w->capacity = capacity;
    return true;
}

static bool add_digest(struct walk *w, const msgpack_object *value, const msgpack_object *owner,
                       const struct field *fields, size_t n)
{
    if (value->type != MSGPACK_OBJECT_BIN || value->via.bin.size != DIGEST_SIZE || !make_room(w))
        return false;
    uint8_t *digest = arena_alloc(w->arena, DIGEST_SIZE);
    if (digest == NULL)
        return false;
    memcpy(digest, value->via.bin.ptr, DIGEST_SIZE);
    w->items[w->n++] = (struct detached){ .digest = digest,
                                          .holder = text_of(w->arena, owner, fields, n, "holder"),
                                          .source = text_of(w->arena, owner, fields, n, "source") };
    return true;
}

static bool walk_fields(struct walk *w, const msgpack_object *owner, const struct field *fields, size_t n);

static bool walk_rows(struct walk *w, const msgpack_object *rows, const struct record_type *record)
{
    if (rows->type != MSGPACK_OBJECT_ARRAY)
        return false;
    for (uint32_t i = 0; i < rows->via.array.size; i++)
        if (!walk_fields(w, &rows->via.array.ptr[i], record->fields, record->n_fields))
            return false;
    return true;
}

static bool walk_fields(struct walk *w, const msgpack_object *owner, const struct field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const msgpack_object *value = value_of(owner, fields, i);
        if (value == NULL || value->type == MSGPACK_OBJECT_NIL)
            continue;
        if (fields[i].type == FIELD_DETACHED && !add_digest(w, value, owner, fields, n))
            return false;
        if (fields[i].type == FIELD_LIST && !walk_rows(w, value, &api_records[fields[i].of]))
            return false;
    }
    return true;
}

int detached_list(const struct method *m, struct bytes params, struct arena *a, struct detached **ret, size_t *ret_n,
                  struct err *e)
{
    struct walk w = { .arena = a };
    msgpack_unpacked unpacked;
    struct mp_guard guard;
    mp_guard_init(&guard, 2 * MP_MESSAGE_MAX);
    if (mp_guard_feed(&guard, params.data, params.size) != MP_WHOLE || guard.at != params.size)
        return err_set(e, ERR_MALFORMED, NULL, "its parameters are not valid MessagePack");
    msgpack_unpacked_init(&unpacked);
    size_t offset = 0;
    bool good = msgpack_unpack_next(&unpacked, (const char *)params.data, params.size, &offset)
                    == MSGPACK_UNPACK_SUCCESS
                && walk_fields(&w, &unpacked.data, m->params, m->n_params);
    msgpack_unpacked_destroy(&unpacked);
    if (!good)
        return err_set(e, ERR_MALFORMED, NULL, "its parameters do not match %s", m->name);
    *ret = w.items;
    *ret_n = w.n;
    return OK;
}

/* Whether the value in q's row has the digest; if so, copies it where wanted. */
static int take(const struct stmt *q, const struct detached *d, struct arena *a, struct detached_value *value,
                bool *ret, struct err *e)
{
    struct bytes bytes = stmt_blob(q, JOURNAL_RESPONSES_responses);
    uint8_t digest[DIGEST_SIZE];
    if (!digest_parts(&bytes, 1, digest))
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    *ret = memcmp(digest, d->digest, DIGEST_SIZE) == 0;
    if (!*ret || value == NULL)
        return OK;
    value->value.data = (const uint8_t *)arena_text(a, (const char *)bytes.data, bytes.size);
    value->value.size = bytes.size;
    return value->value.data != NULL ? OK : err_set(e, ERR_INTERNAL, NULL, "out of memory");
}

static int find_by_source(struct store *s, const struct detached *d, struct arena *a, struct detached_value *value,
                          bool *ret, struct err *e)
{
    struct err why = { 0 };
    *ret = false;
    if (d->holder == NULL || d->source == NULL)
        return OK;
    struct stmt *q = query_journal_responses_of_source(s, d->holder, d->source);
    while (!*ret && why.code == OK && stmt_step(q))
        take(q, d, a, value, ret, &why);
    return stmt_end_after(q, &why, e);
}

static int fetch_rows(struct store *s, struct stmt *q, const struct detached *digests, size_t n, struct arena *a,
                      struct detached_value *values, char why[DETACHED_WHY], struct err *e)
{
    bool row = stmt_step(q);
    for (size_t i = 0; i < n; i++) {
        struct detached_value *value = values == NULL ? NULL : &values[i];
        bool found = false;
        if (row && take(q, &digests[i], a, value, &found, e) != OK)
            return e->code;
        if (found)
            row = stmt_step(q);
        else if (find_by_source(s, &digests[i], a, value, &found, e) != OK)
            return e->code;
        if (!found && row)
            snprintf(why, DETACHED_WHY, "the responses of audit A%lld differ from the journal entry",
                     (long long)stmt_int(q, JOURNAL_RESPONSES_id));
        else if (!found)
            snprintf(why, DETACHED_WHY, "missing responses of this entry (list %zu of %zu)", i + 1, n);
        if (!found)
            return OK;
    }
    if (row)
        snprintf(why, DETACHED_WHY, "audit A%lld has responses that are not in this entry",
                 (long long)stmt_int(q, JOURNAL_RESPONSES_id));
    return OK;
}

int detached_fetch(struct store *s, int64_t seq, const struct detached *digests, size_t n, struct arena *a,
                   struct detached_value *values, char why[DETACHED_WHY], struct err *e)
{
    struct err failed = { 0 };
    why[0] = '\0';
    struct stmt *q = query_journal_responses(s, seq);
    fetch_rows(s, q, digests, n, a, values, why, &failed);
    return stmt_end_after(q, &failed, e);
}
