/* SPDX-License-Identifier: Apache-2.0 */
/* sme-ctl: runs the command named by its words. */
#include "client/cli/help.h"
#include "client/cli/program.h"
#include "client/cmd/cmd.h"

static void put_help(struct client *c, const struct args *args)
{
    if (args->command.id != COMMAND_NONE)
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
    if (args->command.id == COMMAND_NONE)
        return err_set(e, ERR_NO_METHOD, NULL, "missing command; see sme-ctl --help");
    return cmd_run(c, args, e);
}

int main(int argc, char **argv)
{
    return program_main(argc, argv, run);
}
