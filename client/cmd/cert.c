/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/method.h"
#include "client/view/cert_view.h"
#include "client/write/table_draw.h"
#include "client/write/writer.h"

#include <inttypes.h>

int cmd_cert_show(struct client *c, struct args *args, struct err *e)
{
    const struct cert_show *asked = args->params;
    struct certificate_detail certificate = { 0 };
    if (!cmd_method_ask(c, args, &certificate, e))
        return e->code;
    cert_view_put(&c->out, &certificate, cmd_method_day(asked->as_of, certificate.day), &c->arena);
    return OK;
}

struct checking {
    struct client *client;
    struct writer writer;
    size_t n, unmet, told;
};

static int write_conditions(void *context, const struct page *page, struct err *e)
{
    (void)e;
    struct checking *k = context;
    const struct condition *rows = page->rows;
    for (size_t i = 0; i < page->n; i++) {
        k->n += !rows[i].told;
        k->told += rows[i].told;
        k->unmet += !rows[i].holds;
        if (k->client->settings.style.format == WRITER_TABLE)
            cert_view_put_condition(&k->client->out, &rows[i], &k->client->arena);
        else
            writer_row(&k->writer, &rows[i]);
    }
    return OK;
}

static void put_result(struct buf *b, const struct checking *k)
{
    if (k->unmet > 0)
        buf_printf(b, "%zu of %zu conditions are not met", k->unmet, k->n);
    else
        buf_printf(b, "All %zu conditions are met", k->n);
    if (k->told > 0)
        buf_printf(b, "; told only, and not checked: %zu", k->told);
    buf_text(b, ".\n");
}

int cmd_cert_check(struct client *c, struct args *args, struct err *e)
{
    struct checking k = { .client = c };
    bool table = c->settings.style.format == WRITER_TABLE;
    if (cmd_method_check(args, e) != OK)
        return e->code;
    writer_init(&k.writer, &c->out, &c->settings.style, RECORD_condition, &c->arena);
    if (!table)
        writer_begin(&k.writer);
    if (rpc_each(&c->rpc, args->command.method, args->params, c->settings.limit, write_conditions, &k, e) != OK)
        return e->code;
    c->exit_status = k.unmet > 0 ? EXIT_NO : 0;
    if (!table)
        writer_end(&k.writer);
    else
        put_result(&c->out.b, &k);
    return OK;
}

static int add_members(void *context, const struct page *page, struct err *e)
{
    (void)e;
    const struct covered_member *rows = page->rows;
    for (size_t i = 0; i < page->n; i++)
        cert_view_add_member(context, &rows[i]);
    return OK;
}

int cmd_cert_members(struct client *c, struct args *args, struct err *e)
{
    struct table table;
    if (c->settings.style.format != WRITER_TABLE || c->settings.style.wide)
        return cmd_method_run(c, args, e);
    cert_view_begin_members(&table, &c->arena);
    if (cmd_method_check(args, e) == OK
        && rpc_each(&c->rpc, args->command.method, args->params, c->settings.limit, add_members, &table, e) == OK)
        table_draw(&table, &c->out);
    return e->code;
}
