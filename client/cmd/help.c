/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cli/help.h"
#include "client/cmd/cmd.h"

int cmd_help_run(struct client *c, struct args *args, struct err *e)
{
    char noun[COMMAND_NOUN];
    struct command command;
    if (args->n_words == 0) {
        help_main(&c->out.b);
        return OK;
    }
    if (command_complete_noun(args->words[0], noun, e) != OK)
        return e->code;
    if (args->n_words > 1 && command_complete_verb(noun, args->words[1], &command, e) != OK)
        return e->code;
    if (args->n_words > 1 || command_get(noun, NULL, &command))
        help_command(&c->out.b, &command);
    else
        help_noun(&c->out.b, noun);
    return OK;
}
