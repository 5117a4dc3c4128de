/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cli/program.h"

#include "client/cli/args.h"
#include "client/cli/typed.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* An error names the option or argument with the wrong value. */
static void complain(const struct args *args, const struct err *e, struct arena *a)
{
    const char *place = typed_place(args, e->field, a);
    const char *message = e->message[0] != '\0' ? e->message : api_error(e->code)->doc;
    struct buf b;
    buf_init(&b, SIZE_MAX);
    out_visible(&b, place, strlen(place));
    buf_text(&b, *place != '\0' ? ": " : "");
    out_visible(&b, message, strlen(message));
    fprintf(stderr, "sme-ctl: %.*s\n", (int)b.size, (const char *)b.data);
    buf_fini(&b);
}

static void connect_as_told(struct client *c)
{
    rpc_init(&c->rpc);
    if (c->settings.socket != NULL) {
        c->rpc.socket = c->settings.socket;
        c->rpc.host = NULL;
    }
    if (c->settings.host != NULL)
        c->rpc.host = c->settings.host;
    c->rpc.timeout_ms = c->settings.timeout_s * 1000;
}

int program_main(int argc, char **argv, int (*run)(struct client *c, struct args *args, struct err *e))
{
    static struct client c;
    struct args args;
    struct err e = { 0 };
    arena_init(&c.arena, SIZE_MAX);
    int code = args_parse(&args, &c.settings, &c.arena, argc > 0 ? argc - 1 : 0, argv + 1, &e);
    out_init(&c.out, STDOUT_FILENO, c.settings.color, !c.settings.no_pager);
    connect_as_told(&c);
    if (code == OK)
        code = run(&c, &args, &e);
    if (code != OK)
        buf_clear(&c.out.b);
    bool written = out_finish(&c.out);
    if (code != OK)
        complain(&args, &e, &c.arena);
    rpc_fini(&c.rpc);
    arena_reset(&c.arena);
    return code != OK ? api_error(code)->exit : !written ? 1 : c.exit_status;
}
