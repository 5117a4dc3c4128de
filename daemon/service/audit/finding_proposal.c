/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/audit/finding_proposal.h"

#include "common/api/bound.h"
#include "common/ref.h"
#include "daemon/service/audit/finding_due.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/register/holder.h"
#include "query/finding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = BOUND(proposal, findings) };

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* By holder, edition and requirement, so that the findings of a proposal are adjacent; then by number. */
static int by_requirement(const void *a, const void *b)
{
    const struct finding_due *x = a, *y = b;
    int order = compare(x->holder_id, y->holder_id);
    if (order == 0)
        order = compare(x->edition_id, y->edition_id);
    if (order == 0)
        order = compare(x->ordinal, y->ordinal);
    return order != 0 ? order : compare(x->id, y->id);
}

static bool together(const struct finding_due *a, const struct finding_due *b)
{
    return a->holder_id == b->holder_id && a->edition_id == b->edition_id && a->ordinal == b->ordinal;
}

/* "F1, F7"; as many as fit. */
static const char *name_minors(struct call *call, const struct finding_due *run, size_t n)
{
    char *names = arena_alloc(call->arena, NAMES_MAX);
    size_t used = 0;
    for (size_t i = 0; i < n && names != NULL; i++) {
        char name[32];
        int length = snprintf(name, sizeof name, "%sF%lld", used > 0 ? ", " : "", (long long)run[i].id);
        if (run[i].class != CLASS_MINOR || used + (size_t)length >= NAMES_MAX)
            continue;
        memcpy(names + used, name, (size_t)length + 1);
        used += (size_t)length;
    }
    return names;
}

/* The edition's rule for findings on one requirement; minors 0: none. */
static int judge(struct call *call, const struct finding_due *run, size_t n, struct proposal *ret)
{
    const struct catalogue_edition *edition;
    struct date ended_on;
    *ret = (struct proposal){ 0 };
    int code = catalogue_edition(call, run->edition_id, &edition);
    const struct escalation_rule *rule = code == OK && edition->rules != NULL ? edition->rules->escalation : NULL;
    int64_t minors = 0;
    for (size_t i = 0; i < n && rule != NULL; i++) {
        minors += run[i].class == CLASS_MINOR;
        if (run[i].class == CLASS_MAJOR)
            rule = NULL;
    }
    if (code != OK || rule == NULL || minors < rule->minors)
        return code;
    *ret = (struct proposal){ .edition = { .text = edition->code, .id = edition->id },
                              .requirement = edition->requirements[run->ordinal].code,
                              .minors = minors,
                              .has_minors = true,
                              .from = rule->minors,
                              .has_from = true,
                              .findings = name_minors(call, run, n),
                              .unverified = rule->unverified,
                              .has_unverified = true,
                              .ours = rule->ours,
                              .has_ours = rule->ours };
    if (ret->findings == NULL)
        return answer_no_memory(call);
    return holder_name(call, run->holder_id, &ret->holder.text, &ended_on);
}

int finding_proposal_of(struct call *call, const struct finding_facts *f, struct date as_of, struct proposal **ret)
{
    struct page run = { 0 };
    struct proposal found = { 0 };
    int code = OK;
    struct stmt *q = query_finding_beside(call->store, f->holder_id, f->edition_id, f->ordinal, as_of);
    *ret = NULL;
    while (code == OK && stmt_step(q)) {
        struct finding_due row = { .id = stmt_int(q, FINDING_BESIDE_id),
                                   .class = (enum class)stmt_choice(q, FINDING_BESIDE_class, ENUM_class),
                                   .holder_id = f->holder_id,
                                   .edition_id = f->edition_id,
                                   .ordinal = f->ordinal };
        if (!page_push(&run, call->arena, &row, sizeof row))
            code = answer_no_memory(call);
    }
    code = answer_end(call, q, code);
    if (code == OK && run.n > 0)
        code = judge(call, run.rows, run.n, &found);
    if (code != OK || found.minors == 0)
        return code;
    *ret = arena_alloc(call->arena, sizeof **ret);
    if (*ret == NULL)
        return answer_no_memory(call);
    **ret = found;
    return OK;
}

/* Where a list continues: the first finding of the next proposal. */
static const struct finding_due *skip_given(const struct finding_due *all, const struct finding_due *end, int64_t after)
{
    const struct finding_due *at = all;
    if (after == 0)
        return all;
    while (at < end && at->id != after)
        at++;
    return at < end ? at : all;
}

static const struct finding_due *end_of_run(const struct finding_due *run, const struct finding_due *end)
{
    const struct finding_due *at = run;
    while (at < end && together(run, at))
        at++;
    return at;
}

static int list_proposals(struct call *call, const struct finding_due *at, const struct finding_due *end, size_t limit,
                          struct page *ret)
{
    int code = OK;
    while (at < end && code == OK) {
        const struct finding_due *next = end_of_run(at, end);
        struct proposal row;
        code = judge(call, at, (size_t)(next - at), &row);
        if (code == OK && row.minors > 0 && ret->n == limit) {
            ret->next = ref_text(call->arena, NOUN_finding, at->id);
            return ret->next != NULL ? OK : answer_no_memory(call);
        }
        if (code == OK && row.minors > 0 && !page_push(ret, call->arena, &row, sizeof row))
            code = answer_no_memory(call);
        at = next;
    }
    return code;
}

int finding_proposals(struct call *call, const struct finding_proposals *p, struct page *ret)
{
    struct date day = check_or_today(call, p->as_of);
    struct finding_due *all;
    size_t n;
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_finding, &after);
    if (code == OK)
        code = finding_due_list(call, resolve_list_holder(call, p->holder.id), p->edition.id, day, &all, &n);
    if (code != OK || n == 0)
        return code;
    qsort(all, n, sizeof *all, by_requirement);
    return list_proposals(call, skip_given(all, all + n, after), all + n, (size_t)answer_limit(&p->page) - 1, ret);
}
