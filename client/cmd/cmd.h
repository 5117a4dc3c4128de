/* SPDX-License-Identifier: Apache-2.0 */
/* One function for each command in client/cli/command.def; without one sme-ctl does not link. It returns the code in *e
 * and writes its answer to c->out. */
#pragma once

#include "client/cli/command.h"

#define COMMAND(id, place, noun, verb, method, run, how, words, doc)                                                   \
    int run(struct client *c, struct args *args, struct err *e);
#include "client/cli/command.def"

/* Runs the command that args name. */
int cmd_run(struct client *c, struct args *args, struct err *e);
