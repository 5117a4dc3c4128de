/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/method.h"
#include "client/view/status_view.h"
#include "client/write/table_draw.h"

struct groups {
    struct table table;
    bool utf8;
};

static int add_groups(void *context, const struct page *page, struct err *e)
{
    (void)e;
    struct groups *groups = context;
    const struct group_status *rows = page->rows;
    for (size_t i = 0; i < page->n; i++)
        status_view_add_group(&groups->table, &rows[i], true, groups->utf8);
    return OK;
}

static int show_all(struct client *c, const struct status_show *asked, struct err *e)
{
    const struct method *m = &api_methods[METHOD_status_list];
    struct status_list params = { .edition = asked->edition, .as_of = asked->as_of };
    if (c->settings.style.format != WRITER_TABLE)
        return cmd_method_write(c, m, &params, e);
    struct groups groups = { .utf8 = c->out.utf8 };
    status_view_begin_groups(&groups.table, &c->arena);
    if (rpc_each(&c->rpc, m, &params, c->settings.limit, add_groups, &groups, e) != OK)
        return e->code;
    if (groups.table.n_rows == 0 && c->out.columns > 0)
        buf_text(&c->out.b, "No member of any cooperative has been audited.\n");
    table_draw(&groups.table, &c->out);
    return OK;
}

int cmd_status_run(struct client *c, struct args *args, struct err *e)
{
    struct status_show *params = args->params;
    if (params->holder.text == NULL)
        return show_all(c, params, e);
    if (c->settings.style.format != WRITER_TABLE)
        return cmd_method_write(c, args->command.method, params, e);
    struct status status = { 0 };
    if (rpc_call(&c->rpc, args->command.method, params, &c->arena, &status, e) == OK)
        status_view_put(&c->out, &status, &c->arena);
    return e->code;
}
