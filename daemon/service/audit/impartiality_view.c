/* SPDX-License-Identifier: Apache-2.0 */
/* Checks someone's conflicts of interest in advance, and lists those of past auditors as known today. */
#include "common/ref.h"
#include "daemon/service/audit/audit.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/impartiality/impartiality.h"
#include "query/impartiality.h"

#include <string.h>

/* An audit to approve or decide on must be the holder's. */
static int check_audit(struct call *call, const struct impartiality_check *p)
{
    struct audit_facts facts;
    if (p->audit.id == 0)
        return OK;
    int code = audit_facts(call, p->audit.id, &facts);
    if (code == OK && facts.holder_id != p->holder.id)
        return err_set(call->err, ERR_CONFLICT, "audit", "%s is not an audit of %s", p->audit.text, p->holder.text);
    if (code == OK && p->edition.id > 0 && facts.edition_id != p->edition.id)
        return err_set(call->err, ERR_CONFLICT, "audit", "%s is not an audit against %s", p->audit.text,
                       p->edition.text);
    return code;
}

int impartiality_check(struct call *call, const struct impartiality_check *p, struct page *ret)
{
    struct impartiality_case c = { .task = p->task != 0 ? p->task : TASK_AUDIT,
                                   .holder_id = p->holder.id,
                                   .audit_id = p->audit.id,
                                   .as_of = check_or_today(call, p->as_of) };
    struct impartiality_bars bars = { 0 };
    c.on = date_is_set(p->on) ? p->on : c.as_of;
    impartiality_add(&c, "person", p->person.id, 0);
    impartiality_add(&c, "body", 0, p->body.id);
    int code = p->edition.id > 0 ? catalogue_edition(call, p->edition.id, &c.edition) : OK;
    if (code == OK)
        code = check_audit(call, p);
    if (code == OK)
        code = impartiality_bars(call, &c, &bars);
    *ret = (struct page){ .rows = bars.rows, .n = bars.n };
    return code == OK ? answer_cut(call, &p->page, sizeof *bars.rows, ret) : code;
}

/* Whether the unmet conditions name the record: then the decision was made despite it. */
static bool is_named(const char *unmet, const char *record)
{
    size_t n = strlen(record);
    for (const char *at = unmet; at != NULL && (at = strstr(at, record)) != NULL; at += n)
        if ((at == unmet || at[-1] == ' ') && (at[n] < '0' || at[n] > '9'))
            return true;
    return false;
}

static int read_conflict(struct call *call, struct stmt *q, struct conflict *ret)
{
    static const enum noun nouns[bar_kind_end_] = {
        [BAR_ASSISTANCE] = NOUN_intervention, [BAR_RELATION] = NOUN_declaration,    [BAR_TEAM] = NOUN_audit,
        [BAR_INTERNAL] = NOUN_audit,          [BAR_APPOINTMENT] = NOUN_appointment,
    };
    *ret = (struct conflict){
        .audit = ref_to(call->arena, NOUN_audit, stmt_int(q, IMPARTIALITY_CONFLICTS_audit_id)),
        .certificate = ref_to(call->arena, NOUN_certificate, stmt_int(q, IMPARTIALITY_CONFLICTS_certificate_id)),
        .holder = { .text = stmt_dup(q, IMPARTIALITY_CONFLICTS_holder, call->arena) },
        .edition = { .text = stmt_dup(q, IMPARTIALITY_CONFLICTS_edition, call->arena) },
        .on = stmt_date(q, IMPARTIALITY_CONFLICTS_on_day),
        .task = (enum impartial_task)stmt_choice(q, IMPARTIALITY_CONFLICTS_task, ENUM_impartial_task),
        .kind = (enum bar_kind)stmt_choice(q, IMPARTIALITY_CONFLICTS_kind, ENUM_bar_kind),
        .person = { .text = stmt_dup(q, IMPARTIALITY_CONFLICTS_person, call->arena) },
        .body = { .text = stmt_dup(q, IMPARTIALITY_CONFLICTS_body, call->arena) },
        .overridden = stmt_int(q, IMPARTIALITY_CONFLICTS_overridden) > 0
    };
    ret->record = ref_text(call->arena, nouns[ret->kind], stmt_int(q, IMPARTIALITY_CONFLICTS_record_id));
    if (ret->record != NULL && is_named(stmt_text(q, IMPARTIALITY_CONFLICTS_unmet), ret->record))
        ret->overridden = true;
    bool whole = (ret->audit.text != NULL || ret->certificate.text != NULL) && ret->holder.text != NULL
                 && ret->edition.text != NULL && ret->record != NULL
                 && (ret->person.text != NULL || ret->body.text != NULL);
    return whole ? OK : answer_no_memory(call);
}

/* Pushes q's current row unless its cooling-off had ended. */
static int push_conflict(struct call *call, struct stmt *q, struct page *rows)
{
    const struct catalogue_edition *edition;
    struct impartiality_periods periods = { 0 };
    struct conflict row;
    const char *through = stmt_text(q, IMPARTIALITY_CONFLICTS_through);
    struct date since = stmt_date(q, IMPARTIALITY_CONFLICTS_since), end = stmt_date(q, IMPARTIALITY_CONFLICTS_until_on);
    int code = catalogue_edition(call, stmt_int(q, IMPARTIALITY_CONFLICTS_edition_id), &edition);
    if (code == OK)
        code = impartiality_periods(call, edition, &periods);
    if (code == OK)
        code = read_conflict(call, q, &row);
    if (code != OK)
        return code;
    const struct impartiality_period *period = impartiality_period(&periods, row.kind, through != NULL);
    if (period != NULL && period->months == 0)
        return OK;
    row.until = impartiality_until(row.kind, since, end, period);
    if (date_is_set(row.until) && date_before(row.until, row.on))
        return OK;
    row.words = impartiality_words(call, row.kind, stmt_text(q, IMPARTIALITY_CONFLICTS_what), since, through, period);
    return row.words != NULL && page_push(rows, call->arena, &row, sizeof row) ? OK : answer_no_memory(call);
}

int impartiality_conflicts(struct call *call, const struct impartiality_conflicts *p, struct page *ret)
{
    struct stmt *q = query_impartiality_conflicts(call->store, p->edition.id, p->holder.id,
                                                  check_or_today(call, p->as_of), resolve_scope_text(call),
                                                  call->today);
    int code = OK;
    while (code == OK && stmt_step(q))
        code = push_conflict(call, q, ret);
    code = answer_end(call, q, code);
    return code == OK ? answer_cut(call, &p->page, sizeof(struct conflict), ret) : code;
}
