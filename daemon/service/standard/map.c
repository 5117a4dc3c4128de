/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standard/map.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"

#include "common/scope.h"
#include "query/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PACKED_MAX = 16 * 1024 * 1024 };

/* Both ends of a row; -1 if absent. */
struct ends {
    int32_t from, to;
};

static int find_end(struct call *call, const struct catalogue_edition *e, size_t i, const char *name, const char *code,
                    int32_t *ret)
{
    *ret = -1;
    if (code == NULL)
        return OK;
    const struct catalogue_requirement *r = catalogue_requirement(e, code);
    if (r == NULL)
        return check_refuse_row(call, "rows", i, name, "%s is not a requirement of %s; see sme-ctl standard show %s",
                                code, e->code, e->code);
    if (!r->assessable)
        return check_refuse_row(call, "rows", i, name, "%s is a section of %s; map its requirements", code, e->code);
    *ret = r->ordinal;
    return OK;
}

static int check_row(struct call *call, const struct map_row *row, size_t i)
{
    if (row->from == NULL && row->to == NULL)
        return check_refuse_row(call, "rows", i, "from", "name at least one requirement");
    if (row->relation != MAP_NONE && (row->from == NULL || row->to == NULL))
        return check_refuse_row(call, "rows", i, row->from == NULL ? "from" : "to",
                                "relation %s needs two requirements; name both, or use none",
                                api_choice_text(ENUM_map_relation, (int)row->relation));
    return OK;
}

static int compare_ends(const void *a, const void *b)
{
    const struct ends *const *x = a, *const *y = b;
    if ((*x)->to != (*y)->to)
        return (*x)->to < (*y)->to ? -1 : 1;
    return ((*x)->from > (*y)->from) - ((*x)->from < (*y)->from);
}

static int refuse_twice(struct call *call, const struct map_publish *p, const struct ends *ends)
{
    const struct ends **sorted = arena_array(call->arena, p->n_rows, sizeof *sorted);
    if (sorted == NULL)
        return answer_no_memory(call);
    for (size_t i = 0; i < p->n_rows; i++)
        sorted[i] = &ends[i];
    qsort(sorted, p->n_rows, sizeof *sorted, compare_ends);
    for (size_t i = 1; i < p->n_rows; i++) {
        const struct ends *a = sorted[i - 1], *b = sorted[i];
        if (a->from != b->from || a->to != b->to)
            continue;
        size_t first = (size_t)((a < b ? a : b) - ends), second = (size_t)((a < b ? b : a) - ends);
        return check_refuse_row(call, "rows", second, p->rows[second].from != NULL ? "from" : "to",
                                "same requirements as rows[%zu]; remove one", first);
    }
    return OK;
}

static int check_rows(struct call *call, const struct map_publish *p, const struct catalogue_edition *from,
                      const struct catalogue_edition *to, struct ends *ends)
{
    int code = p->n_rows == 0 ? err_set(call->err, ERR_INVALID_PARAM, "rows", "a map needs at least one row") : OK;
    for (size_t i = 0; i < p->n_rows && code == OK; i++) {
        const struct map_row *row = &p->rows[i];
        code = check_row(call, row, i);
        if (code == OK)
            code = find_end(call, from, i, "from", row->from, &ends[i].from);
        if (code == OK)
            code = find_end(call, to, i, "to", row->to, &ends[i].to);
    }
    return code == OK ? refuse_twice(call, p, ends) : code;
}

static int load(struct call *call, int64_t id, struct date day, struct edition_map *ret)
{
    return answer_record(call, query_map_record(call->store, id, day), RECORD_edition_map, ret);
}

static int read_rows(struct call *call, int64_t id, struct map_row **ret, size_t *ret_n)
{
    return answer_rows(call, query_map_rows(call->store, id), RECORD_map_row, ret, ret_n);
}

/* Whether the newest map between the two says the same. */
static int is_same(struct call *call, const struct map_publish *p, int64_t newest, bool *ret)
{
    SCOPED(buf_fini) struct buf given;
    SCOPED(buf_fini) struct buf kept;
    struct edition_map map = { 0 };
    struct map_row *rows;
    size_t n;
    buf_init(&given, PACKED_MAX);
    buf_init(&kept, PACKED_MAX);
    int code = load(call, newest, call->today, &map);
    if (code == OK)
        code = read_rows(call, newest, &rows, &n);
    if (code == OK)
        code = codec_pack_list(RECORD_map_row, p->rows, p->n_rows, &given, call->err);
    if (code == OK)
        code = codec_pack_list(RECORD_map_row, rows, n, &kept, call->err);
    if (code == OK)
        *ret = strcmp(map.source, p->source) == 0 && map.unverified == p->unverified && given.size == kept.size
               && memcmp(given.data, kept.data, kept.size) == 0;
    return code;
}

static int insert(struct call *call, const struct map_publish *p, const struct ends *ends, int64_t *ret_id)
{
    int code = answer_number(
        call, query_map_insert(call->store, p->from.id, p->to.id, p->source, p->unverified, call->today), ret_id);
    for (size_t i = 0; i < p->n_rows && code == OK; i++)
        code = stmt_run(query_map_row_insert(call->store, *ret_id, (int64_t)i, ends[i].from >= 0, ends[i].from,
                                             ends[i].to >= 0, ends[i].to, p->rows[i].relation, p->rows[i].rationale),
                        call->err);
    return code;
}

static int check_map(struct call *call, const struct map_publish *p, struct ends **ret)
{
    const struct catalogue_edition *from, *to;
    *ret = arena_array(call->arena, p->n_rows, sizeof **ret);
    if (*ret == NULL)
        return answer_no_memory(call);
    if (p->from.id == p->to.id)
        return err_set(call->err, ERR_INVALID_PARAM, "to", "%s is the source edition; name another one", p->to.text);
    int code = catalogue_edition(call, p->from.id, &from);
    if (code == OK)
        code = catalogue_edition(call, p->to.id, &to);
    return code == OK ? check_rows(call, p, from, to, *ret) : code;
}

int map_publish(struct call *call, const struct map_publish *p, struct edition_map *ret)
{
    struct ends *ends;
    int64_t id = 0;
    bool same = false;
    int code = check_map(call, p, &ends);
    if (code == OK)
        code = answer_number(call, query_map_newest(call->store, p->from.id, p->to.id, call->today), &id);
    if (code == OK && id > 0)
        code = is_same(call, p, id, &same);
    if (code == OK && same)
        call->unchanged = true;
    else if (code == OK)
        code = insert(call, p, ends, &id);
    return code == OK ? load(call, id, call->today, ret) : code;
}

int map_list(struct call *call, const struct map_list *p, struct page *ret)
{
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_map, &after);
    if (code != OK)
        return code;
    struct stmt *q = query_map_list(call->store, p->standard.id, check_or_today(call, p->as_of), after,
                                    answer_limit(&p->page));
    return answer_page(call, q, &p->page, ret);
}

int map_show(struct call *call, const struct map_show *p, struct edition_map_detail *ret)
{
    struct date day = check_or_today(call, p->as_of);
    ret->map = arena_alloc(call->arena, sizeof *ret->map);
    if (ret->map == NULL)
        return answer_no_memory(call);
    int code = load(call, p->map.id, day, ret->map);
    return code == OK ? read_rows(call, p->map.id, &ret->rows, &ret->n_rows) : code;
}
