/* SPDX-License-Identifier: Apache-2.0 */
/* Commands that are one call: its answer is written as the settings say. */
#pragma once

#include "client/cmd/cmd.h"

/* Calls the method, and writes its record or all its pages. */
int cmd_method_write(struct client *c, const struct method *m, void *params, struct err *e);
/* Fetches the record for a command's own view into a zeroed struct. False: nothing to show, because it was written in
 * another format or failed with *e. */
bool cmd_method_ask(struct client *c, struct args *args, void *record, struct err *e);
/* The day that an answer tells of, from which days are counted: as the daemon says, for today is that of the register's
 * zone. An older one does not say, and its days are those of UTC. */
struct date cmd_method_day(struct date asked, struct date told);
/* ERR_NO_METHOD names missing required parameters. */
int cmd_method_check(const struct args *args, struct err *e);
