/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/register/audit_kind.h"

#include "common/api/api_set.h"
#include "daemon/service/call/resolve.h"

enum { BY_COOPERATIVE = 1 << ROLE_MANAGER | 1 << ROLE_INSPECTOR, BY_AUDITOR = 1 << ROLE_AUDITOR };

static const struct {
    unsigned roles; /* besides admin */
    const char *who;
    enum grade grade; /* 0: by who records it */
} kinds[] = {
    [AUDIT_SELF_ASSESSMENT] = { BY_COOPERATIVE, "a manager or inspector", GRADE_SELF },
    [AUDIT_INTERNAL_INSPECTION] = { BY_COOPERATIVE, "a manager or inspector", GRADE_INTERNAL },
    [AUDIT_INTERNAL_AUDIT] = { BY_COOPERATIVE, "a manager or inspector", GRADE_INTERNAL },
    [AUDIT_STAGE_1] = { BY_AUDITOR, "an auditor", GRADE_EXTERNAL },
    [AUDIT_STAGE_2] = { BY_AUDITOR, "an auditor", GRADE_EXTERNAL },
    [AUDIT_EXTERNAL_INSPECTION] = { BY_AUDITOR, "an auditor", GRADE_EXTERNAL },
    [AUDIT_SURVEILLANCE] = { BY_AUDITOR, "an auditor", GRADE_EXTERNAL },
    [AUDIT_RECERTIFICATION] = { BY_AUDITOR, "an auditor", GRADE_EXTERNAL },
    [AUDIT_FOLLOW_UP] = { BY_COOPERATIVE | BY_AUDITOR, "a manager, inspector or auditor", 0 },
    [AUDIT_UNANNOUNCED] = { BY_AUDITOR, "an auditor", GRADE_EXTERNAL },
    [AUDIT_MIGRATION] = { 0, "nobody", GRADE_SELF },
};
_Static_assert(sizeof kinds / sizeof kinds[0] == audit_kind_end_, "every kind has its row");

bool audit_kind_certifies(enum audit_kind kind)
{
    return api_set_has(SET_audit_kind_certifying, (int)kind);
}

int audit_kind_check_body(struct call *call, enum audit_kind kind, int64_t body_id)
{
    if (body_id == 0 || (kinds[kind].roles & BY_AUDITOR) != 0)
        return OK;
    return err_set(call->err, ERR_INVALID_PARAM, "body", "an audit of kind %s has no certification body; omit --body",
                   api_choice_text(ENUM_audit_kind, (int)kind));
}

int audit_kind_check(struct call *call, int64_t holder_id, enum audit_kind kind, const char *field)
{
    unsigned roles;
    if (kind == AUDIT_MIGRATION)
        return err_set(call->err, ERR_INVALID_PARAM, field, "only sme-ctl standard migrate can migrate results");
    int code = resolve_roles_at(call, holder_id, &roles);
    if (code != OK || (roles & (kinds[kind].roles | 1U << ROLE_ADMIN)) != 0)
        return code;
    return err_set(call->err, ERR_DENIED, field, "only %s may record audits of kind %s", kinds[kind].who,
                   api_choice_text(ENUM_audit_kind, (int)kind));
}

int audit_kind_grade(struct call *call, int64_t holder_id, enum audit_kind kind, enum grade *ret)
{
    unsigned roles = 0;
    *ret = kinds[kind].grade;
    if (*ret != 0)
        return OK;
    int code = resolve_roles_at(call, holder_id, &roles);
    *ret = (roles & (BY_AUDITOR | 1U << ROLE_ADMIN)) != 0 ? GRADE_EXTERNAL : GRADE_INTERNAL;
    return code;
}

int audit_kind_check_recorded(struct call *call, int64_t holder_id, enum audit_kind kind, enum grade grade,
                              const char *field)
{
    unsigned roles;
    int code = audit_kind_check(call, holder_id, kind, field);
    if (code == OK)
        code = resolve_roles_at(call, holder_id, &roles);
    if (code != OK || grade != GRADE_EXTERNAL || (roles & (BY_AUDITOR | 1U << ROLE_ADMIN)) != 0)
        return code;
    return err_set(call->err, ERR_DENIED, field, "the %s was recorded as external; only an auditor may do this",
                   api_choice_text(ENUM_audit_kind, (int)kind));
}

bool audit_kind_is_external(enum audit_kind kind)
{
    return api_set_has(SET_audit_kind_external, (int)kind);
}

int audit_kind_party(enum audit_kind kind, int64_t body_id)
{
    if (kind == AUDIT_SELF_ASSESSMENT)
        return 1;
    return audit_kind_is_external(kind) || body_id > 0 ? 3 : 2;
}
