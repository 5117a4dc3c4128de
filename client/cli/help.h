/* SPDX-License-Identifier: Apache-2.0 */
/* Help generated from the tables, within 80 columns. */
#pragma once

#include "client/cli/command.h"

void help_main(struct buf *b);
void help_noun(struct buf *b, const char *noun);
void help_command(struct buf *b, const struct command *command);
