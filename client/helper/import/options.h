/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of sme-ctl import. */
#pragma once

#include "client/helper/import/noun.h"
#include "common/arena.h"

struct options {
    const struct noun_import *noun;
    const char *file, *map, *edition, *cooperative, *kind, *errors;
    size_t batch_rows;
    bool dry_run, help;
};

/* False, with the reason on standard error, if it is invalid. Texts of --standard and --edition are joined in the
 * arena. */
bool options_parse(struct options *ret, int argc, char **argv, struct arena *a);
void options_print_help(void);
