/* SPDX-License-Identifier: Apache-2.0 */
/* Excuses for what was missed. An excuse keeps the item as it was told, and takes it out of what is due from the day it
 * is recorded until it is void (due_excused.c). */
#include "query/excuse.h"
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/due/due.h"

#include <string.h>

enum {
    BY_CONTROL = 1 << ROLE_ADMIN | 1 << ROLE_MANAGER,
    BY_DECISION = 1 << ROLE_ADMIN | 1 << ROLE_CERTIFIER,
};

/* Who may excuse what. The rest has its own way out, which leaves a better record. */
static const struct excusable {
    enum due_kind kind;
    unsigned roles; /* as bits 1 << enum role; 0: nobody */
    const char *instead;
} excusable[] = {
    { DUE_INSPECTION, BY_CONTROL, NULL },
    { DUE_EVIDENCE_EXPIRY, BY_CONTROL | BY_DECISION, NULL },
    { DUE_SURVEILLANCE, BY_DECISION, NULL },
    { DUE_RECERTIFICATION, BY_DECISION, NULL },
    { DUE_CERTIFICATE_EXPIRY, BY_DECISION, NULL },
    { DUE_RESTORATION, BY_DECISION, NULL },
    { DUE_CERTIFICATE_REVIEW, BY_DECISION, NULL },
    { DUE_PLANNED_AUDIT, 0, "cancel the audit: sme-ctl audit cancel" },
    { DUE_MEMBER_DECISION, 0, "conclude the inspection: sme-ctl audit conclude" },
    { DUE_PLAN, 0, "move its deadline: sme-ctl finding move" },
    { DUE_EVIDENCE, 0, "move its deadline: sme-ctl finding move" },
    { DUE_VERIFICATION, 0, "move its deadline: sme-ctl finding move" },
    { DUE_ACTION, 0, "reject the plan and submit another: sme-ctl finding reject" },
    { DUE_SUSPENSION_LIMIT, 0, "lift the suspension or withdraw the certificate: sme-ctl cert" },
    { DUE_SANCTION, 0, "lift the sanction: sme-ctl group readmit" },
    { DUE_EDITION_END, 0, "move to the newer edition: sme-ctl standard migrate" },
};

static const struct excusable *find_excusable(enum due_kind kind)
{
    for (size_t i = 0; i < sizeof excusable / sizeof excusable[0]; i++)
        if (excusable[i].kind == kind)
            return &excusable[i];
    return NULL;
}

static int check_kind(struct call *call, int64_t holder_id, enum due_kind kind)
{
    const char *text = api_choice_text(ENUM_due_kind, (int)kind);
    const struct excusable *e = find_excusable(kind);
    if (e == NULL)
        return err_set(call->err, ERR_INVALID_PARAM, "kind", "%s cannot be excused", text);
    if (e->roles == 0)
        return err_set(call->err, ERR_INVALID_PARAM, "kind", "%s cannot be excused; %s", text, e->instead);
    unsigned held;
    int code = resolve_roles_at(call, holder_id, &held);
    if (code != OK || (held & e->roles) != 0)
        return code;
    if (e->roles == BY_CONTROL)
        return err_set(call->err, ERR_DENIED, "kind", "%s is excused by a manager", text);
    return err_set(call->err, ERR_DENIED, "kind", "%s is excused by a certifier", text);
}

static bool is_same(const struct due_item *a, const struct due_item *b)
{
    return strcmp(a->key, b->key) == 0 && a->due_on.day == b->due_on.day;
}

static bool is_meant(const struct due_excuse *p, const struct due_item *item)
{
    return strcmp(item->holder.text, p->holder.text) == 0
           && (!date_is_set(p->due_on) || p->due_on.day == item->due_on.day)
           && (p->record == NULL || (item->record != NULL && strcmp(p->record, item->record) == 0));
}

/* Another period of the same inspections: the oldest is meant. */
static bool is_later_period(const struct due_item *oldest, const struct due_item *item)
{
    return oldest->has_missed && item->has_missed && oldest->edition.id == item->edition.id;
}

