/* SPDX-License-Identifier: Apache-2.0 */
/* A program with sme-ctl's command line: sme-ctl itself, and the helper programs to which it passes its words. It
 * parses them, runs the command, and turns a failure into a line on standard error and an exit status. */
#pragma once

#include "client/cli/command.h"

/* run returns the code in *e and writes its answer to c->out. Returns the exit status for main(). */
int program_main(int argc, char **argv, int (*run)(struct client *c, struct args *args, struct err *e));
