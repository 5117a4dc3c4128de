/* SPDX-License-Identifier: Apache-2.0 */
/* Brings a database to the schema this program was built with. Each step runs in one transaction and
 * leaves its number, name and SHA-256 in the table migration; a step once released is never edited,
 * so a database with other steps than ours, or more of them, is refused. */
#pragma once

#include "daemon/store/store.h"

/* A step of the schema: applied once, in order, never edited afterwards. */
struct migration {
    int number;
    const char *name, *text;
};

/* All of an engine, which sqlgen makes of schema/sqlite: there is at least one. */
struct schema {
    const char *table; /* makes the table migration where it is not there */
    const struct migration *steps;
    int n;
};
extern const struct schema sqlite_schema;

/* Applies what is missing, at the time of clock. Writer, outside a transaction. */
int migrate_up(struct store *s, const struct schema *schema, const struct clock *clock, struct err *e);
/* Only compares: for a reader. */
int migrate_check(struct store *s, const struct schema *schema, struct err *e);
