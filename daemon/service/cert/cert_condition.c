/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_condition.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/cert/cert_findings.h"
#include "daemon/service/cert/cert_period.h"
#include "daemon/service/cert/cert_sample.h"
#include "daemon/service/cert/cert_told.h"
#include "daemon/service/cert/cert_verdict.h"
#include "query/cert.h"

#include <stdio.h>
#include <string.h>

/* In display order; field: the parameter at fault if unmet. */
static const struct {
    enum grant_condition condition;
    const char *field;
    int (*judge)(struct cert_judge *j, struct cert_answer *ret);
} conditions[] = {
    { CONDITION_RENEWABLE, "certificate", cert_period_renewable },
    { CONDITION_HOLDER, "holder", cert_case_holder },
    { CONDITION_BODY, "body", cert_case_body },
    { CONDITION_AUDIT, "audit", cert_case_audit },
    { CONDITION_AUDIT_AGE, "audit", cert_case_audit_age },
    { CONDITION_OUTCOME, "audit", cert_findings_outcome },
    { CONDITION_EDITION, "edition", cert_case_edition },
    { CONDITION_VALIDITY, "valid_until", cert_period_validity },
    { CONDITION_NUMBER, "number", cert_period_number },
    { CONDITION_OVERLAP, "valid_from", cert_period_overlap },
    { CONDITION_VERDICT, "edition", cert_verdict_ready },
    { CONDITION_PROOF, "edition", cert_verdict_proof },
    { CONDITION_SAMPLE, "edition", cert_sample_visited },
    { CONDITION_MAJOR_FINDINGS, "edition", cert_findings_major },
    { CONDITION_MAJORS_IN_TIME, "audit", cert_findings_majors_in_time },
    { CONDITION_FUNDAMENTAL, "audit", cert_findings_fundamental },
    { CONDITION_MINOR_PLANS, "edition", cert_findings_minor_plans },
    { CONDITION_DECISION_DAYS, "decided_on", cert_findings_decision_days },
    { CONDITION_DECISION_MAKER, "decided_by", cert_case_decision_maker },
    { CONDITION_SEPARATE, "decided_by", cert_case_separate },
    { CONDITION_IMPARTIAL, "decided_by", cert_case_impartial },
};
enum { CONDITIONS = sizeof conditions / sizeof conditions[0] };
_Static_assert((int)CONDITIONS == (int)grant_condition_end_ - 2, "every condition has its row, but what is only told");

static int judge_all(struct call *call, const struct cert_case *c, struct cert_answer answers[CONDITIONS])
{
    struct cert_judge judge;
    int code = cert_case_open(call, c, &judge);
    memset(answers, 0, CONDITIONS * sizeof *answers);
    for (size_t i = 0; i < CONDITIONS && code == OK; i++)
        code = conditions[i].judge(&judge, &answers[i]);
    return code;
}

int cert_condition_list(struct call *call, const struct cert_case *c, struct page *ret)
{
    struct cert_answer answers[CONDITIONS];
    int code = judge_all(call, c, answers);
    for (size_t i = 0; i < CONDITIONS && code == OK; i++) {
        const struct cert_answer *a = &answers[i];
        struct condition row = { .condition = conditions[i].condition,
                                 .holds = a->holds,
                                 .has_holds = true,
                                 .record = a->record,
                                 .why = a->why,
                                 .source = a->source };
        if (a->asked && !page_push(ret, call->arena, &row, sizeof row))
            code = answer_no_memory(call);
    }
    return code == OK ? cert_told_list(call, c, ret) : code;
}

/* The parameter that a condition concerns; a renewal only names its certificate. */
static const char *field_of(const struct call *call, const char *name)
{
    const struct method *m = call->method;
    for (size_t i = 0; i < m->n_params; i++)
        if (strcmp(m->params[i].name, name) == 0)
            return name;
    return m->params[0].name;
}

static bool is_unmet(const struct cert_answer *a)
{
    return a->asked && !a->holds;
}

