#include "client/cmd/method.h"
#include "client/view/standard_view.h"

int cmd_standard_show(struct client *c, struct args *args, struct err *e)
{
    if (c->settings.style.format != WRITER_TABLE)
        return cmd_method_run(c, args, e);
    if (cmd_method_check(args, e) != OK)
        return e->code;
    struct edition_detail edition = { 0 };
    if (rpc_call(&c->rpc, args->command.method, args->params, &c->arena, &edition, e) == OK)
        standard_view_put(&c->out, &c->settings.style, &edition, &c->arena);
    return e->code;
}
