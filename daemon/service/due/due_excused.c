/* SPDX-License-Identifier: Apache-2.0 */
/* What was excused, in the list of what is due: taken out, or told of with its reason. Inspections are reckoned with
 * their excuses (inspections.h), since what is owed next depends on them. */
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/due/due.h"
#include "query/excuse.h"

#include <stdlib.h>
#include <string.h>

/* One that counts on the day. */
struct counting {
    struct due_item item;
};

static int compare_keys(const char *key_a, struct date a, const char *key_b, struct date b)
{
    int keys = strcmp(key_a, key_b);
    return keys != 0 ? keys : (a.day > b.day) - (a.day < b.day);
}

static int compare(const void *a, const void *b)
{
    const struct counting *x = a, *y = b;
    return compare_keys(x->item.key, x->item.due_on, y->item.key, y->item.due_on);
}

static int read_counting(struct call *call, const struct due_ask *ask, struct page *ret)
{
    struct stmt *q = query_excuse_counting(call->store, ask->holder_id, ask->as_of, ask->scope, call->today, ask->kind);
    struct arena *a = call->arena;
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct counting one = { .item = { .due_on = stmt_date(q, EXCUSE_COUNTING_due_on),
                                          .kind = (enum due_kind)stmt_choice(q, EXCUSE_COUNTING_kind, ENUM_due_kind),
                                          .holder.text = stmt_dup(q, EXCUSE_COUNTING_holder, a),
                                          .name = stmt_dup(q, EXCUSE_COUNTING_name, a),
                                          .what = stmt_dup(q, EXCUSE_COUNTING_what, a),
                                          .edition.id = stmt_int(q, EXCUSE_COUNTING_edition_id),
                                          .record = stmt_dup(q, EXCUSE_COUNTING_record, a),
                                          .key = stmt_dup(q, EXCUSE_COUNTING_key, a),
                                          .excuse = ref_to(a, NOUN_excuse, stmt_int(q, EXCUSE_COUNTING_id)),
                                          .excused = stmt_dup(q, EXCUSE_COUNTING_reason, a) } };
        const struct due_item *i = &one.item;
        if (i->holder.text == NULL || i->name == NULL || i->what == NULL || i->key == NULL || i->excuse.text == NULL
            || i->excused == NULL || !page_push(ret, a, &one, sizeof one))
            code = answer_no_memory(call);
    }
    return answer_end(call, q, code);
}

static bool is_excused(const struct page *excuses, const struct due_item *item)
{
    const struct counting key = { .item = *item };
    return bsearch(&key, excuses->rows, excuses->n, sizeof key, compare) != NULL;
}

static void take_out(struct page *items, const struct page *excuses)
{
    struct due_item *rows = items->rows;
    size_t kept = 0;
    for (size_t i = 0; i < items->n; i++)
        if (!is_excused(excuses, &rows[i]))
            rows[kept++] = rows[i];
    items->n = kept;
}

static int add_excused(struct call *call, struct due_ask *ask, struct due_item *item)
{
    bool wanted;
    int code = due_wants(call, ask, item->kind, item->edition.id, item->due_on, &wanted);
    if (code == OK && item->edition.id > 0)
        code = due_edition_code(call, item->edition.id, &item->edition.text);
    item->days = item->due_on.day - ask->as_of.day;
    item->has_days = true;
    if (code == OK && wanted && !page_push(&ask->items, call->arena, item, sizeof *item))
        return answer_no_memory(call);
    return code;
}

int due_excused_apply(struct call *call, struct due_ask *ask)
{
    struct page excuses = { 0 };
    int code = read_counting(call, ask, &excuses);
    struct counting *rows = excuses.rows;
    if (code != OK || excuses.n == 0)
        return code;
    qsort(rows, excuses.n, sizeof *rows, compare);
    take_out(&ask->items, &excuses);
    for (size_t i = 0; i < excuses.n && ask->all && code == OK; i++)
        code = add_excused(call, ask, &rows[i].item);
    return code;
}
