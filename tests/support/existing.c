/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/existing.h"

#include "common/field.h"
#include "common/ref.h"

#include <stdlib.h>
#include <string.h>

enum { LATER = 3, MEMORY = 64 * 1024 * 1024 };

static int64_t number_of(enum noun noun, const char *text)
{
    int64_t number = 0;
    return ref_is_numbered(noun) && ref_number(noun, text, &number) ? number : 0;
}

void existing_take(struct existing *e, const struct pool *pool)
{
    *e = (struct existing){ .day = pool->today };
    for (enum noun noun = 1; noun < NOUN_COUNT; noun++) {
        e->n[noun] = pool->n[noun];
        for (size_t i = 0; i < pool->n[noun]; i++) {
            int64_t number = number_of(noun, pool->refs[noun][i]);
            e->highest[noun] = number > e->highest[noun] ? number : e->highest[noun];
        }
    }
}

void existing_thin(const struct existing *e, const struct pool *pool, struct pool *ret)
{
    *ret = *pool;
    ret->today = e->day;
    for (enum noun noun = 1; noun < NOUN_COUNT; noun++) {
        size_t from = e->n[noun] > 0 ? e->n[noun] - 1 : 0, to = e->n[noun] + LATER;
        ret->n[noun] = (to < pool->n[noun] ? to : pool->n[noun]) - from;
        memcpy(ret->refs[noun], &pool->refs[noun][from], ret->n[noun] * sizeof ret->refs[noun][0]);
    }
}

static bool was_there(const struct existing *e, const struct pool *pool, enum noun noun, const char *text)
{
    int64_t number = number_of(noun, text);
    bool there = number > 0 && number <= e->highest[noun];
    for (size_t i = 0; i < e->n[noun] && !there; i++)
        there = strcmp(pool->refs[noun][i], text) == 0;
    return there;
}

/* A walk through one answer. */
struct walk {
    const struct existing *existing;
    const struct pool *pool;
    enum method_id method;
    void (*tell)(void *context, enum method_id method, enum noun noun, const char *text);
    void *context;
};

static void check_text(const struct walk *w, enum noun noun, const char *text)
{
    if (text != NULL && !was_there(w->existing, w->pool, noun, text))
        w->tell(w->context, w->method, noun, text);
}

/* "F12": a record of any numbered noun, unless it is used as a code. */
static void check_numbered(const struct walk *w, const char *text)
{
    for (enum noun noun = 1; noun < NOUN_COUNT && text != NULL; noun++)
        if (!was_there(w->existing, w->pool, NOUN_holder, text) && api_nouns[noun].letters[0] == text[0]
            && number_of(noun, text) > 0)
            check_text(w, noun, text);
}

static void check_record(const struct walk *w, enum record_id record, const void *row)
{
    const struct record_type *r = &api_records[record];
    for (size_t i = 0; i < r->n_fields && row != NULL; i++) {
        const struct field *f = &r->fields[i];
        if (f->type == FIELD_REF)
            check_text(w, (enum noun)f->of, field_text(f, row));
        else if (f->type == FIELD_TEXT && strcmp(f->name, "record") == 0)
            check_numbered(w, field_text(f, row));
        else if (f->type == FIELD_NEST)
            check_record(w, (enum record_id)f->of, *(void *const *)field_in(f, row));
        else if (field_is_list(f))
            for (size_t k = 0; k < field_count(f, row); k++)
                check_record(w, (enum record_id)f->of, field_row(f, row, k));
    }
}

static void check_result(const struct walk *w, const msgpack_object *bytes)
{
    const struct method *m = &api_methods[w->method];
    const struct record_type *r = &api_records[m->result];
    struct arena arena;
    struct err e = { 0 };
    arena_init(&arena, MEMORY);
    char *result = arena_alloc(&arena, sizeof(struct page) + r->size);
    if (codec_decode_result(m, bytes, &arena, result, &e) != OK)
        abort();
    const struct page *page = (const void *)result;
    if (m->shape == ONE)
        check_record(w, m->result, result);
    else
        for (size_t i = 0; i < page->n; i++)
            check_record(w, m->result, (const char *)page->rows + i * r->size);
    arena_reset(&arena);
}

void existing_check(const struct existing *e, const struct pool *pool, const struct view *view,
                    void (*tell)(void *context, enum method_id method, enum noun noun, const char *text), void *context)
{
    const struct walk w = { e, pool, view->method, tell, context };
    msgpack_unpacked message;
    size_t at = 0;
    if (view->code != OK)
        return;
    msgpack_unpacked_init(&message);
    if (msgpack_unpack_next(&message, view->bytes, view->size, &at) != MSGPACK_UNPACK_SUCCESS)
        abort();
    check_result(&w, &message.data);
    msgpack_unpacked_destroy(&message);
}
