/* SPDX-License-Identifier: Apache-2.0 */
/* Parses the words of a command line into a command, its parameters and the settings. */
#pragma once

#include "client/cli/command.h"

/* argv without the program's name. Everything is kept in the arena or borrowed from argv. ret->command.id is
 * COMMAND_NONE if no command was named. ERR_NO_METHOD: wrong words; ERR_INVALID_PARAM: a wrong value, with its field.
 * With --help nothing else is required. */
int args_parse(struct args *ret, struct settings *s, struct arena *a, int argc, char **argv, struct err *e);
