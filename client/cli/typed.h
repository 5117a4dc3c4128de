/* SPDX-License-Identifier: Apache-2.0 */
/* The parameters as typed, so that an error can name the option instead of the field on the wire. */
#pragma once

#include "client/cli/command.h"

/* Notes that the field was given: option '--due-on' as typed, NULL for an argument. */
void typed_note(struct args *args, const struct field *field, const char *option, const char *value);
/* The place of an error: '--action OWNER' for actions[0].owner, 'HOLDER' for an argument, '--on' for an option that was
 * not given; the path itself if it is not a parameter of the command. In the arena, or path. */
const char *typed_place(const struct args *args, const char *path, struct arena *a);
