/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_case.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/impartiality/impartiality.h"
#include "daemon/service/register/audit_kind.h"
#include "daemon/service/register/body.h"
#include "daemon/service/register/holder.h"
#include "daemon/service/register/team.h"
#include "daemon/service/standard/edition.h"
#include "query/cert.h"
#include "query/person.h"

#include <stdio.h>

const struct decision_rule *cert_case_decision_rule(const struct cert_judge *j)
{
    return j->c->edition->rules != NULL ? j->c->edition->rules->decision : NULL;
}

int cert_case_open(struct call *call, const struct cert_case *c, struct cert_judge *ret)
{
    *ret = (struct cert_judge){ .call = call, .c = c };
    if (c->audit.id == 0)
        return OK;
    struct stmt *q = query_cert_audit(call->store, c->audit.id, c->known);
    struct cert_audit *a = &ret->audit;
    if (stmt_step(q))
        *a = (struct cert_audit){ .holder_id = stmt_int(q, CERT_AUDIT_holder_id),
                                  .edition_id = stmt_int(q, CERT_AUDIT_edition_id),
                                  .performed_on = stmt_date(q, CERT_AUDIT_performed_on),
                                  .kind = (enum audit_kind)stmt_choice(q, CERT_AUDIT_kind, ENUM_audit_kind),
                                  .concluded_on = stmt_date(q, CERT_AUDIT_concluded_on),
                                  .outcome = (enum outcome)stmt_choice(q, CERT_AUDIT_outcome, ENUM_outcome),
                                  .outcome_on = stmt_date(q, CERT_AUDIT_outcome_on),
                                  .corrected_by = stmt_int(q, CERT_AUDIT_corrected_by),
                                  .restored = stmt_int(q, CERT_AUDIT_restored),
                                  .corrected_on = stmt_date(q, CERT_AUDIT_corrected_on),
                                  .void_on = stmt_date(q, CERT_AUDIT_void_on) };
    if (!c->review && date_before(c->on, a->outcome_on))
        a->outcome = 0;
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
        return cert_answer_reject(ret, cert_answer_give(j->call, ret, false, code,
                                                        "%s ended on %s; no certificate can be granted after that day",
                                                        code, date_format(ended_on, day)));
    return rc == OK ? cert_answer_give(j->call, ret, true, code, "%s", name) : rc;
}

int cert_case_body(struct cert_judge *j, struct cert_answer *ret)
{
    struct body body = { 0 };
    const char *code = j->c->body.text;
    if (j->c->body.id == 0)
        return cert_answer_reject(ret,
                                  cert_answer_give(j->call, ret, false, NULL, "the certification body is missing"));
    int rc = body_load(j->call, j->c->body.id, &body);
    if (rc == OK && body.kind != BODY_CERTIFICATION_BODY)
        return cert_answer_reject(ret,
                                  cert_answer_give(j->call, ret, false, code, "%s is not a certification body", code));
    if (rc == OK && date_is_set(body.ended_on) && date_before(body.ended_on, j->c->on))
        return cert_answer_reject(
            ret, cert_answer_give(j->call, ret, false, code, "%s has ended by the day of the decision", code));
    return rc == OK ? cert_answer_give(j->call, ret, true, code, "%s", body.name) : rc;
}

/* "A9 is void since 2026-11-24; A8, which it had corrected, counts again" */
static void describe_void(const struct cert_judge *j, char text[CERT_WHY_MAX])
{
    const struct cert_audit *a = &j->audit;
    char day[DATE_TEXT];
    date_format(a->void_on, day);
    if (a->restored > 0)
        snprintf(text, CERT_WHY_MAX, "%s is void since %s; A%lld, which it had corrected, counts again",
                 j->c->audit.text, day, (long long)a->restored);
    else
        snprintf(text, CERT_WHY_MAX, "%s is void since %s", j->c->audit.text, day);
}

/* What is wrong with the audit; NULL if nothing. */
static const char *flaw_of_audit(const struct cert_judge *j, char text[CERT_WHY_MAX])
{
    const struct cert_audit *a = &j->audit;
    const char *name = j->c->audit.text;
    char day[DATE_TEXT];
    if (!audit_kind_certifies(a->kind))
        snprintf(text, CERT_WHY_MAX, "%s is of kind %s; an external audit of the whole edition is required", name,
                 api_choice_text(ENUM_audit_kind, (int)a->kind));
    else if (!date_is_set(a->concluded_on))
        snprintf(text, CERT_WHY_MAX, "%s was not concluded by the day of the decision", name);
    else if (date_is_set(a->void_on))
        describe_void(j, text);
    else if (a->corrected_by > 0 && j->c->review)
        snprintf(text, CERT_WHY_MAX, "%s was corrected by A%lld", name, (long long)a->corrected_by);
    else if (a->corrected_by > 0)
        snprintf(text, CERT_WHY_MAX, "%s was corrected by A%lld; use that one", name, (long long)a->corrected_by);
    else if (j->c->renewed.certificate.id > 0 && !date_before(j->c->renewed.old.decided_on, a->performed_on))
        snprintf(text, CERT_WHY_MAX, "%s was before the last decision, on %s; a renewal needs a later audit", name,
                 date_format(j->c->renewed.old.decided_on, day));
    else
        return NULL;
    return text;
}

