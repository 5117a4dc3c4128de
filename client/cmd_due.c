#include "client/cmd.h"
#include "client/due_items.h"
#include "client/due_view.h"
#include "client/xmalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A calendar looks a year ahead. */
enum { CALENDAR_WITHIN = 366 };

const struct extra cmd_due_extras[] = {
    { .name = "ics", .doc = "Write a calendar (iCalendar) instead; a year ahead where --within does not say how far" },
    { "output", "FILE", "Write the calendar to this file", 'o', false },
    { 0 },
};

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

/* Whoever reads the file finds the old calendar or the new one, never half of it. */
static int write_file(struct client *c, const struct due_items *due, const char *file, struct err *e)
{
    const char *part = xmalloc_printf(&c->arena, "%s.part", file);
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return err_set(e, ERR_INVALID_PARAM, NULL, "%s: %s", part, strerror(errno));
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
    if (c->settings.format != SETTINGS_TABLE)
        return err_set(e, ERR_NO_METHOD, NULL, "--ics excludes --json, --jsonl and --csv");
    if (!params->has_within) {
        params->within = CALENDAR_WITHIN;
        params->has_within = true;
    }
    if (due_items_fetch(c, params, &due, e) != OK)
        return e->code;
    return file != NULL ? write_file(c, &due, file, e) : write_calendar(c, &due, STDOUT_FILENO, e);
}

int cmd_due_run(struct client *c, struct args *args, struct err *e)
{
    struct due_list *params = args->params;
    struct due_items due;
    if (command_extra(args, "ics") != NULL)
        return run_calendar(c, args, e);
    if (command_extra(args, "output") != NULL)
        return err_set(e, ERR_NO_METHOD, NULL, "--output goes with --ics");
    if (c->settings.format != SETTINGS_TABLE)
        return cmd_method_write(c, args->command.method, params, e);
    if (due_items_fetch(c, params, &due, e) == OK)
        due_view_put(&c->out, due.items, due.n, params->within, &c->arena);
    return e->code;
}