/* The last day on which what is due can be excused: it was missed, but a review is due from its first day on. */
static struct date last_day(const struct call *call, enum due_kind kind)
{
    return (struct date){ kind == DUE_CERTIFICATE_REVIEW ? call->today.day : call->today.day - 1 };
}

static int refuse_others(struct call *call, const struct due_excuse *p, const struct due_item *one,
                         const struct due_item *other)
{
    char day[DATE_TEXT], other_day[DATE_TEXT];
    const char *record = one->record != NULL ? one->record : "", *between = one->record != NULL ? " of " : "";
    return err_set(call->err, ERR_CONFLICT, "kind",
                   "%s has more than one of these overdue, such as '%s'%s%s on %s and '%s' on %s; choose one with "
                   "--due-on, --record or --standard",
                   p->holder.text, one->what, between, record, date_format(one->due_on, day), other->what,
                   date_format(other->due_on, other_day));
}

/* The only overdue item that is meant, and of inspections the oldest; the same one twice, where two cooperatives owe
 * it, is one. */
static int find_item(struct call *call, const struct due_excuse *p, struct due_item *ret)
{
    struct due_ask ask = { .holder_id = p->holder.id,
                           .scope = resolve_scope_text(call),
                           .standard_id = p->standard.id,
                           .kind = p->kind,
                           .singly = true,
                           .as_of = call->today,
                           .until = last_day(call, p->kind) };
    int code = due_gather(call, &ask);
    const struct due_item *rows = ask.items.rows, *found = NULL;
    for (size_t i = 0; i < ask.items.n && code == OK; i++) {
        if (!is_meant(p, &rows[i]))
            continue;
        if (found == NULL)
            found = &rows[i];
        else if (!is_same(found, &rows[i]) && !is_later_period(found, &rows[i]))
            code = refuse_others(call, p, found, &rows[i]);
    }
    if (code == OK && found == NULL)
        return err_set(call->err, ERR_NOT_FOUND, "holder", "nothing like this is overdue for %s; see sme-ctl due %s",
                       p->holder.text, p->holder.text);
    if (code == OK)
        *ret = *found;
    return code;
}

static int show(struct call *call, int64_t id, struct excuse *ret)
{
    return answer_record(call, query_excuse_show(call->store, id, call->today), RECORD_excuse, ret);
}

int due_excuse(struct call *call, const struct due_excuse *p, struct excuse *ret)
{
    struct due_item item = { 0 };
    int64_t id = 0;
    int code = check_kind(call, p->holder.id, p->kind);
    if (code == OK)
        code = find_item(call, p, &item);
    if (code == OK)
        code = answer_number(call, query_excuse_next(call->store), &id);
    if (code == OK)
        code = stmt_run(query_excuse_insert(call->store, id, p->holder.id, item.kind, item.edition.id, item.key,
                                            item.due_on, item.what, item.record, call->today, p->reason,
                                            call->caller->user),
                        call->err);
    return code == OK ? show(call, id, ret) : code;
}

int due_void(struct call *call, const struct due_void *p, struct excuse *ret)
{
    struct stmt *q = query_excuse_facts(call->store, p->excuse.id);
    bool found = stmt_step(q);
    int64_t holder_id = found ? stmt_int(q, EXCUSE_FACTS_holder_id) : 0;
    enum due_kind kind = found ? (enum due_kind)stmt_choice(q, EXCUSE_FACTS_kind, ENUM_due_kind) : 0;
    int code = answer_end(call, q, OK);
    if (code == OK)
        code = check_kind(call, holder_id, kind);
    if (code == OK)
        code = stmt_run(query_excuse_void(call->store, p->excuse.id, call->today, p->reason), call->err);
    return code == OK ? show(call, p->excuse.id, ret) : code;
}

int due_excuses(struct call *call, const struct due_excuses *p, struct page *ret)
{
    int64_t before;
    int code = answer_after(call, &p->page, NOUN_excuse, &before);
    if (code != OK)
        return code;
    struct stmt *q = query_excuse_list(call->store, resolve_list_holder(call, p->holder.id),
                                       check_or_today(call, p->as_of), resolve_scope_text(call), call->today,
                                       before > 0 ? before : INT64_MAX, p->kind, answer_limit(&p->page));
    return answer_page(call, q, &p->page, ret);
}