/* "audit: no audit is named; verdict: …" of all unmet conditions, or only of absolute ones. */
static int describe(struct call *call, const struct cert_answer *answers, bool absolute_only, const char **ret,
                    size_t *ret_n, const char **ret_field)
{
    const char *text = "";
    *ret_n = 0;
    for (size_t i = 0; i < CONDITIONS && text != NULL; i++) {
        if (!is_unmet(&answers[i]) || (absolute_only && !answers[i].absolute))
            continue;
        if ((*ret_n)++ == 0)
            *ret_field = field_of(call, answers[i].field != NULL ? answers[i].field : conditions[i].field);
        text = arena_printf(call->arena, "%s%s%s: %s", text, text[0] != '\0' ? "; " : "",
                            api_choice_text(ENUM_grant_condition, (int)conditions[i].condition), answers[i].why);
    }
    *ret = text;
    return text != NULL ? OK : answer_no_memory(call);
}

int cert_condition_may_override(struct call *call, int64_t holder_id, const char *override)
{
    unsigned roles;
    if (override == NULL)
        return OK;
    int code = resolve_roles_at(call, holder_id, &roles);
    if (code != OK || (roles & 1U << ROLE_ADMIN) != 0)
        return code;
    return err_set(call->err, ERR_DENIED, "override", "only an administrator can override the rules");
}

static int refuse(struct call *call, const struct cert_case *c, const char *field, size_t n, const char *unmet,
                  bool absolute)
{
    return err_set(call->err, ERR_CONFLICT, field, "%s: %zu condition%s %s not met%s. %s", c->holder.text, n,
                   n == 1 ? "" : "s", n == 1 ? "is" : "are", absolute ? ", whatever the reason" : "", unmet);
}

/* As much as the decision keeps. */
static int clip(struct call *call, const char *unmet, const char **ret)
{
    enum { MOST = BOUND(certificate_term, unmet) };
    size_t size = strlen(unmet);
    while (size > MOST || (unmet[size] & 0xC0) == 0x80) /* not within a letter */
        size--;
    *ret = arena_printf(call->arena, "%.*s", (int)size, unmet);
    return *ret != NULL ? OK : answer_no_memory(call);
}

int cert_condition_require(struct call *call, const struct cert_case *c, const char *override, const char **ret_unmet)
{
    struct cert_answer answers[CONDITIONS];
    const char *unmet, *absolute, *field = NULL, *absolute_field = NULL;
    size_t n, n_absolute;
    *ret_unmet = NULL;
    int code = cert_condition_may_override(call, c->holder.id, override);
    if (code == OK)
        code = judge_all(call, c, answers);
    if (code == OK)
        code = describe(call, answers, true, &absolute, &n_absolute, &absolute_field);
    if (code == OK)
        code = describe(call, answers, false, &unmet, &n, &field);
    if (code != OK)
        return code;
    if (override != NULL && n_absolute > 0)
        return refuse(call, c, absolute_field, n_absolute, absolute, true);
    if (override == NULL && n > 0)
        return refuse(call, c, n_absolute > 0 ? absolute_field : field, n, unmet, false);
    if (override != NULL && n == 0)
        return err_set(call->err, ERR_INVALID_PARAM, "override", "every condition is met; omit --override");
    return override != NULL ? clip(call, unmet, ret_unmet) : OK;
}

int cert_condition_route(struct call *call, const struct ref *holder, const struct catalogue_edition *edition,
                         enum pursuit_route given, struct date on, enum pursuit_route *ret)
{
    struct stmt *q = query_cert_route(call->store, holder->id, edition->id, on);
    bool found = stmt_step(q);
    int kind = found ? stmt_choice(q, CERT_ROUTE_kind, ENUM_holder_kind) : 0;
    int certifies = found ? stmt_choice(q, CERT_ROUTE_certifies, ENUM_certifies) : 0;
    int pursued = found && !stmt_is_null(q, CERT_ROUTE_route) ? stmt_choice(q, CERT_ROUTE_route, ENUM_pursuit_route)
                                                              : 0;
    int code = answer_end(call, q, OK);
    if (code != OK)
        return code;
    if (kind == HOLDER_ENTERPRISE && given == ROUTE_GROUP)
        return err_set(call->err, ERR_INVALID_PARAM, "route",
                       "%s is an enterprise; only a cooperative can be certified as a group", holder->text);
    bool has_rules = certifies == CERTIFIES_GROUP || (edition->rules != NULL && edition->rules->group != NULL);
    *ret = given;
    if (given == 0)
        *ret = kind == HOLDER_COOPERATIVE && (pursued == ROUTE_GROUP || (pursued == 0 && has_rules)) ? ROUTE_GROUP
                                                                                                     : ROUTE_INDIVIDUAL;
    return OK;
}
