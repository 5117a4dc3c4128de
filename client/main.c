/* sme-ctl: parses the command line, runs the command, and turns what failed into a line on standard
 * error and an exit status. */
#include "client/cli/args.h"
#include "client/cli/help.h"
#include "client/cli/typed.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void put_help(struct client *c, const struct args *args)
{
    if (args->command.run != NULL)
        help_command(&c->out.b, &args->command);
    else if (args->command.noun[0] != '\0')
        help_noun(&c->out.b, args->command.noun);
    else
        help_main(&c->out.b);
}

static int run(struct client *c, struct args *args, struct err *e)
{
    if (c->settings.help) {
        put_help(c, args);
        return OK;
    }
    if (c->settings.version) {
        buf_text(&c->out.b, "sme-ctl " SMED_VERSION "\n");
        return OK;
    }
    if (args->command.run == NULL)
        return err_set(e, ERR_NO_METHOD, NULL, "which command? See sme-ctl --help");
    return args->command.run(c, args, e);
}

/* A value that is wrong is named as the option or the argument that gave it. */
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

int main(int argc, char **argv)
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
