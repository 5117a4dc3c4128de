/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/method.h"
#include "client/write/writer.h"

static int write_bars(void *context, const struct page *page, struct err *e)
{
    (void)e;
    struct writer *w = context;
    for (size_t i = 0; i < page->n; i++)
        writer_row(w, (const struct bar *)page->rows + i);
    return OK;
}

int cmd_impartiality_check(struct client *c, struct args *args, struct err *e)
{
    const struct impartiality_check *asked = args->params;
    const struct ref who = asked->person, holder = asked->holder;
    struct writer w;
    if (cmd_method_check(args, e) != OK)
        return e->code;
    writer_init(&w, &c->out, &c->settings.style, RECORD_bar, &c->arena);
    writer_begin(&w);
    if (rpc_each(&c->rpc, args->command.method, args->params, c->settings.limit, write_bars, &w, e) != OK)
        return e->code;
    writer_end(&w);
    c->exit_status = w.n > 0 ? EXIT_NO : 0;
    if (w.n == 0 && c->settings.style.format == WRITER_TABLE)
        buf_printf(&c->out.b, "%s has no conflict of interest with %s.\n", who.text, holder.text);
    return OK;
}
