/* SPDX-License-Identifier: Apache-2.0 */
#include "client/call/due_items.h"
#include "client/cmd/helper.h"
#include "client/cmd/method.h"
#include "client/view/due_view.h"
#include "client/xmalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A calendar looks a year ahead. */
enum { CALENDAR_WITHIN = 366 };

static int write_calendar(struct client *c, const struct due_items *due, int fd, struct err *e)
{
    struct buf packed;
    buf_init(&packed, SIZE_MAX);
    int code = codec_pack_list(RECORD_due_item, due->items, due->n, &packed, e);
    if (code == OK)
        code = cmd_helper_feed(c, "sme-ctl-due", &packed, fd, e);
    buf_fini(&packed);
    return code;
}

/* Readers of the file see the old calendar or the new one, never half of it. */
static int write_file(struct client *c, const struct due_items *due, const char *file, struct err *e)
{
    const char *part = xmalloc_printf(&c->arena, "%s.part", file);
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return err_set(e, ERR_INVALID_PARAM, NULL, "%s: %s", file, strerror(errno));
    int code = write_calendar(c, due, fd, e);
    if (code == OK && (fsync(fd) != 0 || rename(part, file) != 0))
        code = err_set(e, ERR_INTERNAL, NULL, "%s: %s", file, strerror(errno));
    close(fd);
    if (code != OK)
        unlink(part);
    return code;
}

static int run_calendar(struct client *c, struct args *args, struct err *e)
{
    struct due_list *params = args->params;
    struct due_items due;
    const char *file = command_extra(args, "output");
    if (c->settings.style.format != WRITER_TABLE)
        return err_set(e, ERR_NO_METHOD, NULL, "--ics cannot be combined with --json, --jsonl or --csv");
    if (!params->has_within) {
        params->within = CALENDAR_WITHIN;
        params->has_within = true;
    }
    if (due_items_fetch(&c->rpc, params, c->settings.limit, &c->arena, &due, e) != OK)
        return e->code;
    return file != NULL ? write_file(c, &due, file, e) : write_calendar(c, &due, STDOUT_FILENO, e);
}

/* A notice is recorded only by those who saw the list: reading changes nothing. */
static int acknowledge(struct client *c, const struct due_list *asked, const struct due_items *due, struct err *e)
{
    struct notice notice = { 0 };
    struct due_notify params = { .holder = asked->holder,
                                 .channel = NOTICE_SHOWN,
                                 .within = asked->within,
                                 .has_within = true,
                                 .standard = asked->standard,
                                 .kind = asked->kind,
                                 .items = (int64_t)due->n,
                                 .has_items = true };
    if (rpc_call(&c->rpc, &api_methods[METHOD_due_notify], &params, &c->arena, &notice, e) == OK)
        buf_printf(&c->out.b, "Recorded as %s.\n", notice.notice.text);
    return e->code;
}

static int check_acknowledge(const struct client *c, const struct due_list *asked, struct err *e)
{
    if (asked->holder.text == NULL)
        return err_set(e, ERR_NO_METHOD, NULL,
                       "--acknowledge needs NAME: the cooperative or enterprise whose list you have seen");
    if (date_is_set(asked->as_of) || c->settings.limit > 0 || c->settings.style.format != WRITER_TABLE)
        return err_set(e, ERR_NO_METHOD, NULL,
                       "--acknowledge records today's whole list; omit the output and selection options");
    return OK;
}

int cmd_due_run(struct client *c, struct args *args, struct err *e)
{
    struct due_list *params = args->params;
    struct due_items due;
    if (command_extra(args, "ics") != NULL)
        return run_calendar(c, args, e);
    if (command_extra(args, "output") != NULL)
        return err_set(e, ERR_NO_METHOD, NULL, "--output needs --ics");
    bool seen = command_extra(args, "acknowledge") != NULL;
    if (seen && check_acknowledge(c, params, e) != OK)
        return e->code;
    if (c->settings.style.format != WRITER_TABLE)
        return cmd_method_write(c, args->command.method, params, e);
    if (due_items_fetch(&c->rpc, params, c->settings.limit, &c->arena, &due, e) != OK)
        return e->code;
    due_view_put(&c->out, due.items, due.n, params->within, &c->arena);
    return seen ? acknowledge(c, params, &due, e) : OK;
}
