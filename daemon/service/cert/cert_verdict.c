/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_verdict.h"

#include "daemon/service/group/group.h"
#include "daemon/service/standing/readiness.h"

#include <stdio.h>

/* The blockers, the first by name. */
static int answer_not_ready(struct cert_judge *j, struct cert_answer *ret, const struct standing_state *state)
{
    struct readiness r = { 0 };
    int code = readiness_explain(j->call->arena, state, GRADE_SELF, &r, j->call->err);
    if (code != OK)
        return code;
    const char *verdict = api_choice_text(ENUM_verdict, (int)r.verdict);
    if (r.n_blockers == 0)
        return cert_answer_give(j->call, ret, r.verdict == VERDICT_READY, NULL, "the pass rule says %s", verdict);
    const struct blocker *first = &r.blockers[0];
    return cert_answer_give(j->call, ret, false, first->requirement, "the pass rule says %s; blockers: %zu, first %s%s",
                            verdict, r.n_blockers, first->requirement,
                            first->result == RESULT_NOT_ASSESSED ? ", not assessed" : "");
}

/* By the rules for groups: the clauses that fail, and the first blocker. */
static int answer_group(struct cert_judge *j, struct cert_answer *ret)
{
    struct group_verdict v = { 0 };
    const struct group_rule *rule = j->c->edition->rules->group;
    char clauses[CERT_WHY_MAX] = "";
    size_t used = 0;
    int code = group_verdict(j->call, j->c->holder.id, j->c->edition, day_as_of(j->c->on),
                             group_proof(j->c->edition, 0), &v);
    if (code == OK)
        code = cert_answer_cite(j->call, ret, rule->source, rule->unverified, rule->ours);
    if (code != OK)
        return code;
    for (size_t i = 0; i < v.n_clauses && used < sizeof clauses; i++)
        if (v.clauses[i].verdict != VERDICT_READY)
            used += (size_t)snprintf(clauses + used, sizeof clauses - used, "%s%s", used > 0 ? ", " : "",
                                     v.clauses[i].what);
    if (v.verdict == VERDICT_READY)
        return cert_answer_give(j->call, ret, true, j->c->holder.text, "the group is ready, %lld of its %lld members",
                                (long long)v.ready, (long long)v.members);
    const char *record = j->c->holder.text;
    if (v.n_blockers > 0 && v.blockers[0].enterprise.text != NULL)
        record = v.blockers[0].enterprise.text;
    return cert_answer_give(j->call, ret, false, record, "the group is %s: not %s; see sme-ctl group show",
                            api_choice_text(ENUM_verdict, (int)v.verdict), clauses);
}

int cert_verdict_ready(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_case *c = j->c;
    if (c->route == ROUTE_GROUP && c->edition->rules != NULL && c->edition->rules->group != NULL)
        return answer_group(j, ret);
    struct standing_state *states;
    size_t n;
    struct readiness r = { 0 };
    int code = standing_list(j->call, c->holder.id, c->edition->id, day_as_of(c->on), &states, &n);
    if (code != OK)
        return code;
    if (n == 0)
        return cert_answer_give(j->call, ret, false, c->holder.text, "%s was not audited for %s by that day",
                                c->holder.text, c->edition->code);
    readiness_judge(&states[0], GRADE_SELF, &r);
    if (r.verdict != VERDICT_READY)
        return answer_not_ready(j, ret, &states[0]);
    return cert_answer_give(j->call, ret, true, c->holder.text, "ready, with %lld of %lld requirements conforming",
                            (long long)r.conforming, (long long)(c->edition->n_assessable - r.not_applicable));
}
