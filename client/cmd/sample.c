/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/method.h"
#include "client/view/sample_view.h"
#include "client/write/writer.h"

int cmd_sample_detail(struct client *c, struct args *args, struct err *e)
{
    struct sample_detail detail = { 0 };
    if (cmd_method_ask(c, args, &detail, e))
        sample_view_put(&c->out, &detail, &c->arena);
    return e->code;
}

int cmd_sample_verify(struct client *c, struct args *args, struct err *e)
{
    struct sample_check check = { 0 };
    if (cmd_method_check(args, e) != OK
        || rpc_call(&c->rpc, args->command.method, args->params, &c->arena, &check, e) != OK)
        return e->code;
    struct writer w;
    writer_init(&w, &c->out, &c->settings.style, RECORD_sample_check, &c->arena);
    writer_one(&w, &check);
    c->exit_status = check.same ? 0 : EXIT_NO;
    return OK;
}
