/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/migration/carry.h"

#include "daemon/service/call/answer.h"

#include <string.h>

enum standing_result carry_said(enum map_relation relation, enum standing_result result)
{
    static const enum standing_result said[map_relation_end_][STANDING_NOT_APPLICABLE + 1] = {
        [MAP_EQUAL] = { [STANDING_CONFORMING] = STANDING_CONFORMING,
                        [STANDING_NONCONFORMING] = STANDING_NONCONFORMING,
                        [STANDING_NOT_APPLICABLE] = STANDING_NOT_APPLICABLE },
        [MAP_SUPERSET] = { [STANDING_CONFORMING] = STANDING_CONFORMING },
        [MAP_SUBSET] = { [STANDING_NONCONFORMING] = STANDING_NONCONFORMING },
    };
    return said[relation][result];
}

enum map_relation carry_weaker(enum map_relation a, enum map_relation b)
{
    if (a == MAP_NONE || b == MAP_NONE)
        return MAP_NONE;
    if (a == b || b == MAP_EQUAL)
        return a;
    return a == MAP_EQUAL ? b : MAP_INTERSECT;
}

/* The combined result of the rows of one requirement. */
static enum standing_result say_together(const struct map_link *links, size_t n, const uint8_t *from, bool na_allowed)
{
    size_t said[STANDING_NOT_APPLICABLE + 1] = { 0 };
    for (size_t i = 0; i < n; i++)
        said[carry_said(links[i].relation, (enum standing_result)from[links[i].from])]++;
    if (said[STANDING_NONCONFORMING] > 0)
        return STANDING_NONCONFORMING;
    if (said[STANDING_CONFORMING] == n)
        return STANDING_CONFORMING;
    return said[STANDING_NOT_APPLICABLE] == n && na_allowed ? STANDING_NOT_APPLICABLE : STANDING_NOT_ASSESSED;
}

/* How many of the links from i on go to the same requirement. */
static size_t count_together(const struct map_step *step, size_t i)
{
    size_t n = 1;
    while (i + n < step->n_links && step->links[i + n].to == step->links[i].to)
        n++;
    return n;
}

void carry_step(const struct map_step *step, const uint8_t *from, uint8_t *to)
{
    memset(to, STANDING_NOT_ASSESSED, (size_t)step->to->n_requirements);
    for (size_t i = 0, n; i < step->n_links; i += n) {
        int32_t ordinal = step->links[i].to;
        n = count_together(step, i);
        to[ordinal] = (uint8_t)say_together(&step->links[i], n, from, step->to->requirements[ordinal].na_allowed);
    }
}

int carry_all(struct call *call, const struct map_step *steps, size_t n, const uint8_t *from, uint8_t **ret)
{
    for (size_t i = 0; i < n; i++) {
        *ret = arena_alloc(call->arena, (size_t)steps[i].to->n_requirements);
        if (*ret == NULL)
            return answer_no_memory(call);
        carry_step(&steps[i], from, *ret);
        from = *ret;
    }
    return OK;
}

static bool has(const struct carry_source *s, int32_t ordinal)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->ordinals[i] == ordinal)
            return true;
    return false;
}

static void add(struct carry_source *s, int32_t ordinal)
{
    if (!has(s, ordinal))
        s->ordinals[s->n++] = ordinal;
}

/* The sources of one requirement, from its links and their own sources (NULL in the first map). */
static int gather(struct call *call, const struct map_link *links, size_t n, const struct carry_source *before,
                  struct carry_source *ret)
{
    size_t most = 0;
    for (size_t i = 0; i < n; i++)
        most += before != NULL ? before[links[i].from].n : 1;
    *ret = (struct carry_source){ .ordinals = arena_array(call->arena, most, sizeof(int32_t)), .relation = MAP_EQUAL };
    if (ret->ordinals == NULL)
        return answer_no_memory(call);
    for (size_t i = 0; i < n; i++) {
        const struct carry_source *s = before != NULL ? &before[links[i].from] : NULL;
        ret->relation = carry_weaker(ret->relation, links[i].relation);
        if (s != NULL)
            ret->relation = carry_weaker(ret->relation, s->n > 0 ? s->relation : MAP_NONE);
        else
            add(ret, links[i].from);
        for (size_t k = 0; s != NULL && k < s->n; k++)
            add(ret, s->ordinals[k]);
    }
    return OK;
}

int carry_sources(struct call *call, const struct map_step *steps, size_t n, struct carry_source **ret)
{
    struct carry_source *before = NULL;
    int code = OK;
    for (size_t k = 0; k < n && code == OK; k++) {
        const struct map_step *step = &steps[k];
        struct carry_source *sources = arena_array(call->arena, (size_t)step->to->n_requirements, sizeof *sources);
        if (sources == NULL)
            return answer_no_memory(call);
        for (size_t i = 0, m; i < step->n_links && code == OK; i += m) {
            m = count_together(step, i);
            code = gather(call, &step->links[i], m, before, &sources[step->links[i].to]);
        }
        before = sources;
    }
    *ret = before;
    return code;
}
