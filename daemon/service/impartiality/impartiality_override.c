/* SPDX-License-Identifier: Apache-2.0 */
/* Refuses conflicts of interest, or lets an administrator override them with a reason that stays with the audit. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/impartiality/impartiality.h"
#include "query/impartiality.h"

#include <stdio.h>

static const char *const done[] = {
    [TASK_AUDIT] = "audit for certification",
    [TASK_INSPECT] = "inspect",
    [TASK_APPROVE] = "approve the inspection",
    [TASK_DECIDE] = "decide",
};

static int refuse(struct call *call, const struct impartiality_case *c, const struct impartiality_bars *bars)
{
    const struct bar *b = &bars->rows[0];
    char until[DATE_TEXT], more[64] = "";
    if (bars->n > 1)
        snprintf(more, sizeof more, "; and %zu more conflict%s", bars->n - 1, bars->n == 2 ? "" : "s");
    return err_set(call->err, ERR_CONFLICT, bars->fields[0],
                   "%s may not %s: conflict of interest %s (%s)%s%s%s%.300s%s; name someone else, or let an "
                   "administrator override it",
                   b->person.text != NULL ? b->person.text : b->body.text, done[c->task], b->record, b->words,
                   date_is_set(b->until) ? ", until " : "", date_format(b->until, until),
                   b->source != NULL ? "; source of the rule: " : "", b->source != NULL ? b->source : "", more);
}

static int check_override(struct call *call, int64_t holder_id, const struct impartiality_bars *bars)
{
    unsigned roles;
    if (bars->n == 0)
        return err_set(call->err, ERR_INVALID_PARAM, "override", "no conflict needs an override; omit --override");
    int code = resolve_roles_at(call, holder_id, &roles);
    if (code != OK || (roles & 1U << ROLE_ADMIN) != 0)
        return code;
    return err_set(call->err, ERR_DENIED, "override",
                   "only an administrator can override a conflict of interest: %s (%s); name someone else, or ask an "
                   "administrator",
                   bars->rows[0].record, bars->rows[0].words);
}

static int is_overridden(struct call *call, int64_t audit_id, const struct bar *b, bool *ret)
{
    int64_t n = 0;
    int code = answer_number(
        call, query_impartiality_overridden(call->store, audit_id, b->kind, b->person.id, b->body.id, b->record), &n);
    *ret = n > 0;
    return code;
}

/* Omits what was overridden when the audit was planned. */
static int leave_out_known(struct call *call, int64_t planned_id, struct impartiality_bars *bars)
{
    size_t kept = 0;
    int code = OK;
    for (size_t i = 0; i < bars->n && code == OK; i++) {
        bool known = false;
        code = is_overridden(call, planned_id, &bars->rows[i], &known);
        bars->rows[kept] = bars->rows[i];
        bars->fields[kept] = bars->fields[i];
        kept += !known;
    }
    bars->n = kept;
    return code;
}

int impartiality_require(struct call *call, const struct impartiality_case *c, int64_t planned_id, const char *override,
                         struct impartiality_bars *ret)
{
    int code = impartiality_bars(call, c, ret);
    if (code == OK && planned_id > 0)
        code = leave_out_known(call, planned_id, ret);
    if (code != OK)
        return code;
    if (override != NULL)
        return check_override(call, c->holder_id, ret);
    return ret->n > 0 ? refuse(call, c, ret) : OK;
}

int impartiality_keep(struct call *call, int64_t audit_id, const struct impartiality_bars *bars, const char *override)
{
    int code = OK;
    for (size_t i = 0; i < bars->n && code == OK; i++) {
        const struct bar *b = &bars->rows[i];
        code = stmt_run(query_impartiality_override(call->store, audit_id, b->kind, b->person.id, b->body.id, b->record,
                                                    b->words, override, call->today, call->caller->user),
                        call->err);
    }
    return code;
}

int impartiality_overrides(struct call *call, int64_t audit_id, struct date as_of, struct override **ret, size_t *ret_n)
{
    return answer_rows(call, query_impartiality_overrides(call->store, audit_id, as_of), RECORD_override, ret, ret_n);
}

int impartiality_overrides_of(struct call *call, int64_t holder_id, int64_t edition_id, struct date as_of,
                              struct override **ret, size_t *ret_n)
{
    return answer_rows(call, query_impartiality_overrides_of_holder(call->store, holder_id, as_of, edition_id),
                       RECORD_override, ret, ret_n);
}

int impartiality_overrides_of_certificate(struct call *call, int64_t certificate_id, struct date as_of,
                                          struct override **ret, size_t *ret_n)
{
    struct stmt *q = query_impartiality_overrides_of_certificate(call->store, certificate_id, as_of);
    return answer_rows(call, q, RECORD_override, ret, ret_n);
}
