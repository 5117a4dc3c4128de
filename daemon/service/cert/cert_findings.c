/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_findings.h"

#include "common/ref.h"
#include "daemon/service/audit/finding.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/group/group.h"
#include "query/cert.h"

#include <stdio.h>

/* Whether the finding has an accepted plan by the day of the decision. */
static int has_accepted_plan(struct cert_judge *j, int64_t id, bool *ret)
{
    enum finding_state state = FINDING_OPEN;
    int code = finding_state_on(j->call, id, j->c->on, &state);
    *ret = state == FINDING_ACCEPTED || state == FINDING_IMPLEMENTED || state == FINDING_VERIFIED;
    return code;
}

/* Findings named in an answer: how many, the first, and as many names as fit. */
struct named {
    char names[CERT_WHY_MAX];
    size_t n, used;
    const char *first;
};

static int name(struct cert_judge *j, struct named *to, int64_t id)
{
    enum { NAMED = 8 };
    const char *text = ref_text(j->call->arena, NOUN_finding, id);
    if (text == NULL)
        return answer_no_memory(j->call);
    if (to->n == 0)
        to->first = text;
    if (to->n < NAMED)
        to->used += (size_t)snprintf(to->names + to->used, sizeof to->names - to->used, "%s%s", to->n > 0 ? " " : "",
                                     text);
    to->n++;
    if (to->n > NAMED)
        snprintf(to->names + to->used, sizeof to->names - to->used, " and %zu more", to->n - NAMED);
    return OK;
}

/* Adds the findings of q, a query with rows cert_findings, to those named; only those without an accepted plan if that
 * is asked. Ends q. */
static int list(struct cert_judge *j, struct stmt *q, bool unplanned, struct named *ret)
{
    int code = OK;
    while (code == OK && stmt_step(q)) {
        bool planned = false;
        if (unplanned)
            code = has_accepted_plan(j, stmt_int(q, CERT_FINDINGS_id), &planned);
        if (code == OK && !planned)
            code = name(j, ret, stmt_int(q, CERT_FINDINGS_id));
    }
    return answer_end(j->call, q, code);
}

static struct stmt *query_open(const struct cert_judge *j, enum class class)
{
    return query_cert_open_findings(j->call->store, j->c->holder.id, j->c->edition->id, j->c->on, j->c->known, class);
}

/* A group's certificate is its central function's; the findings of its members count by their verdicts, as far as the
 * group rules ask for them. */
static int answer_none_open(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_case *c = j->c;
    const struct group_rule *rule = c->edition->rules != NULL ? c->edition->rules->group : NULL;
    struct named of_members = { 0 };
    int code = OK;
    if (c->route == ROUTE_GROUP)
        code = list(
            j, query_cert_member_findings(j->call->store, c->holder.id, c->edition->id, c->on, c->known, CLASS_MAJOR),
            false, &of_members);
    if (code != OK)
        return code;
    if (of_members.n == 0)
        return cert_answer_give(j->call, ret, true, NULL, "none is open");
    if (rule == NULL || !rule->has_ready)
        return cert_answer_give(j->call, ret, true, NULL,
                                "none of the central function is open; open at members: %s, which does not stand "
                                "against the group, as %s does not ask that its members are ready",
                                of_members.names, c->edition->code);
    const char *share = group_share_words(j->call->arena, rule->ready, rule->ready_of);
    if (share == NULL)
        return answer_no_memory(j->call);
    return cert_answer_give(j->call, ret, true, NULL,
                            "none of the central function is open; open at members: %s, which counts by the verdict on "
                            "the member, as %s asks for %s (see the condition verdict)",
                            of_members.names, c->edition->code, share);
}

