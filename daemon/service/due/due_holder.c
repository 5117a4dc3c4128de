/* SPDX-License-Identifier: Apache-2.0 */
/* The holders that a list is about, by number: for sources that know only the number. Read once, on first use. */
#include "daemon/service/call/answer.h"
#include "daemon/service/due/due.h"
#include "query/due.h"

#include <stdlib.h>

struct named {
    int64_t id;
    const char *code, *name;
};

static int read_names(struct call *call, struct due_ask *ask)
{
    struct stmt *q = query_due_holders(call->store, ask->holder_id, ask->as_of, ask->scope, call->today);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct named one = { stmt_int(q, DUE_HOLDERS_id), stmt_dup(q, DUE_HOLDERS_code, call->arena),
                             stmt_dup(q, DUE_HOLDERS_name, call->arena) };
        if (one.code == NULL || one.name == NULL || !page_push(&ask->holders, call->arena, &one, sizeof one))
            code = answer_no_memory(call);
    }
    return answer_end(call, q, code);
}

static int compare(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

int due_holder(struct call *call, struct due_ask *ask, int64_t holder_id, struct due_item *ret)
{
    const struct named key = { .id = holder_id };
    int code = ask->holders.n == 0 ? read_names(call, ask) : OK;
    if (code != OK || ask->holders.n == 0)
        return code;
    const struct named *found = bsearch(&key, ask->holders.rows, ask->holders.n, sizeof key, compare);
    if (found != NULL) {
        ret->holder.text = found->code;
        ret->name = found->name;
    }
    return OK;
}
