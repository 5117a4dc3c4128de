/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/digest/digest.h"

#include "client/helper/digest/mail.h"
#include "client/view/due_view.h"
#include "client/xmalloc.h"
#include "common/log.h"

#include <inttypes.h>
#include <string.h>

static const struct method *method(enum method_id id)
{
    return &api_methods[id];
}

/* Names in a log line: quotes would end the value. */
static const char *quoted(const char *text, struct arena *a)
{
    char *copy = xmalloc_text(a, text, strlen(text));
    for (char *c = copy; *c != '\0'; c++)
        *c = *c == '"' ? '\'' : *c;
    return copy;
}

static void log_item(const char *cooperative, const struct due_item *items, size_t n, struct arena *a)
{
    char day[DATE_TEXT];
    log_write(items->days < 0 ? LOG_WARNING : LOG_INFO,
              "due item cooperative=\"%s\" kind=%s due=%s days=%" PRId64 " count=%zu what=\"%s\" of=\"%s\"",
              quoted(cooperative, a), api_choice_text(ENUM_due_kind, (int)items->kind), date_format(items->due_on, day),
              items->days, n, quoted(due_view_what(items, a), a), quoted(due_view_whom(items, n, a), a));
}

static void write_log(const char *cooperative, const struct due_items *due, struct arena *a)
{
    log_write(LOG_INFO, "due digest cooperative=\"%s\" items=%zu overdue=%zu", quoted(cooperative, a), due->n,
              due_view_overdue(due->items, due->n));
    for (size_t i = 0; i < due->n;) {
        size_t alike = due_view_alike(due->items + i, due->n - i);
        log_item(cooperative, due->items + i, alike, a);
        i += alike;
    }
}

/* Whether the newest notice of this channel is from today and to this addressee. */
static int was_told(struct digest *d, const char *cooperative, enum notice_channel channel, const char *addressee,
                    bool *ret, struct err *e)
{
    struct client *c = d->client;
    struct due_notices params = { .holder.text = cooperative, .channel = channel };
    struct page page = { 0 };
    params.page.limit = 1;
    params.page.has_limit = true;
    int code = rpc_call(&c->rpc, method(METHOD_due_notices), &params, &c->arena, &page, e);
    const struct notice *newest = page.rows;
    *ret = code == OK && page.n > 0 && newest->told_on.day == d->today.day && strcmp(newest->addressee, addressee) == 0;
    return code;
}

static int record(struct digest *d, const char *cooperative, enum notice_channel channel, const char *address,
                  const struct due_items *due, struct err *e)
{
    struct client *c = d->client;
    struct notice notice = { 0 };
    struct due_notify params = { .holder.text = cooperative,
                                 .channel = channel,
                                 .address = address,
                                 .within = d->asked->within,
                                 .has_within = true,
                                 .standard = d->asked->standard,
                                 .kind = d->asked->kind,
                                 .items = (int64_t)due->n,
                                 .has_items = true };
    return rpc_call(&c->rpc, method(METHOD_due_notify), &params, &c->arena, &notice, e);
}

static int tell_log(struct digest *d, const struct cooperative *coop, const struct due_items *due, struct err *e)
{
    bool told;
    if (was_told(d, coop->cooperative.text, NOTICE_LOG, "log", &told, e) != OK || told)
        return e->code;
    write_log(coop->cooperative.text, due, &d->client->arena);
    return record(d, coop->cooperative.text, NOTICE_LOG, NULL, due, e);
}

static const char *body_of(struct digest *d, const struct cooperative *coop, const struct due_items *due)
{
    struct arena *a = &d->client->arena;
    struct out o = { .fd = -1, .utf8 = true };
    char day[DATE_TEXT];
    buf_init(&o.b, SIZE_MAX);
    out_visible(&o.b, coop->name, strlen(coop->name));
    buf_printf(&o.b, ", on %s\n\n", date_format(d->today, day));
    due_view_put(&o, due->items, due->n, d->asked->within, a);
    xmalloc_check(&o.b);
    const char *text = xmalloc_text(a, (const char *)o.b.data, o.b.size);
    buf_fini(&o.b);
    return text;
}

static int send_mail(struct digest *d, const struct cooperative *coop, const struct due_items *due, struct err *e)
{
    size_t overdue = due_view_overdue(due->items, due->n);
    const struct mail mail = { .from = d->from,
                               .to = coop->email,
                               .now = d->now,
                               .subject = xmalloc_printf(&d->client->arena, "%s: %zu overdue, %zu due soon", coop->name,
                                                         overdue, due->n - overdue),
                               .body = body_of(d, coop, due) };
    struct buf message;
    buf_init(&message, SIZE_MAX);
    mail_compose(&mail, &message);
    xmalloc_check(&message);
    int code = mail_send(d->program, &message, e);
    buf_fini(&message);
    return code;
}

/* If nothing is due, nobody gets mail. */
static int tell_mail(struct digest *d, const struct cooperative *coop, const struct due_items *due, struct err *e)
{
    bool told;
    if (d->program == NULL || coop->email == NULL || due->n == 0)
        return OK;
    if (!mail_is_address(coop->email))
        return err_set(e, ERR_INVALID_PARAM, "email",
                       "invalid e-mail address of the contact; set another with sme-ctl coop update %s --email",
                       coop->cooperative.text);
    if (was_told(d, coop->cooperative.text, NOTICE_MAIL, coop->email, &told, e) != OK || told
        || send_mail(d, coop, due, e) != OK)
        return e->code;
    return record(d, coop->cooperative.text, NOTICE_MAIL, coop->email, due, e);
}

/* Ends the run only if continuing is pointless. */
static int note_failure(struct digest *d, const struct cooperative *coop, const char *what, struct err *e)
{
    if (e->code == OK || e->code == ERR_UNREACHABLE || e->code == ERR_DENIED)
        return e->code;
    log_write(LOG_ERROR, "due %s failed cooperative=\"%s\" error=\"%s\"", what,
              quoted(coop->cooperative.text, &d->client->arena), quoted(e->message, &d->client->arena));
    d->failed++;
    err_clear(e);
    return OK;
}

int digest_tell(struct digest *d, const struct cooperative *cooperative, struct err *e)
{
    struct due_list params = *d->asked;
    struct due_items due;
    params.holder.text = cooperative->cooperative.text;
    if (due_items_fetch(&d->client->rpc, &params, 0, &d->client->arena, &due, e) != OK)
        return note_failure(d, cooperative, "list", e);
    tell_log(d, cooperative, &due, e);
    if (note_failure(d, cooperative, "log", e) != OK)
        return e->code;
    tell_mail(d, cooperative, &due, e);
    return note_failure(d, cooperative, "mail", e);
}
