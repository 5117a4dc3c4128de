/* SPDX-License-Identifier: Apache-2.0 */
/* Which maps lead from one edition to another. */
#include "daemon/service/call/answer.h"
#include "daemon/service/standard/map.h"
#include "query/map.h"

#include <string.h>

enum { REACHED_MAX = 256 };

/* An edition found in the search, and how it was reached. */
struct reached {
    int64_t edition_id, map_id;
    size_t before, steps; /* index of where from; maps so far */
};

struct search {
    struct reached *reached;
    size_t n;
};

static bool is_reached(const struct search *s, int64_t edition_id)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->reached[i].edition_id == edition_id)
            return true;
    return false;
}

/* Breadth first: every edition is reached by as few maps as possible. */
static int go_on(struct call *call, struct search *s, size_t i, struct date as_of)
{
    struct stmt *q = query_map_from(call->store, s->reached[i].edition_id, as_of);
    while (stmt_step(q))
        if (s->n < REACHED_MAX && !is_reached(s, stmt_int(q, MAP_FROM_to_id)))
            s->reached[s->n++] = (struct reached){ stmt_int(q, MAP_FROM_to_id), stmt_int(q, MAP_FROM_map_id), i,
                                                   s->reached[i].steps + 1 };
    return answer_end(call, q, OK);
}

int map_chain(struct call *call, int64_t from_id, int64_t to_id, struct date as_of, struct map_step *ret, size_t *ret_n)
{
    struct search s = { arena_array(call->arena, REACHED_MAX, sizeof(struct reached)), 1 };
    int64_t ids[MAP_STEPS_MAX];
    size_t at = 0;
    int code = s.reached != NULL ? OK : answer_no_memory(call);
    *ret_n = 0;
    if (code != OK)
        return code;
    s.reached[0] = (struct reached){ .edition_id = from_id };
    for (; code == OK && at < s.n && s.reached[at].edition_id != to_id; at++)
        if (s.reached[at].steps < MAP_STEPS_MAX)
            code = go_on(call, &s, at, as_of);
    if (code != OK || at == s.n)
        return code;
    *ret_n = s.reached[at].steps;
    for (; at > 0; at = s.reached[at].before)
        ids[s.reached[at].steps - 1] = s.reached[at].map_id;
    return map_steps(call, ids, *ret_n, ret);
}

static int read_links(struct call *call, struct map_step *step)
{
    struct page links = { 0 };
    struct stmt *q = query_map_links(call->store, step->map_id);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct map_link link = { (int32_t)stmt_int(q, MAP_LINKS_from_ordinal),
                                 (int32_t)stmt_int(q, MAP_LINKS_to_ordinal),
                                 (enum map_relation)stmt_choice(q, MAP_LINKS_relation, ENUM_map_relation) };
        if (!page_push(&links, call->arena, &link, sizeof link))
            code = answer_no_memory(call);
    }
    step->links = links.rows;
    step->n_links = links.n;
    return answer_end(call, q, code);
}

static int read_step(struct call *call, int64_t map_id, struct map_step *step)
{
    *step = (struct map_step){ .map_id = map_id };
    struct stmt *q = query_map_editions(call->store, map_id);
    bool found = stmt_step(q);
    int64_t from_id = found ? stmt_int(q, MAP_EDITIONS_from_id) : 0,
            to_id = found ? stmt_int(q, MAP_EDITIONS_to_id) : 0;
    int code = answer_end(call, q, OK);
    if (code == OK)
        code = catalogue_edition(call, from_id, &step->from);
    if (code == OK)
        code = catalogue_edition(call, to_id, &step->to);
    return code == OK ? read_links(call, step) : code;
}

int map_steps(struct call *call, const int64_t *map_ids, size_t n, struct map_step *ret)
{
    int code = OK;
    for (size_t i = 0; i < n && code == OK; i++)
        code = read_step(call, map_ids[i], &ret[i]);
    return code;
}
