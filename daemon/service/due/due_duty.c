/* SPDX-License-Identifier: Apache-2.0 */
/* The source of every line of duty.def. */
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/due/due.h"
#include "query/due.h"

struct duty {
    enum due_kind kind;
    enum noun noun;
    struct stmt *(*holders)(struct store *store, int64_t asked, struct date day, const char *scope, struct date today,
                            struct date until);
    struct stmt *(*cooperatives)(struct store *store, int64_t asked, struct date day, const char *scope,
                                 struct date until);
    int days;
    const char *before, *after, *over;
};

static const struct duty duties[] = {
#define HOLDERS(name) .holders = (name)
#define COOPERATIVES(name) .cooperatives = (name)
#define DUTY(kind, noun, query, shift, left, right, past)                                                              \
    { kind, NOUN_##noun, query, .days = (shift), .before = (left), .after = (right), .over = (past) },
#include "daemon/service/due/duty.def"
#undef HOLDERS
#undef COOPERATIVES
#undef DUTY
};

static int add(struct call *call, struct due_ask *ask, const struct duty *d, struct stmt *q)
{
    bool wanted;
    struct due_item item = { .kind = d->kind,
                             .edition.id = stmt_int(q, DUTY_edition_id),
                             .due_on = { stmt_date(q, DUTY_on_day).day + d->days } };
    int code = due_wants(call, ask, item.kind, item.edition.id, item.due_on, &wanted);
    if (code != OK || !wanted)
        return code;
    bool over = date_before(item.due_on, ask->as_of);
    item.holder.text = stmt_dup(q, DUTY_holder, call->arena);
    item.name = stmt_dup(q, DUTY_name, call->arena);
    item.owner = stmt_dup(q, DUTY_owner, call->arena);
    item.what = arena_printf(call->arena, "%s%s%s", d->before, stmt_text(q, DUTY_what), over ? d->over : d->after);
    item.record = ref_text(call->arena, d->noun, stmt_int(q, DUTY_record));
    const char *part = item.record;
    if (!stmt_is_null(q, DUTY_part))
        part = arena_printf(call->arena, "%s/%lld", item.record, (long long)stmt_int(q, DUTY_part));
    return due_add(call, ask, &item, part);
}

static int gather(struct call *call, struct due_ask *ask, const struct duty *d)
{
    struct date until = { ask->until.day - d->days };
    struct stmt *q = d->holders != NULL
                         ? d->holders(call->store, ask->holder_id, ask->as_of, ask->scope, call->today, until)
                         : d->cooperatives(call->store, ask->holder_id, ask->as_of, ask->scope, until);
    int code = OK;
    while (code == OK && stmt_step(q))
        code = add(call, ask, d, q);
    return answer_end(call, q, code);
}

int due_duty_gather(struct call *call, struct due_ask *ask)
{
    int code = OK;
    for (size_t i = 0; i < sizeof duties / sizeof duties[0] && code == OK; i++)
        if (ask->kind == 0 || ask->kind == duties[i].kind)
            code = gather(call, ask, &duties[i]);
    return code;
}
