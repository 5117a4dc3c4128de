/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/status/status_group.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/cert/cert.h"
#include "daemon/service/standard/rules.h"
#include "daemon/service/standing/standing_kept.h"
#include "daemon/service/status/status_page.h"
#include "daemon/store/row.h"
#include "query/status.h"

#include <stdlib.h>
#include <string.h>

/* A list of group_status under construction. */
struct groups {
    struct page rows;
    struct date as_of;
    enum grade proof; /* 0: what the edition asks of members */
};

static struct group_status *at(const struct groups *g, size_t i)
{
    return (struct group_status *)g->rows.rows + i;
}

/* The share of the members that must be ready, if the edition says so. */
static void set_asked(const struct group_rule *rule, struct group_status *group)
{
    if (rule == NULL || !rule->has_ready)
        return;
    group->asked = rule->ready;
    group->asked_of = rule->ready_of;
    group->has_asked = group->has_asked_of = true;
}

static int add_group(struct call *call, struct groups *g, struct group_status *group, int64_t cooperative_id,
                     int64_t edition_id)
{
    struct cert_state held;
    const struct catalogue_edition *edition;
    int code = cert_newest(call, cooperative_id, edition_id, g->as_of, &held);
    if (code == OK)
        code = catalogue_edition(call, edition_id, &edition);
    if (code != OK)
        return code;
    group->certificate = held.state;
    group->certificate_since = held.since;
    group->valid_until = held.valid_until;
    set_asked(edition->rules != NULL ? edition->rules->group : NULL, group);
    if (!page_push(&g->rows, call->arena, group, sizeof *group))
        return answer_no_memory(call);
    return code;
}

/* By the proof asked for, of those ready by any. */
static void count_ready(const struct groups *g, const struct catalogue_edition *edition,
                        const int64_t ready_by[grade_end_], struct group_status *group)
{
    group->proof = g->proof != 0 ? g->proof : rules_proof_members(edition->rules);
    group->ready = ready_by[group->proof];
    group->ready_below = ready_by[GRADE_SELF] - group->ready;
    group->has_ready_below = true;
}

static int read_rollup(struct call *call, const struct stmt *q, struct groups *g)
{
    const struct catalogue_edition *edition;
    struct group_status group = { 0 };
    int64_t cooperative_id = stmt_int(q, STATUS_GROUPS_cooperative_id);
    int code = catalogue_edition(call, stmt_int(q, STATUS_GROUPS_edition_id), &edition);
    if (code == OK)
        code = row_to_record(q, RECORD_group_status, call->arena, &group, call->err);
    struct rollup_sum aged = { 0 };
    if (code == OK)
        code = standing_kept_aged(call, cooperative_id, edition->id, &aged);
    if (code != OK)
        return code;
    const int64_t ready_by[grade_end_] = {
        [GRADE_SELF] = group.ready + aged.ready_by[GRADE_SELF],
        [GRADE_INTERNAL] = stmt_int(q, STATUS_GROUPS_ready_internal) + aged.ready_by[GRADE_INTERNAL],
        [GRADE_EXTERNAL] = stmt_int(q, STATUS_GROUPS_ready_external) + aged.ready_by[GRADE_EXTERNAL],
    };
    count_ready(g, edition, ready_by, &group);
    group.not_ready += aged.by_verdict[VERDICT_NOT_READY];
    group.incomplete += aged.by_verdict[VERDICT_INCOMPLETE];
    return add_group(call, g, &group, cooperative_id, edition->id);
}

/* Every row of q; ends it. */
static int read_rollups(struct call *call, struct stmt *q, struct groups *g)
{
    int code = OK;
    while (code == OK && stmt_step(q))
        code = read_rollup(call, q, g);
    return answer_end(call, q, code);
}

int status_count_members(struct call *call, int64_t cooperative_id, struct date as_of, int64_t *ret)
{
    if (as_of.day == call->today.day)
        return answer_number(call, query_status_members_today(call->store, cooperative_id), ret);
    return answer_number(call, query_status_members_on(call->store, cooperative_id, as_of), ret);
}

static void count_standing(const struct groups *g, const struct standing_state *state, struct group_status *group)
{
    struct readiness r = { 0 };
    readiness_judge(state, GRADE_SELF, &r);
    group->assessed++;
    group->proof = g->proof != 0 ? g->proof : rules_proof_members(state->edition->rules);
    group->ready += r.verdict == VERDICT_READY && r.grade >= group->proof;
    group->ready_below += r.verdict == VERDICT_READY && r.grade < group->proof;
    group->has_ready_below = true;
    group->not_ready += r.verdict == VERDICT_NOT_READY;
    group->incomplete += r.verdict == VERDICT_INCOMPLETE;
    group->major += r.major;
    group->minor += r.minor;
}

/* The group of an edition, added with the facts of blank if there is none yet; NULL without memory. */
static struct group_status *group_of(struct call *call, struct page *rows, const struct group_status *blank,
                                     const struct catalogue_edition *edition)
{
    struct group_status *groups = rows->rows;
    for (size_t i = 0; i < rows->n; i++)
        if (groups[i].edition.id == edition->id)
            return &groups[i];
    struct group_status group = *blank;
    group.edition = (struct ref){ .text = edition->code, .id = edition->id };
    if (!page_push(rows, call->arena, &group, sizeof group))
        return NULL;
    return (struct group_status *)rows->rows + rows->n - 1;
}

