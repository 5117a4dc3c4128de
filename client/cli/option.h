/* SPDX-License-Identifier: Apache-2.0 */
/* The options of a command from all sources: its method's parameters, its extras, and those that every command takes.
 * Names are written with '-' where fields have '_'. */
#pragma once

#include "client/cli/command.h"

enum option_kind { OPTION_PARAM = 1, OPTION_EXTRA, OPTION_SETTING };

struct option {
    enum option_kind kind;
    const char *name; /* as the field: with '_' */
    const char *doc;
    char letter;
    bool takes_value;
    const struct field *field;             /* of OPTION_PARAM */
    const struct extra *extra;             /* of OPTION_EXTRA */
    const struct settings_option *setting; /* of OPTION_SETTING */
};

/* The i-th option; false past the last. command NULL: only those that every command takes. */
bool option_at(const struct command *command, size_t i, struct option *ret);
/* By name or a unique prefix of it. ERR_NO_METHOD with advice if there is none. */
int option_find(const struct command *command, const char *name, size_t length, struct option *ret, struct err *e);
int option_find_letter(const struct command *command, char letter, struct option *ret, struct err *e);
/* '--joined-on', in the arena. */
const char *option_spelled(const char *name, struct arena *a);
/* 'JOINED_ON', as usage names an argument. */
const char *option_capitals(const char *name, struct arena *a);
/* What the parameter is, and its choices if it is one. */
const char *option_doc(const struct field *f, struct arena *a);
/* The n-th positional parameter; NULL past the last. */
const struct field *option_argument(const struct command *command, size_t n);
