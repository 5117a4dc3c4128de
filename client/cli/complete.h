/* SPDX-License-Identifier: Apache-2.0 */
/* Command-line completion, for the shells. */
#pragma once

#include "client/cli/command.h"

/* words: the command line after the program's name; the last one is being typed and may be empty. Prints a line for
 * each candidate, with a TAB and its meaning. Names come from the daemon if it answers quickly. */
void complete_words(struct client *c, char **words, int n);
