/* SPDX-License-Identifier: Apache-2.0 */
/* Commands that are one call: its answer is written as the settings say. */
#pragma once

#include "client/cmd/cmd.h"

/* Calls the method, and writes its record or all its pages. */
int cmd_method_write(struct client *c, const struct method *m, void *params, struct err *e);
/* Asks for the record that a view of its own shows, a zeroed struct. False: there is nothing to show, since it was
 * written in another format than that for people, or *e says why. */
bool cmd_method_ask(struct client *c, struct args *args, void *record, struct err *e);
/* ERR_NO_METHOD names what is required and missing. */
int cmd_method_check(const struct args *args, struct err *e);