/* The open minor findings that count as major ones. */
static int list_left_open(struct cert_judge *j, struct cert_answer *answer, struct named *ret)
{
    const struct rules *rules = j->c->edition->rules;
    const struct left_open_rule *rule = rules != NULL ? rules->left_open : NULL;
    if (rule == NULL)
        return OK;
    struct stmt *q = query_open(j, CLASS_MINOR);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        bool left_open = false;
        code = finding_is_left_open(j->call, rules, stmt_int(q, CERT_FINDINGS_id), CLASS_MINOR, j->c->on, &left_open);
        if (code == OK && left_open)
            code = name(j, ret, stmt_int(q, CERT_FINDINGS_id));
    }
    code = answer_end(j->call, q, code);
    return code == OK && ret->n > 0 ? cert_answer_cite(j->call, answer, rule->source, rule->unverified, rule->ours)
                                    : code;
}

int cert_findings_major(struct cert_judge *j, struct cert_answer *ret)
{
    struct named open = { 0 }, left = { 0 };
    int code = list(j, query_open(j, CLASS_MAJOR), false, &open);
    if (code == OK)
        code = list_left_open(j, ret, &left);
    if (code != OK)
        return code;
    if (open.n == 0 && left.n == 0)
        return answer_none_open(j, ret);
    if (left.n == 0)
        return cert_answer_give(j->call, ret, false, open.first, "open: %s", open.names);
    return cert_answer_give(j->call, ret, false, open.n > 0 ? open.first : left.first,
                            "open: %s%sminor, but left open by later audits and so major: %s", open.names,
                            open.n > 0 ? "; " : "", left.names);
}

static bool has_fundamental(const struct catalogue_edition *e)
{
    for (int32_t i = 0; i < e->n_requirements; i++)
        if (e->requirements[i].fundamental)
            return true;
    return false;
}

int cert_findings_fundamental(struct cert_judge *j, struct cert_answer *ret)
{
    const char *audit = j->c->audit.text;
    if (!j->fits || !has_fundamental(j->c->edition))
        return OK;
    struct stmt *q = query_cert_fundamental(j->call->store, j->c->audit.id);
    int64_t id = 0;
    const char *requirement = NULL;
    if (stmt_step(q)) {
        id = stmt_int(q, CERT_FUNDAMENTAL_id);
        requirement = stmt_dup(q, CERT_FUNDAMENTAL_requirement, j->call->arena);
    }
    int code = answer_end(j->call, q, OK);
    if (code != OK)
        return code;
    if (id == 0)
        return cert_answer_give(j->call, ret, true, audit, "%s raised none", audit);
    if (requirement == NULL)
        return answer_no_memory(j->call);
    return cert_answer_give(j->call, ret, false, ref_text(j->call->arena, NOUN_finding, id),
                            "F%lld of %s is major and on %s, which is fundamental; a new audit of the whole edition is "
                            "required, whatever was done since",
                            (long long)id, audit, requirement);
}

/* The audit recommends it once its own findings are resolved as far as that. */
static int answer_after_closure(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_case *c = j->c;
    struct named left = { 0 };
    int code = list(j, query_cert_audit_findings(j->call->store, c->audit.id, c->on, c->known, CLASS_MAJOR), false,
                    &left);
    if (code == OK)
        code = list(j, query_cert_audit_findings(j->call->store, c->audit.id, c->on, c->known, CLASS_MINOR), true,
                    &left);
    if (code != OK)
        return code;
    if (left.n == 0)
        return cert_answer_give(j->call, ret, true, c->audit.text,
                                "%s recommends it after closure: its majors are closed, its minors have accepted plans",
                                c->audit.text);
    return cert_answer_give(j->call, ret, false, left.first,
                            "%s recommends it only once its majors are closed and each minor has an accepted plan; "
                            "missing: %s",
                            c->audit.text, left.names);
}

