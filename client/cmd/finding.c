/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/method.h"
#include "client/view/finding_view.h"

int cmd_finding_show(struct client *c, struct args *args, struct err *e)
{
    const struct finding_show *asked = args->params;
    struct finding_detail finding = { 0 };
    if (!cmd_method_ask(c, args, &finding, e))
        return e->code;
    finding_view_put(&c->out, &finding, cmd_method_day(asked->as_of, finding.day), c->settings.style.wide, &c->arena);
    return OK;
}
