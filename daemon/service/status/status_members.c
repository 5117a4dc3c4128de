/* SPDX-License-Identifier: Apache-2.0 */
/* The status of each member of a cooperative, a row per member and edition. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/standing/readiness.h"
#include "daemon/service/status/status_page.h"
#include "query/status.h"

#include <string.h>

/* The list being made: where it continues, and its row limit. */
struct listing {
    const struct status_members *p;
    const char *after_code, *after_edition;
    struct date as_of;
    size_t wanted;
    struct page *rows;
};

static struct member_status status_of(const struct ref *member, const char *name, const struct standing_state *state,
                                      enum grade proof)
{
    struct readiness r = { 0 };
    readiness_judge(state, proof, &r);
    return (struct member_status){
        .enterprise = *member,
        .name = name,
        .edition = { .text = state->edition->code, .id = state->edition->id },
        .verdict = r.verdict,
        .conforming = r.conforming,
        .applicable = state->edition->n_assessable - r.not_applicable,
        .major = r.major,
        .minor = r.minor,
        .last_on = state->last_on,
        .grade = r.grade,
        .oldest_on = r.oldest,
    };
}

static int compare_editions(const void *a, const void *b)
{
    const struct standing_state *x = a, *y = b;
    return strcmp(x->edition->code, y->edition->code);
}

static bool is_wanted(const struct listing *l, const struct member_status *row)
{
    if (strcmp(row->enterprise.text, l->after_code) == 0 && strcmp(row->edition.text, l->after_edition) <= 0)
        return false;
    return l->p->verdict == 0 || l->p->verdict == row->verdict;
}

static int list_member(struct call *call, struct listing *l, const struct ref *member, const char *name)
{
    struct standing_state *states;
    size_t n;
    int code = standing_list(call, member->id, l->p->edition.id, day_as_of(l->as_of), &states, &n);
    if (code == OK && n > 1)
        qsort(states, n, sizeof *states, compare_editions);
    for (size_t i = 0; i < n && code == OK; i++) {
        struct member_status row = status_of(member, name, &states[i], l->p->proof);
        if (is_wanted(l, &row) && !page_push(l->rows, call->arena, &row, sizeof row))
            code = answer_no_memory(call);
    }
    return code;
}

static int list_members(struct call *call, struct listing *l)
{
    struct stmt *q = query_status_members(call->store, l->p->cooperative.id, l->as_of, l->after_code);
    int code = OK;
    while (code == OK && l->rows->n < l->wanted && stmt_step(q)) {
        struct ref member = { .text = stmt_dup(q, STATUS_MEMBERS_code, call->arena),
                              .id = stmt_int(q, STATUS_MEMBERS_id) };
        const char *name = stmt_dup(q, STATUS_MEMBERS_name, call->arena);
        code = member.text == NULL || name == NULL ? answer_no_memory(call) : list_member(call, l, &member, name);
    }
    return answer_end(call, q, code);
}

int status_members(struct call *call, const struct status_members *p, struct page *ret)
{
    struct listing l = {
        .p = p, .as_of = check_or_today(call, p->as_of), .rows = ret, .wanted = (size_t)answer_limit(&p->page)
    };
    int code = status_page_after(call, &p->page, &l.after_code, &l.after_edition);
    if (code == OK)
        code = list_members(call, &l);
    if (code != OK || ret->n < l.wanted)
        return code;
    const struct member_status *last = (const struct member_status *)ret->rows + ret->n - 2;
    return status_page_cut(call, last->enterprise.text, last->edition.text, ret);
}
