/* SPDX-License-Identifier: Apache-2.0 */
/* sme-ctl-digest: sends each cooperative its due list. Run by sme-ctl as `sme-ctl due digest`, with the same words. */
#include "client/call/row.h"
#include "client/cli/program.h"
#include "client/helper/digest/digest.h"
#include "client/helper/digest/mail.h"
#include "client/xmalloc.h"
#include "common/log.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HOST_MAX = 256 };

struct cooperatives {
    struct arena *arena;
    struct page rows; /* struct cooperative */
};

static void keep(struct cooperatives *all, const struct cooperative *row)
{
    struct cooperative one = *row;
    row_keep(RECORD_cooperative, &one, all->arena);
    if (!date_is_set(row->ended_on) && !page_push(&all->rows, all->arena, &one, sizeof one))
        xmalloc_need(NULL);
}

static int keep_page(void *context, const struct page *page, struct err *e)
{
    (void)e;
    const struct cooperative *rows = page->rows;
    for (size_t i = 0; i < page->n; i++)
        keep(context, &rows[i]);
    return OK;
}

/* The named one, or all. */
static int find(struct client *c, const struct ref *named, struct cooperatives *all, struct err *e)
{
    struct coop_list every = { 0 };
    struct coop_show show = { .cooperative = *named };
    struct cooperative one = { 0 };
    if (named->text == NULL)
        return rpc_each(&c->rpc, &api_methods[METHOD_coop_list], &every, 0, keep_page, all, e);
    if (rpc_call(&c->rpc, &api_methods[METHOD_coop_show], &show, &c->arena, &one, e) == OK)
        keep(all, &one);
    return e->code;
}

/* SME_MAIL_FROM, else an address of this machine. */
static int sender(struct client *c, const char **ret, struct err *e)
{
    char host[HOST_MAX] = "";
    const char *own = getenv("SME_MAIL_FROM");
    if (own != NULL && !mail_is_address(own))
        return err_set(e, ERR_INVALID_PARAM, NULL, "SME_MAIL_FROM: '%s' is not a plain e-mail address", own);
    gethostname(host, sizeof host - 1);
    const char *here = xmalloc_printf(&c->arena, "smed@%s", host);
    *ret = own != NULL ? own : mail_is_address(here) ? here : "smed@localhost";
    return OK;
}

/* The daemon's, which goes by the zone of the register. */
static int ask_today(struct client *c, struct digest *d, struct err *e)
{
    struct system_ping ping = { 0 };
    struct pong pong = { 0 };
    int code = rpc_call(&c->rpc, &api_methods[METHOD_system_ping], &ping, &c->arena, &pong, e);
    d->today = date_is_set(pong.today) ? pong.today : date_of_instant(d->now);
    return code;
}

static int tell_all(struct client *c, struct args *args, struct err *e)
{
    struct due_list *asked = args->params;
    struct cooperatives all = { .arena = &c->arena };
    struct digest d = { .client = c, .asked = asked, .now = clock_now(clock_from_environment()) };
    if (date_is_set(asked->as_of))
        return err_set(e, ERR_NO_METHOD, NULL, "a digest is always for today; omit --as-of");
    if (!asked->has_within) {
        asked->within = DUE_ITEMS_WITHIN;
        asked->has_within = true;
    }
    log_open(LOG_INFO);
    d.program = command_extra(args, "no-mail") == NULL ? mail_program() : NULL;
    if (ask_today(c, &d, e) != OK || sender(c, &d.from, e) != OK || find(c, &asked->holder, &all, e) != OK)
        return e->code;
    const struct cooperative *rows = all.rows.rows;
    for (size_t i = 0; i < all.rows.n && e->code == OK; i++)
        digest_tell(&d, &rows[i], e);
    c->exit_status = d.failed > 0 ? EXIT_PARTIAL : 0;
    return e->code;
}

static int run(struct client *c, struct args *args, struct err *e)
{
    if (args->command.id != COMMAND_due_digest)
        return err_set(e, ERR_NO_METHOD, NULL, "run this program as sme-ctl due digest");
    return tell_all(c, args, e);
}

int main(int argc, char **argv)
{
    return program_main(argc, argv, run);
}
