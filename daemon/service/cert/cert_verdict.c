/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_verdict.h"

#include "daemon/service/group/group.h"
#include "daemon/service/standard/rules.h"
#include "daemon/service/standing/readiness.h"

#include <stdio.h>

static const char *words(enum verdict verdict)
{
    return verdict == VERDICT_READY ? "ready" : verdict == VERDICT_INCOMPLETE ? "incomplete" : "not ready";
}

/* The blockers, the first by name. */
static int answer_not_ready(struct cert_judge *j, struct cert_answer *ret, const struct standing_state *state)
{
    struct readiness r = { 0 };
    int code = readiness_explain(j->call->arena, state, GRADE_SELF, &r, j->call->err);
    if (code != OK)
        return code;
    const char *verdict = words(r.verdict);
    if (r.n_blockers == 0)
        return cert_answer_give(j->call, ret, r.verdict == VERDICT_READY, NULL, "the pass rule says %s", verdict);
    const struct blocker *first = &r.blockers[0];
    return cert_answer_give(j->call, ret, false, first->requirement, "the pass rule says %s; blockers: %zu, first %s%s",
                            verdict, r.n_blockers, first->requirement,
                            first->result == RESULT_NOT_ASSESSED ? ", not assessed" : "");
}

static struct judged_day day_of_decision(const struct cert_judge *j)
{
    return (struct judged_day){ j->c->on, j->c->known };
}

/* Judged as a group by the rules of the edition, which may be those for its internal control alone. */
static bool is_group(const struct cert_judge *j)
{
    const struct rules *rules = j->c->edition->rules;
    return j->c->route == ROUTE_GROUP && rules != NULL && (rules->group != NULL || rules->internal != NULL);
}

/* "central function ready by its own audit, every member ready": what does not hold. */
static void list_clauses(const struct group_verdict *v, char text[CERT_WHY_MAX])
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < v->n_clauses && used < CERT_WHY_MAX; i++)
        if (v->clauses[i].verdict != VERDICT_READY)
            used += (size_t)snprintf(text + used, CERT_WHY_MAX - used, "%s%s", used > 0 ? ", " : "",
                                     v->clauses[i].what);
}

/* By the rules for groups, as group show does: the clauses that fail, and the first blocker. */
static int answer_group(struct cert_judge *j, struct cert_answer *ret)
{
    struct group_verdict v = { 0 };
    const struct group_rule *rule = j->c->edition->rules->group;
    char clauses[CERT_WHY_MAX];
    int code = group_verdict(j->call, j->c->holder.id, j->c->edition, day_of_decision(j), group_proof(j->c->edition, 0),
                             &v);
    if (code == OK && rule != NULL)
        code = cert_answer_cite(j->call, ret, rule->source, rule->unverified, rule->ours);
    if (code != OK)
        return code;
    j->ready = v.verdict == VERDICT_READY;
    if (j->ready)
        return cert_answer_give(j->call, ret, true, j->c->holder.text, "the group is ready, %lld of its %lld members",
                                (long long)v.ready, (long long)v.members);
    const char *record = j->c->holder.text;
    if (v.n_blockers > 0 && v.blockers[0].enterprise.text != NULL)
        record = v.blockers[0].enterprise.text;
    list_clauses(&v, clauses);
    return cert_answer_give(j->call, ret, false, record, "the group is %s (sme-ctl group show); missing: %s",
                            words(v.verdict), clauses);
}

int cert_verdict_ready(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_case *c = j->c;
    struct standing_state *states;
    size_t n;
    struct readiness r = { 0 };
    if (is_group(j))
        return answer_group(j, ret);
    int code = standing_list(j->call, c->holder.id, c->edition->id, day_of_decision(j), &states, &n);
    if (code != OK)
        return code;
    if (n == 0)
        return cert_answer_give(j->call, ret, false, c->holder.text, "%s was not audited for %s by that day",
                                c->holder.text, c->edition->code);
    readiness_judge(&states[0], GRADE_SELF, &r);
    if (r.verdict != VERDICT_READY)
        return answer_not_ready(j, ret, &states[0]);
    j->ready = true;
    return cert_answer_give(j->call, ret, true, c->holder.text, "ready, with %lld of %lld requirements conforming",
                            (long long)r.conforming, (long long)(c->edition->n_assessable - r.not_applicable));
}

/* The central function at the grade of a holder, the members at theirs. */
static int answer_group_proof(struct cert_judge *j, struct cert_answer *ret)
{
    const struct rules *rules = j->c->edition->rules;
    const struct group_proof asked = { rules_proof_members(rules), rules_proof_holder(rules) };
    const char *members = api_choice_text(ENUM_grade, (int)asked.members);
    const char *central = api_choice_text(ENUM_grade, (int)asked.central);
    struct group_verdict v = { 0 };
    char clauses[CERT_WHY_MAX];
    int code = group_verdict(j->call, j->c->holder.id, j->c->edition, day_of_decision(j), asked, &v);
    if (code != OK)
        return code;
    if (v.verdict == VERDICT_READY)
        return cert_answer_give(j->call, ret, true, j->c->holder.text,
                                "ready by %s proof of the central function and %s proof of the members", central,
                                members);
    list_clauses(&v, clauses);
    return cert_answer_give(j->call, ret, false, j->c->holder.text,
                            "ready only by weaker proof: %s proof of the central function and %s proof of the members "
                            "are asked for; missing by them: %s",
                            central, members, clauses);
}

int cert_verdict_proof(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_case *c = j->c;
    const struct rules *rules = c->edition->rules;
    const enum grade asked = rules_proof_holder(rules);
    struct standing_state *states;
    struct readiness r = { 0 }, any = { 0 };
    size_t n;
    if (!j->ready)
        return OK; /* the condition on the verdict says why */
    int code = OK;
    if (rules != NULL && rules->proof != NULL)
        code = cert_answer_cite(j->call, ret, rules->proof->source, rules->proof->unverified, rules->proof->ours);
    if (code == OK && is_group(j))
        return answer_group_proof(j, ret);
    if (code == OK)
        code = standing_list(j->call, c->holder.id, c->edition->id, day_of_decision(j), &states, &n);
    if (code == OK)
        code = readiness_explain(j->call->arena, &states[0], asked, &r, j->call->err);
    if (code != OK)
        return code;
    const char *grade = api_choice_text(ENUM_grade, (int)asked);
    if (r.verdict == VERDICT_READY)
        return cert_answer_give(j->call, ret, true, c->holder.text, "ready by %s proof, as asked for", grade);
    readiness_judge(&states[0], GRADE_SELF, &any);
    const char *weaker = api_choice_text(ENUM_grade, (int)any.grade);
    if (r.n_blockers == 0)
        return cert_answer_give(j->call, ret, false, c->holder.text, "ready only by %s proof; %s is asked for", weaker,
                                grade);
    return cert_answer_give(j->call, ret, false, r.blockers[0].requirement,
                            "ready only by %s proof; %s is asked for, and lacks %zu requirements, first %s", weaker,
                            grade, r.n_blockers, r.blockers[0].requirement);
}