static int count_member(struct call *call, int64_t member_id, int64_t edition_id, const struct groups *g,
                        const struct group_status *blank, struct page *rows)
{
    struct standing_state *states;
    size_t n;
    int code = standing_list(call, member_id, edition_id, day_as_of(g->as_of), &states, &n);
    for (size_t i = 0; i < n && code == OK; i++) {
        struct group_status *group = group_of(call, rows, blank, states[i].edition);
        if (group == NULL)
            return answer_no_memory(call);
        if (date_is_set(states[i].last_on))
            count_standing(g, &states[i], group);
    }
    return code;
}

static int by_edition(const void *a, const void *b)
{
    const struct group_status *x = a, *y = b;
    return strcmp(x->edition.text, y->edition.text);
}

/* What the members' audits imply on a day that is not today. */
static int compute_groups(struct call *call, const struct ref *cooperative, const char *name, int64_t edition_id,
                          struct groups *g)
{
    struct page rows = { 0 };
    struct group_status blank = { .cooperative = *cooperative, .name = name };
    int code = status_count_members(call, cooperative->id, g->as_of, &blank.members);
    if (code != OK)
        return code;
    struct stmt *q = query_status_members(call->store, cooperative->id, g->as_of, "");
    while (code == OK && stmt_step(q))
        code = count_member(call, stmt_int(q, STATUS_MEMBERS_id), edition_id, g, &blank, &rows);
    code = answer_end(call, q, code);
    if (rows.n > 1)
        qsort(rows.rows, rows.n, sizeof(struct group_status), by_edition);
    for (size_t i = 0; i < rows.n && code == OK; i++) {
        struct group_status *group = (struct group_status *)rows.rows + i;
        if (group->assessed > 0)
            code = add_group(call, g, group, cooperative->id, group->edition.id);
    }
    return code;
}

static int name_of(struct call *call, int64_t holder_id, struct date day, struct ref *ret_code, const char **ret_name)
{
    struct stmt *q = query_status_holder(call->store, holder_id, day, resolve_scope_text(call));
    if (stmt_step(q)) {
        *ret_code = (struct ref){ .text = stmt_dup(q, STATUS_HOLDER_code, call->arena), .id = holder_id };
        *ret_name = stmt_dup(q, STATUS_HOLDER_name, call->arena);
    }
    return answer_end(call, q, OK);
}

int status_groups(struct call *call, int64_t cooperative_id, int64_t edition_id, struct date as_of, enum grade proof,
                  struct group_status **ret, size_t *ret_n)
{
    struct groups g = { .as_of = as_of, .proof = proof };
    struct ref cooperative = { 0 };
    const char *name = NULL;
    int code = OK;
    if (as_of.day == call->today.day) {
        code = read_rollups(call, query_status_groups(call->store, cooperative_id, edition_id), &g);
    } else {
        code = name_of(call, cooperative_id, as_of, &cooperative, &name);
        if (code == OK)
            code = compute_groups(call, &cooperative, name, edition_id, &g);
    }
    *ret = g.rows.rows;
    *ret_n = g.rows.n;
    return code;
}

/* Cooperatives from code on, those groups that come after (code, edition), until the page is full. */
static int compute_page(struct call *call, const struct status_list *p, const char *code, const char *edition,
                        struct groups *g)
{
    size_t wanted = (size_t)answer_limit(&p->page);
    struct stmt *q = query_status_cooperatives(call->store, code, resolve_scope_text(call));
    int rc = OK;
    while (rc == OK && g->rows.n < wanted && stmt_step(q)) {
        struct groups one = { .as_of = g->as_of, .proof = g->proof };
        struct ref cooperative = { .text = stmt_dup(q, STATUS_COOPERATIVES_code, call->arena),
                                   .id = stmt_int(q, STATUS_COOPERATIVES_id) };
        const char *name = stmt_dup(q, STATUS_COOPERATIVES_name, call->arena);
        if (cooperative.text == NULL || name == NULL)
            rc = answer_no_memory(call);
        else
            rc = compute_groups(call, &cooperative, name, p->edition.id, &one);
        bool is_first = rc == OK && strcmp(cooperative.text, code) == 0;
        for (size_t i = 0; i < one.rows.n && rc == OK; i++)
            if ((!is_first || strcmp(at(&one, i)->edition.text, edition) > 0)
                && !page_push(&g->rows, call->arena, at(&one, i), sizeof(struct group_status)))
                rc = answer_no_memory(call);
    }
    return answer_end(call, q, rc);
}

int status_list(struct call *call, const struct status_list *p, struct page *ret)
{
    struct groups g = { .as_of = check_or_today(call, p->as_of), .proof = p->proof };
    const char *after, *edition;
    int code = status_page_after(call, &p->page, &after, &edition);
    if (code != OK)
        return code;
    if (g.as_of.day == call->today.day)
        code = read_rollups(call,
                            query_status_groups_all(call->store, after, edition, p->edition.id,
                                                    resolve_scope_text(call), answer_limit(&p->page)),
                            &g);
    else
        code = compute_page(call, p, after, edition, &g);
    *ret = g.rows;
    if (code != OK || ret->n < (size_t)answer_limit(&p->page))
        return code;
    const struct group_status *last = at(&g, ret->n - 2);
    return status_page_cut(call, last->cooperative.text, last->edition.text, ret);
}
