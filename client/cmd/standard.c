/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/method.h"
#include "client/view/standard_view.h"

int cmd_standard_show(struct client *c, struct args *args, struct err *e)
{
    struct edition_detail edition = { 0 };
    if (cmd_method_ask(c, args, &edition, e))
        standard_view_put(&c->out, &c->settings.style, &edition, &c->arena);
    return e->code;
}
