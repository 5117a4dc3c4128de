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

/* Nobody in the way says little if the edition has no rule on it. */
static int tell_none(struct client *c, const struct impartiality_check *asked, struct err *e)
{
    struct standard_show show = { .edition = asked->edition };
    struct edition_detail edition = { 0 };
    buf_printf(&c->out.b, "%s has no conflict of interest with %s.\n", asked->person.text, asked->holder.text);
    if (asked->edition.text == NULL)
        return OK;
    if (rpc_call(&c->rpc, &api_methods[METHOD_standard_show], &show, &c->arena, &edition, e) != OK)
        return e->code;
    if (edition.rules == NULL || edition.rules->impartiality == NULL)
        buf_printf(&c->out.b,
                   "%s has no rule on impartiality: neither earlier work nor a role at the cooperative counts.\n",
                   asked->edition.text);
    return OK;
}

int cmd_impartiality_check(struct client *c, struct args *args, struct err *e)
{
    const struct impartiality_check asked = *(const struct impartiality_check *)args->params;
    struct writer w;
    if (cmd_method_check(args, e) != OK)
        return e->code;
    writer_init(&w, &c->out, &c->settings.style, RECORD_bar, &c->arena);
    writer_begin(&w);
    if (rpc_each(&c->rpc, args->command.method, args->params, c->settings.limit, write_bars, &w, e) != OK)
        return e->code;
    writer_end(&w);
    c->exit_status = w.n > 0 ? EXIT_NO : 0;
    return w.n == 0 && c->settings.style.format == WRITER_TABLE ? tell_none(c, &asked, e) : OK;
}
