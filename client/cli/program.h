/* SPDX-License-Identifier: Apache-2.0 */
/* A program whose command line is the one of sme-ctl: sme-ctl itself, and the helper programs that it hands its words
 * on to. It parses them, runs what they ask for, and turns what failed into a line on standard error and an exit
 * status. */
#pragma once

#include "client/cli/command.h"

/* run returns the code in *e; its answer has gone to c->out. The status for main() to end with. */
int program_main(int argc, char **argv, int (*run)(struct client *c, struct args *args, struct err *e));
