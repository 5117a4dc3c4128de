/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/method.h"
#include "client/view/group_view.h"

int cmd_group_show(struct client *c, struct args *args, struct err *e)
{
    struct group_verdict verdict = { 0 };
    if (cmd_method_ask(c, args, &verdict, e))
        group_view_put(&c->out, &verdict, &c->arena);
    return e->code;
}

int cmd_group_reliability(struct client *c, struct args *args, struct err *e)
{
    struct reliability reliability = { 0 };
    if (cmd_method_ask(c, args, &reliability, e))
        group_view_put_reliability(&c->out, &reliability, &c->arena);
    return e->code;
}
