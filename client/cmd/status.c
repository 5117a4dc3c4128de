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

static int add_timeliness(void *context, const struct page *page, struct err *e)
{
    (void)e;
    status_view_count_closed(context, page->rows, page->n);
    return OK;
}

/* What was closed on time, of the findings of a cooperative and its members. */
static int show_timeliness(struct client *c, const struct status_show *asked, struct err *e)
{
    struct finding_timeliness params = { .holder = asked->holder, .edition = asked->edition, .as_of = asked->as_of };
    struct status_closed closed = { .arena = &c->arena };
    int code = rpc_each(&c->rpc, &api_methods[METHOD_finding_timeliness], &params, 0, add_timeliness, &closed, e);
    if (code == ERR_NO_METHOD) { /* a daemon of before 0.2 */
        *e = (struct err){ 0 };
        return OK;
    }
    if (code == OK)
        status_view_put_closed(&c->out, &closed, &c->arena);
    return code;
}

int cmd_status_run(struct client *c, struct args *args, struct err *e)
{
    struct status_show *params = args->params;
    if (params->holder.text == NULL)
        return show_all(c, params, e);
    if (c->settings.style.format != WRITER_TABLE)
        return cmd_method_write(c, args->command.method, params, e);
    struct status status = { 0 };
    if (rpc_call(&c->rpc, args->command.method, params, &c->arena, &status, e) != OK)
        return e->code;
    status_view_put(&c->out, &status, &c->arena);
    return status.kind == HOLDER_COOPERATIVE ? show_timeliness(c, params, e) : OK;
}
