/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/group/group_judge.h"

/* Whether a group has the members that the rule requires. */
static struct group_clause_status judge_size(enum group_clause clause, int64_t members, int64_t bound)
{
    int64_t margin = clause == GROUP_SMALLEST ? members - bound : bound - members;
    return (struct group_clause_status){ .clause = clause,
                                         .verdict = margin >= 0 ? VERDICT_READY : VERDICT_NOT_READY,
                                         .have = members,
                                         .of = bound,
                                         .margin = margin };
}

static struct group_clause_status judge_central(const struct group_facts *f)
{
    return (struct group_clause_status){ .clause = GROUP_CENTRAL,
                                         .verdict = f->central,
                                         .have = f->central_held,
                                         .of = f->central_clauses,
                                         .unassessed = f->central_unknown,
                                         .margin = f->central_held - f->central_clauses };
}

/* Nothing is known of an uninspected member, or of a group without members. */
static struct group_clause_status judge_coverage(const struct group_facts *f)
{
    bool all = f->members > 0 && f->inspected == f->members;
    return (struct group_clause_status){ .clause = GROUP_COVERAGE,
                                         .verdict = all ? VERDICT_READY : VERDICT_INCOMPLETE,
                                         .have = f->inspected,
                                         .of = f->members,
                                         .unassessed = f->members - f->inspected,
                                         .margin = f->inspected - f->members };
}

/* The least number of members that is p/q of all of them. */
static int64_t needed(int64_t members, int64_t p, int64_t q)
{
    return (members * p + q - 1) / q;
}

/* Fails if it would fail even with all unknown members ready. */
static struct group_clause_status judge_ready(const struct group_facts *f, const struct group_rule *rule)
{
    int64_t least = needed(f->members, rule->ready, rule->ready_of);
    enum verdict verdict = VERDICT_NOT_READY;
    if (f->members > 0 && f->ready >= least)
        verdict = VERDICT_READY;
    else if (f->ready + f->incomplete >= least)
        verdict = VERDICT_INCOMPLETE;
    return (struct group_clause_status){ .clause = GROUP_READY,
                                         .verdict = verdict,
                                         .have = f->ready,
                                         .of = f->members,
                                         .unassessed = f->incomplete,
                                         .margin = f->ready - least };
}

static struct group_clause_status judge_sanctions(const struct group_facts *f)
{
    return (struct group_clause_status){ .clause = GROUP_SANCTIONS,
                                         .verdict = f->sanctions == 0 ? VERDICT_READY : VERDICT_NOT_READY,
                                         .have = f->sanctions,
                                         .of = f->sanctions,
                                         .margin = -f->sanctions };
}

static enum verdict worst(const struct group_clause_status *clauses, size_t n)
{
    enum verdict verdict = VERDICT_READY;
    for (size_t i = 0; i < n; i++) {
        if (clauses[i].verdict == VERDICT_NOT_READY)
            return VERDICT_NOT_READY;
        if (clauses[i].verdict == VERDICT_INCOMPLETE)
            verdict = VERDICT_INCOMPLETE;
    }
    return verdict;
}

/* A group of which nothing was assessed is not ready, whatever its edition leaves unasked. */
static bool is_anything_assessed(const struct group_facts *f, const struct group_rule *g)
{
    return f->ready + f->not_ready > 0 || (g->central && f->central == VERDICT_READY);
}

enum verdict group_judge(const struct rules *rules, const struct group_facts *f,
                         struct group_clause_status clauses[GROUP_CLAUSES], size_t *ret_n)
{
    static const struct group_rule nothing;
    const struct group_rule *g = rules != NULL && rules->group != NULL ? rules->group : &nothing;
    size_t n = 0;
    if (g->has_smallest)
        clauses[n++] = judge_size(GROUP_SMALLEST, f->members, g->smallest);
    if (g->has_largest)
        clauses[n++] = judge_size(GROUP_LARGEST, f->members, g->largest);
    if (g->central)
        clauses[n++] = judge_central(f);
    if (rules != NULL && rules->internal != NULL)
        clauses[n++] = judge_coverage(f);
    if (g->has_ready)
        clauses[n++] = judge_ready(f, g);
    clauses[n++] = judge_sanctions(f);
    *ret_n = n;
    enum verdict verdict = worst(clauses, n);
    return verdict == VERDICT_READY && !is_anything_assessed(f, g) ? VERDICT_INCOMPLETE : verdict;
}
