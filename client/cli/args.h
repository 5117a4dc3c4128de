/* SPDX-License-Identifier: Apache-2.0 */
/* From the words of a command line to a command, its parameters and the settings. */
#pragma once

#include "client/cli/command.h"

/* argv without the program's name. Everything is kept in the arena or borrowed from argv.
 * ret->command.id is COMMAND_NONE where no command was named. ERR_NO_METHOD: the words are wrong;
 * ERR_INVALID_PARAM: a value is, with its field. With --help nothing more is asked for. */
int args_parse(struct args *ret, struct settings *s, struct arena *a, int argc, char **argv, struct err *e);
