/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/views.h"

#include "common/field.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_MAX = 16 * 1024 * 1024, NAMED_MAX = 3, TOLD = 5 };

static const struct exempt {
    const char *prefix, *why;
} exempt[] = {
    { "system.", "it tells of the daemon, not of the register" },
    { "journal.", "entries are numbered, not dated by what they say" },
    { "backup.", "a copy is of now" },
    { "zone.", "it tells of today; the journal has the history" },
    { "grant.", "who may do what is asked now; the journal has the history" },
    { "standing.verify", "it compares what is kept today" },
    { "cluster.", "nothing of a cluster is dated" },
    { "body.show", "nothing of a body is dated but its end" },
    { "body.list", "nothing of a body is dated but its end" },
    { "sample.verify", "a stored draw never changes" },
};

static bool begins(const struct method *m, const char *prefix)
{
    return strncmp(m->name, prefix, strlen(prefix)) == 0;
}

const char *views_exempt(const struct method *m)
{
    for (size_t i = 0; i < sizeof exempt / sizeof exempt[0]; i++)
        if (begins(m, exempt[i].prefix))
            return exempt[i].why;
    return NULL;
}

static const struct field *as_of(const struct method *m)
{
    return field_find(m->params, m->n_params, "as_of", 5);
}

const char *views_idle_row(void)
{
    for (size_t i = 0; i < sizeof exempt / sizeof exempt[0]; i++) {
        bool used = false;
        for (enum method_id id = 0; id < METHOD_COUNT && !used; id++) {
            const struct method *m = &api_methods[id];
            used = m->kind != WRITE && as_of(m) == NULL && begins(m, exempt[i].prefix);
        }
        if (!used)
            return exempt[i].prefix;
    }
    return NULL;
}

/* The answer as bytes, separately allocated. */
static int answer(const struct view *v, struct desk *desk, char **ret, size_t *ret_size)
{
    const struct method *m = &api_methods[v->method];
    struct arena results = desk->arena;
    void *result = calloc(1, sizeof(struct page) + api_records[m->result].size);
    struct buf out;
    struct err e = { 0 };
    arena_init(&desk->arena, results.limit);
    buf_init(&out, ANSWER_MAX);
    int code = desk_call(desk, v->method, v->params, result);
    if (code != OK)
        buf_printf(&out, "error %d %s", code, desk->err.field);
    else if (codec_encode_result(m, result, &out, &e) != OK)
        abort();
    free(result);
    arena_reset(&desk->arena);
    desk->arena = results;
    *ret = malloc(out.size + 1);
    memcpy(*ret, out.data, out.size);
    *ret_size = out.size;
    buf_fini(&out);
    return code;
}

static void push(struct views *v, struct desk *desk, const struct view *view)
{
    if (v->n == v->capacity) {
        v->capacity = v->capacity == 0 ? 256 : 2 * v->capacity;
        v->rows = realloc(v->rows, v->capacity * sizeof *v->rows);
        if (v->rows == NULL)
            abort();
    }
    v->rows[v->n] = *view;
    v->rows[v->n].code = answer(view, desk, &v->rows[v->n].bytes, &v->rows[v->n].size);
    v->n++;
}

/* The fields that a view requires, and an optional one: the holder of a list. */
struct named {
    const struct field *fields[NAMED_MAX];
    size_t n;
};

static struct named named_fields(const struct method *m)
{
    struct named named = { .n = 0 };
    for (size_t i = 0; i < m->n_params && named.n < NAMED_MAX; i++) {
        const struct field *f = &m->params[i];
        if (field_is_required(f) || (f->need == OPTARG && f->type == FIELD_REF))
            named.fields[named.n++] = f;
    }
    return named;
}

static void take_named(struct views *v, struct pool *pool, struct desk *desk, const struct view *base,
                       const struct named *named, size_t i)
{
    const struct method *m = &api_methods[base->method];
    if (i == named->n) {
        struct view view = *base;
        view.params = arena_alloc(&pool->memory, m->size);
        memcpy(view.params, base->params, m->size);
        push(v, desk, &view);
        return;
    }
    const struct field *f = named->fields[i];
    if (!field_is_required(f))
        take_named(v, pool, desk, base, named, i + 1);
    size_t n = f->type == FIELD_REF ? pool->n[f->of] : f->type == FIELD_CHOICE ? (size_t)api_enums[f->of].count : 0;
    for (size_t k = 0; k < n; k++) {
        if (f->type == FIELD_REF)
            field_set_text(f, base->params, pool->refs[f->of][k]);
        else
            field_set_number(f, base->params, (int64_t)k + 1);
        take_named(v, pool, desk, base, named, i + 1);
    }
    memset(field_at(f, base->params), 0, f->type == FIELD_REF ? sizeof(struct ref) : sizeof(unsigned));
}

void views_take(struct views *v, struct pool *pool, struct desk *desk)
{
    *v = (struct views){ .day = pool->today };
    for (enum method_id id = 0; id < METHOD_COUNT; id++) {
        const struct method *m = &api_methods[id];
        if (m->kind == WRITE || as_of(m) == NULL)
            continue;
        struct named named = named_fields(m);
        struct view base = { .method = id, .params = arena_alloc(&pool->memory, m->size) };
        *(struct date *)field_at(as_of(m), base.params) = v->day;
        if (m->shape == PAGE) {
            api_page_options(m, base.params)->limit = 1000;
            api_page_options(m, base.params)->has_limit = true;
        }
        take_named(v, pool, desk, &base, &named, 0);
    }
}

static void print_answer(const char *what, const char *bytes, size_t size)
{
    msgpack_unpacked message;
    size_t at = 0;
    fprintf(stderr, "  %s: ", what);
    msgpack_unpacked_init(&message);
    if (size < 6 || memcmp(bytes, "error ", 6) == 0)
        fprintf(stderr, "%.*s", (int)size, bytes);
    else if (msgpack_unpack_next(&message, bytes, size, &at) == MSGPACK_UNPACK_SUCCESS)
        msgpack_object_print(stderr, message.data);
    fputc('\n', stderr);
    msgpack_unpacked_destroy(&message);
}

static void tell(const struct view *view, struct date day, const char *bytes, size_t size)
{
    const struct method *m = &api_methods[view->method];
    char text[DATE_TEXT];
    fprintf(stderr, "%s", m->name);
    struct named named = named_fields(m);
    for (size_t i = 0; i < named.n; i++)
        if (named.fields[i]->type == FIELD_REF && field_text(named.fields[i], view->params) != NULL)
            fprintf(stderr, " %s", field_text(named.fields[i], view->params));
    fprintf(stderr, " as of %s differs\n", date_format(day, text));
    print_answer("then", view->bytes, view->size);
    print_answer("now ", bytes, size);
}

size_t views_differing(const struct views *v, struct desk *desk)
{
    size_t differing = 0;
    for (size_t i = 0; i < v->n; i++) {
        char *bytes;
        size_t size;
        answer(&v->rows[i], desk, &bytes, &size);
        bool equal = size == v->rows[i].size && memcmp(bytes, v->rows[i].bytes, size) == 0;
        if (!equal && differing++ < TOLD)
            tell(&v->rows[i], v->day, bytes, size);
        free(bytes);
    }
    return differing;
}

void views_fini(struct views *v)
{
    for (size_t i = 0; i < v->n; i++)
        free(v->rows[i].bytes);
    free(v->rows);
}
