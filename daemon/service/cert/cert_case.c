/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_case.h"

#include "common/api/bound.h"
#include "common/ref.h"
#include "daemon/service/audit/finding.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/cert/cert_cycle.h"
#include "daemon/service/group/group.h"
#include "daemon/service/impartiality/impartiality.h"
#include "daemon/service/register/audit_kind.h"
#include "daemon/service/register/body.h"
#include "daemon/service/register/holder.h"
#include "daemon/service/register/team.h"
#include "daemon/service/standard/edition.h"
#include "daemon/service/standing/readiness.h"
#include "query/cert.h"
#include "query/person.h"

#include <stdarg.h>
#include <stdio.h>

enum { WHY_MAX = BOUND(condition, why) };

static int answer(struct cert_judge *j, struct cert_answer *ret, bool holds, const char *record, const char *format,
                  ...) __attribute__((format(printf, 5, 6)));

static int answer(struct cert_judge *j, struct cert_answer *ret, bool holds, const char *record, const char *format,
                  ...)
{
    char why[WHY_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(why, sizeof why, format, args);
    va_end(args);
    ret->asked = true;
    ret->holds = holds;
    ret->record = record;
    ret->why = arena_dup(j->call->arena, why);
    return ret->why != NULL ? OK : answer_no_memory(j->call);
}

/* Unmet, and the record itself would be wrong. */
static int reject(struct cert_answer *ret, int code)
{
    ret->absolute = true;
    return code;
}

/* The source of the rule, marked if unverified. */
static int cite(struct cert_judge *j, struct cert_answer *ret, const char *source, bool unverified)
{
    ret->source = unverified ? arena_printf(j->call->arena, "%s (unverified)", source) : source;
    return ret->source != NULL ? OK : answer_no_memory(j->call);
}

static const struct decision_rule *decision_rule(const struct cert_judge *j)
{
    return j->c->edition->rules != NULL ? j->c->edition->rules->decision : NULL;
}

int cert_case_open(struct call *call, const struct cert_case *c, struct cert_judge *ret)
{
    *ret = (struct cert_judge){ .call = call, .c = c };
    if (c->audit.id == 0)
        return OK;
    struct stmt *q = query_cert_audit(call->store, c->audit.id, c->on);
    struct cert_audit *a = &ret->audit;
    if (stmt_step(q))
        *a = (struct cert_audit){ .holder_id = stmt_int(q, CERT_AUDIT_holder_id),
                                  .edition_id = stmt_int(q, CERT_AUDIT_edition_id),
                                  .performed_on = stmt_date(q, CERT_AUDIT_performed_on),
                                  .kind = (enum audit_kind)stmt_choice(q, CERT_AUDIT_kind, ENUM_audit_kind),
                                  .concluded_on = stmt_date(q, CERT_AUDIT_concluded_on),
                                  .corrected_by = stmt_int(q, CERT_AUDIT_corrected_by) };
    if (date_before(c->on, a->performed_on))
        a->performed_on = (struct date){ 0 };
    if (date_before(c->on, a->concluded_on))
        a->concluded_on = (struct date){ 0 };
    ret->fits = a->holder_id == c->holder.id && a->edition_id == c->edition->id && date_is_set(a->performed_on);
    return answer_end(call, q, OK);
}

int cert_case_holder(struct cert_judge *j, struct cert_answer *ret)
{
    const char *name;
    struct date ended_on;
    char day[DATE_TEXT];
    const char *code = j->c->holder.text;
    int rc = holder_name(j->call, j->c->holder.id, &name, &ended_on);
    if (rc == OK && date_is_set(ended_on) && date_before(ended_on, j->c->on))
        return reject(ret, answer(j, ret, false, code, "%s ended on %s; no certificate can be granted after that day",
                                  code, date_format(ended_on, day)));
    return rc == OK ? answer(j, ret, true, code, "%s", name) : rc;
}

int cert_case_body(struct cert_judge *j, struct cert_answer *ret)
{
    struct body body = { 0 };
    const char *code = j->c->body.text;
    if (j->c->body.id == 0)
        return answer(j, ret, false, NULL, "the certification body is missing");
    int rc = body_load(j->call, j->c->body.id, &body);
    if (rc == OK && body.kind != BODY_CERTIFICATION_BODY)
        return reject(ret, answer(j, ret, false, code, "%s is not a certification body", code));
    if (rc == OK && date_is_set(body.ended_on) && date_before(body.ended_on, j->c->on))
        return reject(ret, answer(j, ret, false, code, "%s has ended by the day of the decision", code));
    return rc == OK ? answer(j, ret, true, code, "%s", body.name) : rc;
}

/* What is wrong with the audit; NULL if nothing. */
static const char *flaw_of_audit(const struct cert_judge *j, char text[WHY_MAX])
{
    const struct cert_audit *a = &j->audit;
    const char *name = j->c->audit.text;
    char day[DATE_TEXT];
    if (!audit_kind_certifies(a->kind))
        snprintf(text, WHY_MAX, "%s is of kind %s; an external audit of the whole edition is required", name,
                 api_choice_text(ENUM_audit_kind, (int)a->kind));
    else if (!date_is_set(a->concluded_on))
        snprintf(text, WHY_MAX, "%s was not concluded by the day of the decision", name);
    else if (a->corrected_by > 0)
        snprintf(text, WHY_MAX, "%s was corrected by A%lld; use that one", name, (long long)a->corrected_by);
    else if (date_is_set(j->c->since) && !date_before(j->c->since, a->performed_on))
        snprintf(text, WHY_MAX, "%s was before the last decision, on %s; a renewal needs a later audit", name,
                 date_format(j->c->since, day));
    else
        return NULL;
    return text;
}

int cert_case_audit(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_audit *a = &j->audit;
    const struct cert_case *c = j->c;
    char day[DATE_TEXT], flaw[WHY_MAX];
    if (c->audit.id == 0)
        return answer(j, ret, false, NULL, "the audit is missing");
    if (a->holder_id != c->holder.id || a->edition_id != c->edition->id)
        return reject(ret, answer(j, ret, false, c->audit.text, "%s is not an audit of %s against %s", c->audit.text,
                                  c->holder.text, c->edition->code));
    if (!j->fits)
        return reject(ret, answer(j, ret, false, c->audit.text, "%s was not performed by the day of the decision",
                                  c->audit.text));
    if (flaw_of_audit(j, flaw) != NULL)
        return answer(j, ret, false, c->audit.text, "%s", flaw);
    return answer(j, ret, true, c->audit.text, "%s of %s, concluded", api_choice_text(ENUM_audit_kind, (int)a->kind),
                  date_format(a->performed_on, day));
}

int cert_case_audit_age(struct cert_judge *j, struct cert_answer *ret)
{
    const struct decision_rule *rule = decision_rule(j);
    char day[DATE_TEXT];
    if (rule == NULL || !rule->has_audit_months)
        return OK;
    int code = cite(j, ret, rule->source, rule->unverified);
    if (code != OK)
        return code;
    if (!j->fits)
        return answer(j, ret, false, NULL, "no audit to check the age of");
    struct date until = date_add_months(j->audit.performed_on, (int)rule->audit_months);
    return answer(j, ret, !date_before(until, j->c->on), j->c->audit.text,
                  "an audit may be at most %lld months old; %s serves until %s", (long long)rule->audit_months,
                  j->c->audit.text, date_format(until, day));
}

int cert_case_edition(struct cert_judge *j, struct cert_answer *ret)
{
    const struct catalogue_edition *e = j->c->edition;
    const char *flaw;
    int code = edition_flaw(j->call, e, j->c->on, &flaw);
    if (code == OK && flaw != NULL)
        return answer(j, ret, false, e->code, "%s", flaw);
    return code == OK ? answer(j, ret, true, e->code, "%s is in force", e->code) : code;
}

int cert_case_validity(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cycle_rule *rule = j->c->edition->rules != NULL ? j->c->edition->rules->cycle : NULL;
    char day[DATE_TEXT];
    if (rule == NULL || !date_is_set(j->c->valid_until))
        return OK;
    struct date longest = cert_cycle_last_day(rule, j->c->valid_from);
    int code = cite(j, ret, rule->source, rule->unverified);
    return code == OK ? answer(j, ret, !date_before(longest, j->c->valid_until), NULL,
                               "a certificate is valid for %lld months, this one at most until %s",
                               (long long)rule->validity_months, date_format(longest, day))
                      : code;
}

/* The blockers, the first by name. */
static int answer_not_ready(struct cert_judge *j, struct cert_answer *ret, const struct standing_state *state)
{
    struct readiness r = { 0 };
    int code = readiness_explain(j->call->arena, state, &r, j->call->err);
    if (code != OK)
        return code;
    const char *verdict = api_choice_text(ENUM_verdict, (int)r.verdict);
    if (r.n_blockers == 0)
        return answer(j, ret, r.verdict == VERDICT_READY, NULL, "the pass rule says %s", verdict);
    const struct blocker *first = &r.blockers[0];
    return answer(j, ret, false, first->requirement, "the pass rule says %s; blockers: %zu, first %s%s", verdict,
                  r.n_blockers, first->requirement, first->result == RESULT_NOT_ASSESSED ? ", not assessed" : "");
}

/* By the rules for groups: the clauses that fail, and the first blocker. */
static int answer_group(struct cert_judge *j, struct cert_answer *ret)
{
    struct group_verdict v = { 0 };
    const struct group_rule *rule = j->c->edition->rules->group;
    char clauses[WHY_MAX] = "";
    size_t used = 0;
    int code = group_verdict(j->call, j->c->holder.id, j->c->edition, j->c->on, &v);
    if (code == OK)
        code = cite(j, ret, rule->source, rule->unverified);
    if (code != OK)
        return code;
    for (size_t i = 0; i < v.n_clauses && used < sizeof clauses; i++)
        if (v.clauses[i].verdict != VERDICT_READY)
            used += (size_t)snprintf(clauses + used, sizeof clauses - used, "%s%s", used > 0 ? ", " : "",
                                     v.clauses[i].what);
    if (v.verdict == VERDICT_READY)
        return answer(j, ret, true, j->c->holder.text, "the group is ready, %lld of its %lld members",
                      (long long)v.ready, (long long)v.members);
    const char *record = j->c->holder.text;
    if (v.n_blockers > 0 && v.blockers[0].enterprise.text != NULL)
        record = v.blockers[0].enterprise.text;
    return answer(j, ret, false, record, "the group is %s: not %s; see sme-ctl group show",
                  api_choice_text(ENUM_verdict, (int)v.verdict), clauses);
}

int cert_case_verdict(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_case *c = j->c;
    if (c->route == ROUTE_GROUP && c->edition->rules != NULL && c->edition->rules->group != NULL)
        return answer_group(j, ret);
    struct standing_state *states;
    size_t n;
    struct readiness r = { 0 };
    int code = standing_list(j->call, c->holder.id, c->edition->id, c->on, &states, &n);
    if (code != OK)
        return code;
    if (n == 0)
        return answer(j, ret, false, c->holder.text, "%s was not audited for %s by that day", c->holder.text,
                      c->edition->code);
    readiness_judge(&states[0], &r);
    if (r.verdict != VERDICT_READY)
        return answer_not_ready(j, ret, &states[0]);
    return answer(j, ret, true, c->holder.text, "ready, with %lld of %lld requirements conforming",
                  (long long)r.conforming, (long long)(c->edition->n_assessable - r.not_applicable));
}

/* Whether the finding has an accepted plan by the day of the decision. */
static int has_accepted_plan(struct cert_judge *j, int64_t id, bool *ret)
{
    enum finding_state state = FINDING_OPEN;
    int code = finding_state_on(j->call, id, j->c->on, &state);
    *ret = state == FINDING_ACCEPTED || state == FINDING_IMPLEMENTED || state == FINDING_VERIFIED;
    return code;
}

/* The open findings of a class, if minor only those without an accepted plan: how many, the first, and as many names as
 * fit. */
static int list_findings(struct cert_judge *j, enum class class, char names[WHY_MAX], size_t *ret_n,
                         const char **ret_first)
{
    enum { NAMED = 8 };
    struct stmt *q = query_cert_open_findings(j->call->store, j->c->holder.id, j->c->edition->id, j->c->on, class);
    size_t n = 0, used = 0;
    int code = OK;
    for (names[0] = '\0'; code == OK && stmt_step(q);) {
        bool planned = false;
        if (class == CLASS_MINOR)
            code = has_accepted_plan(j, stmt_int(q, CERT_OPEN_FINDINGS_id), &planned);
        if (code != OK || planned)
            continue;
        if (n < NAMED)
            used += (size_t)snprintf(names + used, WHY_MAX - used, "%sF%lld", n > 0 ? " " : "",
                                     (long long)stmt_int(q, CERT_OPEN_FINDINGS_id));
        if (n == 0)
            *ret_first = ref_text(j->call->arena, NOUN_finding, stmt_int(q, CERT_OPEN_FINDINGS_id));
        n++;
    }
    if (n > NAMED)
        snprintf(names + used, WHY_MAX - used, " and %zu more", n - NAMED);
    *ret_n = n;
    code = answer_end(j->call, q, code);
    return code == OK && n > 0 && *ret_first == NULL ? answer_no_memory(j->call) : code;
}

int cert_case_major_findings(struct cert_judge *j, struct cert_answer *ret)
{
    char names[WHY_MAX];
    size_t n;
    const char *first = NULL;
    int code = list_findings(j, CLASS_MAJOR, names, &n, &first);
    if (code != OK)
        return code;
    return n == 0 ? answer(j, ret, true, NULL, "none is open") : answer(j, ret, false, first, "open: %s", names);
}

/* Findings closed later than the rule allows, or not closed, require a new stage 2 audit (ISO/IEC 17021-1 9.5.3.2). */
int cert_case_majors_in_time(struct cert_judge *j, struct cert_answer *ret)
{
    const struct decision_rule *rule = decision_rule(j);
    char day[DATE_TEXT];
    if (rule == NULL || !rule->has_majors_months || !j->fits || j->audit.kind != AUDIT_STAGE_2)
        return OK;
    struct date limit = date_add_months(j->audit.performed_on, (int)rule->majors_months);
    bool over = date_before(limit, j->c->on);
    int64_t late = 0;
    int code = answer_number(j->call, query_cert_late_major(j->call->store, j->c->audit.id, limit), &late);
    if (code == OK)
        code = cite(j, ret, rule->source, rule->unverified);
    if (code != OK)
        return code;
    date_format(limit, day);
    if (!over || late == 0)
        return answer(j, ret, true, j->c->audit.text, "closed by %s, or time until then", day);
    return answer(j, ret, false, ref_text(j->call->arena, NOUN_finding, late),
                  "F%lld of %s was not closed by %s, within %lld months; a new stage 2 audit is required",
                  (long long)late, j->c->audit.text, day, (long long)rule->majors_months);
}

int cert_case_minor_plans(struct cert_judge *j, struct cert_answer *ret)
{
    const struct decision_rule *rule = decision_rule(j);
    char names[WHY_MAX];
    size_t n;
    const char *first = NULL;
    if (rule == NULL || !rule->minor_plans_accepted)
        return OK;
    int code = cite(j, ret, rule->source, rule->unverified);
    if (code == OK)
        code = list_findings(j, CLASS_MINOR, names, &n, &first);
    if (code != OK)
        return code;
    return n == 0 ? answer(j, ret, true, NULL, "every open one has an accepted plan")
                  : answer(j, ret, false, first, "open without an accepted plan: %s", names);
}

int cert_case_decision_days(struct cert_judge *j, struct cert_answer *ret)
{
    const struct decision_rule *rule = decision_rule(j);
    char day[DATE_TEXT];
    if (rule == NULL || !rule->has_decide_days)
        return OK;
    struct stmt *q = query_cert_last_closed(j->call->store, j->c->audit.id, j->c->on);
    int64_t finding = 0;
    struct date closed_on = { 0 };
    if (stmt_step(q)) {
        finding = stmt_int(q, CERT_LAST_CLOSED_id);
        closed_on = stmt_date(q, CERT_LAST_CLOSED_closed_on);
    }
    int code = answer_end(j->call, q, OK);
    if (code == OK)
        code = cite(j, ret, rule->source, rule->unverified);
    if (code != OK)
        return code;
    if (finding == 0)
        return answer(j, ret, true, NULL, "no nonconformity of the audit was closed since");
    const char *record = ref_text(j->call->arena, NOUN_finding, finding);
    struct date until = { closed_on.day + (int32_t)rule->decide_days };
    return answer(j, ret, !date_before(until, j->c->on), record,
                  "F%lld was the last to be closed; the decision is due within %lld days, by %s", (long long)finding,
                  (long long)rule->decide_days, date_format(until, day));
}

/* Whether the person's record had ended by the day. */
static int is_inactive(struct cert_judge *j, bool *ret)
{
    struct person person = { 0 };
    int code = answer_record(j->call, query_person_show(j->call->store, j->c->decided_by.id), RECORD_person, &person);
    *ret = date_is_set(person.ended_on) && !date_before(j->c->on, person.ended_on);
    return code;
}

int cert_case_decision_maker(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_case *c = j->c;
    bool inactive;
    if (c->decided_by.id == 0)
        return answer(j, ret, false, NULL, "the decision maker is missing");
    int code = is_inactive(j, &inactive);
    if (code != OK)
        return code;
    if (inactive)
        return answer(j, ret, false, c->decided_by.text, "%s is not active on that day", c->decided_by.text);
    struct stmt *q = query_cert_deciders(j->call->store, c->body.id, c->decided_by.id, c->on);
    stmt_step(q);
    int64_t appointed = stmt_int(q, CERT_DECIDERS_appointed), is_one = stmt_int(q, CERT_DECIDERS_is_one);
    code = answer_end(j->call, q, OK);
    if (code == OK && appointed > 0 && is_one == 0)
        return answer(j, ret, false, c->decided_by.text, "%s is not appointed as decision_maker of %s on that day",
                      c->decided_by.text, c->body.text);
    return code == OK ? answer(j, ret, true, c->decided_by.text, "%s decides", c->decided_by.text) : code;
}

int cert_case_separate(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_case *c = j->c;
    if (c->decided_by.id == 0)
        return answer(j, ret, false, NULL, "the decision maker is missing");
    bool on_team = false;
    int code = c->audit.id > 0 ? team_has(j->call, c->audit.id, c->decided_by.id, &on_team) : OK;
    if (code != OK)
        return code;
    if (on_team)
        return answer(j, ret, false, c->audit.text, "%s was on the team of %s; auditors may not decide",
                      c->decided_by.text, c->audit.text);
    return answer(j, ret, true, c->decided_by.text, "%s did not audit", c->decided_by.text);
}

/* "; and by T2, D3": all but the first, so that a decision despite them names them all. */
static const char *more_bars(struct cert_judge *j, const struct impartiality_bars *bars)
{
    const char *text = "";
    for (size_t i = 1; i < bars->n && text != NULL; i++)
        text = arena_printf(j->call->arena, "%s%s%s", text, i == 1 ? "; and by " : ", ", bars->rows[i].record);
    return text;
}

int cert_case_impartial(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_case *c = j->c;
    const struct impartiality_rule *rule = c->edition->rules != NULL ? c->edition->rules->impartiality : NULL;
    struct impartiality_case task = {
        .task = TASK_DECIDE, .holder_id = c->holder.id, .edition = c->edition, .on = c->on, .as_of = c->on
    };
    struct impartiality_bars bars = { 0 };
    impartiality_add(&task, "decided_by", c->decided_by.id, 0);
    impartiality_add(&task, "body", 0, c->body.id);
    int code = rule != NULL ? cite(j, ret, rule->source, rule->unverified) : OK;
    if (code == OK)
        code = impartiality_bars(j->call, &task, &bars);
    if (code != OK)
        return code;
    if (bars.n == 0)
        return answer(j, ret, true, NULL, "neither the decision maker nor the body has a conflict of interest");
    const struct bar *first = &bars.rows[0];
    const char *more = more_bars(j, &bars);
    char until[DATE_TEXT];
    if (more == NULL)
        return answer_no_memory(j->call);
    date_format(first->until, until);
    return answer(j, ret, false, first->record, "%s has a conflict of interest %s: %.160s%s%s%s",
                  first->person.text != NULL ? first->person.text : first->body.text, first->record, first->words,
                  until[0] != '\0' ? "; until " : "", until, more);
}