int cert_findings_outcome(struct cert_judge *j, struct cert_answer *ret)
{
    const char *audit = j->c->audit.text;
    if (!j->fits)
        return cert_answer_give(j->call, ret, false, NULL, "no audit that recommends it");
    switch (j->audit.outcome) {
    case OUTCOME_RECOMMENDED:
        return cert_answer_give(j->call, ret, true, audit, "%s recommends it", audit);
    case OUTCOME_RECOMMENDED_AFTER_CLOSURE:
        return answer_after_closure(j, ret);
    case OUTCOME_NOT_RECOMMENDED:
        return cert_answer_give(j->call, ret, false, audit, "%s does not recommend it", audit);
    default:
        return cert_answer_give(j->call, ret, false, audit,
                                "%s has no outcome by that day; add it with sme-ctl audit conclude %s --outcome", audit,
                                audit);
    }
}

/* Findings closed later than the rule allows, or not closed, require a new stage 2 audit (ISO/IEC 17021-1 9.5.3.2). */
int cert_findings_majors_in_time(struct cert_judge *j, struct cert_answer *ret)
{
    const struct decision_rule *rule = cert_case_decision_rule(j);
    char day[DATE_TEXT];
    if (rule == NULL || !rule->has_majors_months || !j->fits || j->audit.kind != AUDIT_STAGE_2)
        return OK;
    struct date limit = date_add_months(j->audit.performed_on, (int)rule->majors_months);
    bool over = date_before(limit, j->c->on);
    int64_t late = 0;
    int code = answer_number(j->call, query_cert_late_major(j->call->store, j->c->audit.id, limit, j->c->known), &late);
    if (code == OK)
        code = cert_answer_cite(j->call, ret, rule->source, rule->unverified, rule->ours);
    if (code != OK)
        return code;
    date_format(limit, day);
    if (!over || late == 0)
        return cert_answer_give(j->call, ret, true, j->c->audit.text, "closed by %s, or time until then", day);
    return cert_answer_give(j->call, ret, false, ref_text(j->call->arena, NOUN_finding, late),
                            "F%lld of %s was not closed by %s, within %lld months; a new stage 2 audit is required",
                            (long long)late, j->c->audit.text, day, (long long)rule->majors_months);
}

int cert_findings_minor_plans(struct cert_judge *j, struct cert_answer *ret)
{
    const struct decision_rule *rule = cert_case_decision_rule(j);
    struct named open = { 0 };
    if (rule == NULL || !rule->minor_plans_accepted)
        return OK;
    int code = cert_answer_cite(j->call, ret, rule->source, rule->unverified, rule->ours);
    if (code == OK)
        code = list(j, query_open(j, CLASS_MINOR), true, &open);
    if (code != OK)
        return code;
    return open.n == 0
               ? cert_answer_give(j->call, ret, true, NULL, "every open one has an accepted plan")
               : cert_answer_give(j->call, ret, false, open.first, "open without an accepted plan: %s", open.names);
}

int cert_findings_decision_days(struct cert_judge *j, struct cert_answer *ret)
{
    const struct decision_rule *rule = cert_case_decision_rule(j);
    char day[DATE_TEXT];
    if (rule == NULL || !rule->has_decide_days)
        return OK;
    struct stmt *q = query_cert_last_closed(j->call->store, j->c->audit.id, j->c->on, j->c->known);
    int64_t finding = 0;
    struct date closed_on = { 0 };
    if (stmt_step(q)) {
        finding = stmt_int(q, CERT_LAST_CLOSED_id);
        closed_on = stmt_date(q, CERT_LAST_CLOSED_closed_on);
    }
    int code = answer_end(j->call, q, OK);
    if (code == OK)
        code = cert_answer_cite(j->call, ret, rule->source, rule->unverified, rule->ours);
    if (code != OK)
        return code;
    if (finding == 0)
        return cert_answer_give(j->call, ret, true, NULL, "no nonconformity of the audit was closed since");
    const char *record = ref_text(j->call->arena, NOUN_finding, finding);
    struct date until = { closed_on.day + (int32_t)rule->decide_days };
    return cert_answer_give(j->call, ret, !date_before(until, j->c->on), record,
                            "F%lld was the last to be closed; the decision is due within %lld days, by %s",
                            (long long)finding, (long long)rule->decide_days, date_format(until, day));
}
