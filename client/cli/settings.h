/* SPDX-License-Identifier: Apache-2.0 */
/* The values of the options that every command takes. */
#pragma once

#include "client/write/writer.h"
#include "common/err.h"

struct settings {
    const char *socket, *host; /* NULL: from the environment */
    struct writer_style style;
    enum out_color color;
    bool no_pager, help, version;
    int64_t limit; /* rows in all; 0 for no limit */
    int timeout_s; /* 0: the defaults */
};

struct settings_option {
    const char *name, *placeholder, *doc; /* placeholder NULL: a flag */
    char letter;                          /* 0: none */
    bool lists;                           /* only for commands that list */
    const char *const *choices;           /* ends with NULL; NULL: any value */
};

extern const struct settings_option settings_options[];
extern const size_t settings_n_options;

/* value: NULL for a flag. */
int settings_apply(struct settings *s, const struct settings_option *option, const char *value, struct err *e);
