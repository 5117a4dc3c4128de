/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/method.h"
#include "client/view/finding_view.h"

int cmd_finding_show(struct client *c, struct args *args, struct err *e)
{
    const struct finding_show *asked = args->params;
    struct finding_detail finding = { 0 };
    if (!cmd_method_ask(c, args, &finding, e))
        return e->code;
    struct date today = clock_today(clock_from_environment());
    finding_view_put(&c->out, &finding, date_is_set(asked->as_of) ? asked->as_of : today, c->settings.style.wide,
                     &c->arena);
    return OK;
}
