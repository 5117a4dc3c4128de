/* SPDX-License-Identifier: Apache-2.0 */
/* What each command does: a function for each that client/cli/command.def names; without one sme-ctl does not link. It
 * returns the code in *e; the answer has gone to c->out. */
#pragma once

#include "client/cli/command.h"

#define COMMAND(id, place, noun, verb, method, run, how, words, doc)                                                   \
    int run(struct client *c, struct args *args, struct err *e);
#include "client/cli/command.def"

/* Runs the command that args name. */
int cmd_run(struct client *c, struct args *args, struct err *e);
