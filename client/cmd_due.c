#include "client/cmd.h"
#include "client/due_items.h"
#include "client/due_view.h"

int cmd_due_run(struct client *c, struct args *args, struct err *e)
{
    struct due_list *params = args->params;
    struct due_items due;
    if (c->settings.format != SETTINGS_TABLE)
        return cmd_method_write(c, args->command.method, params, e);
    if (due_items_fetch(c, params, &due, e) == OK)
        due_view_put(&c->out, due.items, due.n, params->within, &c->arena);
    return e->code;
}