int cert_case_audit(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_audit *a = &j->audit;
    const struct cert_case *c = j->c;
    char day[DATE_TEXT], flaw[CERT_WHY_MAX];
    if (c->audit.id == 0)
        return cert_answer_give(j->call, ret, false, NULL, "the audit is missing");
    if (a->holder_id != c->holder.id || a->edition_id != c->edition->id)
        return cert_answer_reject(ret, cert_answer_give(j->call, ret, false, c->audit.text,
                                                        "%s is not an audit of %s against %s", c->audit.text,
                                                        c->holder.text, c->edition->code));
    if (!j->fits)
        return cert_answer_reject(ret,
                                  cert_answer_give(j->call, ret, false, c->audit.text,
                                                   "%s was not performed by the day of the decision", c->audit.text));
    if (flaw_of_audit(j, flaw) != NULL)
        return cert_answer_give(j->call, ret, false, c->audit.text, "%s", flaw);
    return cert_answer_give(j->call, ret, true, c->audit.text, "%s of %s, concluded",
                            api_choice_text(ENUM_audit_kind, (int)a->kind), date_format(a->performed_on, day));
}

int cert_case_audit_age(struct cert_judge *j, struct cert_answer *ret)
{
    const struct decision_rule *rule = cert_case_decision_rule(j);
    char day[DATE_TEXT];
    if (rule == NULL || !rule->has_audit_months)
        return OK;
    int code = cert_answer_cite(j->call, ret, rule->source, rule->unverified, rule->ours);
    if (code != OK)
        return code;
    if (!j->fits)
        return cert_answer_give(j->call, ret, false, NULL, "no audit to check the age of");
    struct date until = date_add_months(j->audit.performed_on, (int)rule->audit_months);
    return cert_answer_give(j->call, ret, !date_before(until, j->c->on), j->c->audit.text,
                            "an audit may be at most %lld months old; %s serves until %s",
                            (long long)rule->audit_months, j->c->audit.text, date_format(until, day));
}

int cert_case_edition(struct cert_judge *j, struct cert_answer *ret)
{
    const struct catalogue_edition *e = j->c->edition;
    const char *flaw;
    int code = edition_flaw(j->call, e, j->c->on, &flaw);
    if (code == OK && flaw != NULL)
        return cert_answer_give(j->call, ret, false, e->code, "%s", flaw);
    return code == OK ? cert_answer_give(j->call, ret, true, e->code, "%s is in force", e->code) : code;
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
        return cert_answer_give(j->call, ret, false, NULL, "the decision maker is missing");
    int code = is_inactive(j, &inactive);
    if (code != OK)
        return code;
    if (inactive)
        return cert_answer_give(j->call, ret, false, c->decided_by.text, "%s is not active on that day",
                                c->decided_by.text);
    struct stmt *q = query_cert_deciders(j->call->store, c->body.id, c->decided_by.id, c->on, c->known);
    stmt_step(q);
    int64_t appointed = stmt_int(q, CERT_DECIDERS_appointed), is_one = stmt_int(q, CERT_DECIDERS_is_one);
    code = answer_end(j->call, q, OK);
    if (code == OK && appointed > 0 && is_one == 0)
        return cert_answer_give(j->call, ret, false, c->decided_by.text,
                                "%s is not appointed as decision_maker of %s on that day", c->decided_by.text,
                                c->body.text);
    return code == OK ? cert_answer_give(j->call, ret, true, c->decided_by.text, "%s decides", c->decided_by.text)
                      : code;
}

int cert_case_separate(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_case *c = j->c;
    if (c->decided_by.id == 0)
        return cert_answer_give(j->call, ret, false, NULL, "the decision maker is missing");
    bool on_team = false;
    int code = c->audit.id > 0 ? team_has(j->call, c->audit.id, c->decided_by.id, &on_team) : OK;
    if (code != OK)
        return code;
    if (on_team)
        return cert_answer_give(j->call, ret, false, c->audit.text, "%s was on the team of %s; auditors may not decide",
                                c->decided_by.text, c->audit.text);
    return cert_answer_give(j->call, ret, true, c->decided_by.text, "%s did not audit", c->decided_by.text);
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
    int code = rule != NULL ? cert_answer_cite(j->call, ret, rule->source, rule->unverified, rule->ours) : OK;
    if (code == OK)
        code = impartiality_bars(j->call, &task, &bars);
    if (code != OK)
        return code;
    if (bars.n == 0)
        return cert_answer_give(j->call, ret, true, NULL,
                                "neither the decision maker nor the body has a conflict of interest");
    const struct bar *first = &bars.rows[0];
    const char *more = more_bars(j, &bars);
    char until[DATE_TEXT];
    if (more == NULL)
        return answer_no_memory(j->call);
    date_format(first->until, until);
    return cert_answer_give(j->call, ret, false, first->record, "%s has a conflict of interest %s: %.160s%s%s%s",
                            first->person.text != NULL ? first->person.text : first->body.text, first->record,
                            first->words, until[0] != '\0' ? "; until " : "", until, more);
}
