/* SPDX-License-Identifier: Apache-2.0 */
/* Milestones in the cycle of certificates (cert_milestones.h), their expiry, and what would not be granted today.
 * Nothing is due for a certificate followed by another, or whose pursuit has since ended. */
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/cert/cert_milestones.h"
#include "daemon/service/cert/cert_review.h"
#include "daemon/service/due/due.h"
#include "query/due.h"

#include <stdlib.h>
#include <string.h>

/* A certificate for which something may be due. */
struct held {
    int64_t id;
    int64_t edition_id;
    const char *code, *name, *number;
};

static int read_held(struct call *call, struct due_ask *ask, struct page *ret)
{
    struct stmt *q = query_due_certificates(call->store, ask->holder_id, ask->as_of, ask->scope, call->today);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct held one = { stmt_int(q, DUE_CERTIFICATES_id), stmt_int(q, DUE_CERTIFICATES_edition_id),
                            stmt_dup(q, DUE_CERTIFICATES_code, call->arena),
                            stmt_dup(q, DUE_CERTIFICATES_name, call->arena),
                            stmt_dup(q, DUE_CERTIFICATES_number, call->arena) };
        if (one.code == NULL || one.name == NULL || one.number == NULL
            || !page_push(ret, call->arena, &one, sizeof one))
            code = answer_no_memory(call);
    }
    return answer_end(call, q, code);
}

static int compare(const void *a, const void *b)
{
    const struct held *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static enum due_kind kind_of(const struct cert_due *due)
{
    switch (due->kind) {
    case MILESTONE_SURVEILLANCE:
        return DUE_SURVEILLANCE;
    case MILESTONE_RECERTIFICATION:
        return due->rule != NULL ? DUE_RECERTIFICATION : DUE_CERTIFICATE_EXPIRY;
    case MILESTONE_RESTORATION:
        return DUE_RESTORATION;
    default:
        return DUE_SUSPENSION_LIMIT;
    }
}

static const char *words(struct call *call, const struct due_ask *ask, enum due_kind kind, const struct cert_due *due,
                         const char *number)
{
    bool over = date_before(due->due, ask->as_of);
    char from[DATE_TEXT];
    switch (kind) {
    case DUE_SURVEILLANCE:
        return arena_printf(call->arena, "surveillance of certificate %s", number);
    case DUE_RESTORATION:
        return arena_printf(call->arena, "last day to restore certificate %s", number);
    case DUE_SUSPENSION_LIMIT:
        return arena_printf(call->arena, "last day of the suspension of certificate %s", number);
    default:
        break;
    }
    if (over || !date_is_set(due->from))
        return arena_printf(call->arena, "certificate %s %s", number, over ? "has expired" : "expires");
    return arena_printf(call->arena, "certificate %s expires; renewed from %s on", number,
                        date_format(due->from, from));
}

/* A surveillance is identified by its day, which never moves; the others occur once per period of validity. */
static int add(struct call *call, struct due_ask *ask, const struct held *c, const struct cert_due *due)
{
    bool wanted;
    char day[DATE_TEXT];
    struct due_item item = {
        .kind = kind_of(due), .edition.id = due->edition_id, .holder.text = c->code, .name = c->name, .due_on = due->due
    };
    int code = due_wants(call, ask, item.kind, item.edition.id, item.due_on, &wanted);
    if (code != OK || !wanted)
        return code;
    item.what = words(call, ask, item.kind, due, c->number);
    item.record = ref_text(call->arena, NOUN_certificate, c->id);
    const char *subject = arena_printf(call->arena, "%s/%s", item.record, date_format(due->due, day));
    return due_add(call, ask, &item, subject);
}

/* The first reason, as much of it as a row holds, and what can be done. */
static const char *words_review(struct call *call, const char *number, const char *why)
{
    static const char does_not_stand[] = "would not be granted today";
    static const char ways_out[] = "renew on a later audit, withdraw it, or excuse it once reviewed";
    enum { BESIDES = sizeof "certificate  : ; " + sizeof does_not_stand + sizeof ways_out };
    size_t most = BOUND(due_item, what) - BESIDES - strlen(number), size = strlen(why);
    while (size > most || (why[size] & 0xC0) == 0x80) /* not within a letter */
        size--;
    return arena_printf(call->arena, "certificate %s %s: %.*s; %s", number, does_not_stand, (int)size, why, ways_out);
}

/* A decision that would not be taken again is looked at from the day on which that was to be known. */
static int add_review(struct call *call, struct due_ask *ask, const struct held *c)
{
    struct cert_review review;
    int code = cert_review(call, c->id, ask->as_of, &review);
    if (code != OK || review.n_unmet == 0)
        return code;
    bool wanted;
    struct due_item item = { .kind = DUE_CERTIFICATE_REVIEW,
                             .edition.id = c->edition_id,
                             .holder.text = c->code,
                             .name = c->name,
                             .due_on = review.since };
    code = due_wants(call, ask, item.kind, item.edition.id, item.due_on, &wanted);
    if (code != OK || !wanted)
        return code;
    item.what = words_review(call, c->number, review.unmet[0].why);
    item.record = ref_text(call->arena, NOUN_certificate, c->id);
    return due_add(call, ask, &item, item.record);
}

int due_cert_gather(struct call *call, struct due_ask *ask)
{
    struct page held = { 0 }, due = { 0 };
    int code = read_held(call, ask, &held);
    if (code == OK && held.n > 0)
        code = cert_milestones_due(call, ask->holder_id, ask->as_of, &due);
    const struct cert_due *rows = due.rows;
    for (size_t i = 0; code == OK && i < due.n; i++) {
        const struct held key = { .id = rows[i].certificate_id };
        const struct held *c = bsearch(&key, held.rows, held.n, sizeof key, compare);
        if (c != NULL)
            code = add(call, ask, c, &rows[i]);
    }
    for (size_t i = 0; code == OK && i < held.n; i++)
        code = add_review(call, ask, (const struct held *)held.rows + i);
    return code;
}
