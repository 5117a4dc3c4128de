/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/method.h"

#include "client/cli/option.h"
#include "client/write/writer.h"
#include "client/xmalloc.h"
#include "common/field.h"

int cmd_method_check(const struct args *args, struct err *e)
{
    const struct method *m = args->command.method;
    for (size_t i = 0; i < m->n_params; i++) {
        const struct field *f = &m->params[i];
        if (!field_is_required(f) || field_is_set(f, args->params) || field_is_list(f))
            continue;
        struct arena a = { 0 };
        arena_init(&a, SIZE_MAX);
        const char *what = f->need == ARG ? option_capitals(f->name, &a) : option_spelled(f->name, &a);
        const struct extra *teller = command_teller(&args->command, f);
        const char *doc = teller != NULL ? teller->doc : option_doc(f, &a);
        what = teller != NULL ? option_spelled(teller->name, &a) : what;
        err_set(e, ERR_NO_METHOD, NULL, "%s is required: %s; see sme-ctl %s --help", what, doc,
                command_name(&args->command, &a));
        arena_reset(&a);
        return e->code;
    }
    return OK;
}

static int write_page(void *context, const struct page *page, struct err *e)
{
    (void)e;
    struct writer *w = context;
    for (size_t i = 0; i < page->n; i++)
        writer_row(w, (const char *)page->rows + i * w->record->size);
    return OK;
}

int cmd_method_write(struct client *c, const struct method *m, void *params, struct err *e)
{
    struct writer w;
    writer_init(&w, &c->out, &c->settings.style, m->result, &c->arena);
    if (m->shape == PAGE) {
        writer_begin(&w);
        if (rpc_each(&c->rpc, m, params, c->settings.limit, write_page, &w, e) == OK)
            writer_end(&w);
        return e->code;
    }
    void *record = xmalloc_zero(&c->arena, api_records[m->result].size);
    if (rpc_call(&c->rpc, m, params, &c->arena, record, e) == OK)
        writer_one(&w, record);
    return e->code;
}

int cmd_method_run(struct client *c, struct args *args, struct err *e)
{
    if (cmd_method_check(args, e) != OK)
        return e->code;
    return cmd_method_write(c, args->command.method, args->params, e);
}

bool cmd_method_ask(struct client *c, struct args *args, void *record, struct err *e)
{
    if (c->settings.style.format != WRITER_TABLE) {
        cmd_method_run(c, args, e);
        return false;
    }
    return cmd_method_check(args, e) == OK
           && rpc_call(&c->rpc, args->command.method, args->params, &c->arena, record, e) == OK;
}

struct date cmd_method_day(struct date asked, struct date told)
{
    if (date_is_set(told) || date_is_set(asked))
        return date_is_set(told) ? told : asked;
    return date_of_instant(clock_now(clock_from_environment()));
}
