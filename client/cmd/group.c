#include "client/cmd/method.h"
#include "client/view/group_view.h"

int cmd_group_show(struct client *c, struct args *args, struct err *e)
{
    struct group_verdict verdict = { 0 };
    if (c->settings.style.format != WRITER_TABLE)
        return cmd_method_run(c, args, e);
    if (cmd_method_check(args, e) == OK
        && rpc_call(&c->rpc, args->command.method, args->params, &c->arena, &verdict, e) == OK)
        group_view_put(&c->out, &verdict, &c->arena);
    return e->code;
}

int cmd_group_reliability(struct client *c, struct args *args, struct err *e)
{
    struct reliability reliability = { 0 };
    if (c->settings.style.format != WRITER_TABLE)
        return cmd_method_run(c, args, e);
    if (cmd_method_check(args, e) == OK
        && rpc_call(&c->rpc, args->command.method, args->params, &c->arena, &reliability, e) == OK)
        group_view_put_reliability(&c->out, &reliability, &c->arena);
    return e->code;
}
