/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_review.h"

#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/cert/cert.h"
#include "daemon/service/cert/cert_findings.h"
#include "daemon/service/cert/cert_verdict.h"
#include "query/cert.h"

/* What a holder alone was by the day of the decision; the members of a group would be too many to judge in passing. */
static int judge_verdict(struct cert_judge *j, struct cert_answer *ret)
{
    return j->c->route == ROUTE_GROUP ? OK : cert_verdict_ready(j, ret);
}

static int judge_proof(struct cert_judge *j, struct cert_answer *ret)
{
    return j->c->route == ROUTE_GROUP ? OK : cert_verdict_proof(j, ret);
}

/* What a decision still rests on: its audit, what that recommends, and how well it proves that the holder is ready. */
static const struct {
    enum grant_condition condition;
    int (*judge)(struct cert_judge *j, struct cert_answer *ret);
} reviewed[] = {
    { CONDITION_AUDIT, cert_case_audit },
    { CONDITION_OUTCOME, cert_findings_outcome },
    { CONDITION_VERDICT, judge_verdict },
    { CONDITION_PROOF, judge_proof },
};
enum { REVIEWED = sizeof reviewed / sizeof reviewed[0] };

/* The decision by the day, if the certificate is in force; ret->on is not set if it is not. */
static int open_decision(struct call *call, int64_t certificate_id, struct date day, struct cert_case *ret,
                         bool *ret_overridden)
{
    struct certificate c = { 0 };
    struct cert_facts facts;
    int64_t audit_id = 0;
    int code = cert_load(call, certificate_id, day, &c);
    *ret = (struct cert_case){ .known = day, .review = true };
    if (code != OK || (c.state != CERT_ACTIVE && c.state != CERT_SUSPENDED))
        return code;
    code = cert_facts(call, certificate_id, day, &facts);
    if (code == OK)
        code = catalogue_edition(call, facts.edition_id, &ret->edition);
    if (code == OK && c.audit.text != NULL && !ref_number(NOUN_audit, c.audit.text, &audit_id))
        return err_set(call->err, ERR_INTERNAL, NULL, "%s is no audit", c.audit.text);
    ret->holder = (struct ref){ c.holder.text, facts.holder_id };
    ret->route = facts.route;
    ret->audit = (struct ref){ c.audit.text, audit_id };
    ret->on = c.decided_on;
    *ret_overridden = c.override != NULL;
    return code;
}

/* Whether its audit counts no more: void, or corrected by another. */
static bool is_gone(const struct cert_judge *j)
{
    return date_is_set(j->audit.void_on) || j->audit.corrected_by > 0;
}

static struct date gone_on(const struct cert_judge *j)
{
    return date_is_set(j->audit.void_on) ? j->audit.void_on : j->audit.corrected_on;
}

static int add(struct cert_judge *j, enum grant_condition condition, const struct cert_answer *a,
               struct cert_review *ret)
{
    const struct date since = condition == CONDITION_AUDIT && is_gone(j) ? gone_on(j) : j->c->on;
    ret->unmet[ret->n_unmet++] = (struct condition){
        .condition = condition, .has_holds = true, .record = a->record, .why = a->why, .source = a->source
    };
    if (!date_is_set(ret->since) || date_before(ret->since, since))
        ret->since = since;
    return OK;
}

static int review(struct cert_judge *j, bool overridden, struct cert_review *ret)
{
    int code = OK;
    for (size_t i = 0; i < REVIEWED && code == OK; i++) {
        struct cert_answer a = { 0 };
        if (is_gone(j) && reviewed[i].condition != CONDITION_AUDIT)
            continue; /* the rest follows */
        code = reviewed[i].judge(j, &a);
        if (code == OK && a.asked && !a.holds && (is_gone(j) || !overridden))
            code = add(j, reviewed[i].condition, &a, ret);
    }
    return code;
}

int cert_review(struct call *call, int64_t certificate_id, struct date day, struct cert_review *ret)
{
    struct cert_case c;
    struct cert_judge j;
    bool overridden = false;
    *ret = (struct cert_review){ .unmet = arena_array(call->arena, REVIEWED, sizeof *ret->unmet) };
    if (ret->unmet == NULL)
        return answer_no_memory(call);
    int code = open_decision(call, certificate_id, day, &c, &overridden);
    if (code != OK || !date_is_set(c.on))
        return code;
    code = cert_case_open(call, &c, &j);
    return code == OK ? review(&j, overridden, ret) : code;
}
