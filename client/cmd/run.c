/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/cmd.h"

typedef int run(struct client *c, struct args *args, struct err *e);

static run *const runs[COMMAND_COUNT] = {
    [COMMAND_PLAIN] = cmd_method_run,
#define COMMAND(id, place, noun, verb, method, run, how, words, doc) [COMMAND_##id] = run,
#include "client/cli/command.def"
};

int cmd_run(struct client *c, struct args *args, struct err *e)
{
    return runs[args->command.id](c, args, e);
}
