/* SPDX-License-Identifier: Apache-2.0 */
/* Closes a finding: after its verification, or by a later audit that found the requirement conforming. */
#include "daemon/service/audit/audit.h"
#include "daemon/service/audit/finding.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/standard/response.h"
#include "daemon/service/standing/standing.h"
#include "query/finding.h"

/* The audit is of the same holder and edition, counts, and came after the one that raised the finding. */
static int check_related(struct call *call, const struct finding_facts *f, const struct ref *ref,
                         const struct audit_facts *audit, struct date on)
{
    char day[DATE_TEXT];
    if (audit->holder_id != f->holder_id || audit->edition_id != f->edition_id)
        return err_set(call->err, ERR_CONFLICT, "audit", "%s and F%lld differ in holder or edition", ref->text,
                       (long long)f->id);
    if (audit->state != AUDIT_DONE && audit->state != AUDIT_CONCLUDED)
        return err_set(call->err, ERR_BAD_STATE, "audit", "%s is %s; only a performed audit can close a finding",
                       ref->text, api_choice_text(ENUM_audit_state, (int)audit->state));
    if (audit->corrected_by > 0)
        return err_set(call->err, ERR_CONFLICT, "audit", "%s was corrected by A%lld; use that one", ref->text,
                       (long long)audit->corrected_by);
    if (ref->id == f->audit_id || date_before(audit->performed_on, f->raised_on))
        return err_set(call->err, ERR_CONFLICT, "audit", "%s is not later than A%lld, which raised F%lld", ref->text,
                       (long long)f->audit_id, (long long)f->id);
    if (date_before(on, audit->performed_on))
        return err_set(call->err, ERR_CONFLICT, "on", "%s was performed on %s; use that day or a later one", ref->text,
                       date_format(audit->performed_on, day));
    return OK;
}

static int check_result(struct call *call, const struct finding_facts *f, const struct ref *ref,
                        const struct audit_facts *audit)
{
    const struct catalogue_edition *edition;
    struct responses r = { 0 };
    enum result result = RESULT_NOT_ASSESSED;
    int code = catalogue_edition(call, f->edition_id, &edition);
    if (code == OK)
        code = response_read(call, edition, audit->responses, &r);
    for (size_t i = 0; i < r.n && code == OK; i++)
        if (r.answers[i].ordinal == f->ordinal)
            result = r.answers[i].result;
    if (code != OK || result == RESULT_CONFORMING)
        return code;
    return err_set(call->err, ERR_CONFLICT, "audit", "%s found requirement %s %s; F%lld stays open", ref->text,
                   edition->requirements[f->ordinal].code, api_choice_text(ENUM_result, (int)result), (long long)f->id);
}

static int check_audit(struct call *call, const struct finding_facts *f, const struct ref *ref, struct date on)
{
    struct audit_facts audit;
    int code = audit_facts(call, ref->id, &audit);
    if (code == OK)
        code = check_related(call, f, ref, &audit, on);
    if (code == OK && audit.grade < f->grade)
        code = err_set(call->err, ERR_CONFLICT, "audit",
                       "%s is of grade %s; F%lld, of grade %s, needs an audit at least as independent", ref->text,
                       api_choice_text(ENUM_grade, (int)audit.grade), (long long)f->id,
                       api_choice_text(ENUM_grade, (int)f->grade));
    return code == OK ? check_result(call, f, ref, &audit) : code;
}

/* Without an audit: a verified nonconformity, or an observation or opportunity in any state. */
static int check_verified(struct call *call, const struct finding_facts *f, const struct finding_close *p,
                          struct date on)
{
    bool nonconformity = f->class <= CLASS_MINOR;
    if (nonconformity && f->state != FINDING_VERIFIED && f->state != FINDING_CLOSED)
        return err_set(call->err, ERR_BAD_STATE, "finding",
                       "%s is %s; a %s finding can be closed after verification (next: finding %s), or with --audit by "
                       "a later audit that found it conforming",
                       p->finding.text, api_choice_text(ENUM_finding_state, (int)f->state),
                       api_choice_text(ENUM_class, (int)f->class),
                       f->state == FINDING_OPEN       ? "plan"
                       : f->state == FINDING_PLANNED  ? "accept"
                       : f->state == FINDING_ACCEPTED ? "implement"
                                                      : "verify");
    if (p->verified_by != NULL && f->state == FINDING_VERIFIED)
        return err_set(call->err, ERR_INVALID_PARAM, "verified_by", "%s was verified by %s; omit this", p->finding.text,
                       f->verifier != NULL ? f->verifier : "someone else");
    return finding_check_step(call, f, FINDING_CLOSED, on);
}

/* An audit closes a finding in any state but the last. */
static int check_close(struct call *call, const struct finding_facts *f, const struct finding_close *p, struct date on)
{
    int code = finding_check_judge(call, f);
    if (code == OK)
        code = finding_refuse_void(call, f, "finding");
    if (code != OK)
        return code;
    if (p->audit.id == 0 || f->state == FINDING_CLOSED)
        return check_verified(call, f, p, on);
    if (p->verified_by != NULL)
        return err_set(call->err, ERR_INVALID_PARAM, "verified_by", "%s already names who verified; omit this",
                       p->audit.text);
    code = finding_check_day(call, f, on);
    return code == OK ? check_audit(call, f, &p->audit, on) : code;
}

int finding_close(struct call *call, const struct finding_close *p, struct finding *ret)
{
    struct finding_facts f;
    struct finding_step_draft step = {
        .to = FINDING_CLOSED, .on = check_or_today(call, p->on), .reason = p->reason, .audit_id = p->audit.id
    };
    int code = finding_facts(call, p->finding.id, &f);
    if (code == OK)
        code = check_close(call, &f, p, step.on);
    if (code == OK)
        code = finding_step_add(call, &f, &step);
    if (code == OK)
        code = stmt_run(query_finding_close(call->store, f.id, step.on, p->reason,
                                            p->verified_by != NULL ? p->verified_by : f.verifier),
                        call->err);
    if (code == OK)
        code = standing_update(call, f.holder_id, f.edition_id);
    return code == OK ? finding_load(call, f.id, call->today, ret) : code;
}
