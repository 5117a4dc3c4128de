/* Brings a database to the schema this program was built with. Each step runs in one transaction and
 * leaves its number, name and SHA-256 in the table migration; a step once released is never edited,
 * so a database with other steps than ours, or more of them, is refused. */
#pragma once

#include "daemon/store/store.h"

/* Applies what is missing. Writer, outside a transaction. */
int migrate_up(struct store *s, const struct migration *steps, int n, struct err *e);
/* Only compares: for a reader. */
int migrate_check(struct store *s, const struct migration *steps, int n, struct err *e);
