/* SPDX-License-Identifier: Apache-2.0 */
/* Generates C from the queries and migrations, at build time:
 *
 *   sqlgen FOLDER QUERY.sql... -- ENGINE MIGRATION.sql...
 *
 * A query file holds blocks of a line "-- name: ..." and one statement; other comments are dropped.
 *
 *   -- name: team_list(audit id, planned bool)
 *   -- record: audit_member
 *   SELECT p.code AS person, m.role FROM ... WHERE m.audit_id = $audit AND m.planned = $planned
 *
 * The heading declares the parameters, in C's order, and may continue in the comments below until the bracket closes.
 * Their types are those of declare.c: id, int, bool, text, scope, blob, date, instant, money and "choice ENUMERATION";
 * an int or bool with "?" is optional. Every query is prepared by SQLite in a database made by the migrations; each of
 * its columns has a unique name, and with "-- record: x" the first columns fill the record x of common/api.
 * FOLDER/query/team.h then has for each query of team.sql
 *
 *   enum { TEAM_LIST_person, TEAM_LIST_role };
 *   struct stmt *query_team_list(struct store *store, int64_t audit, bool planned);
 *
 * "-- row: member_period" in several queries of a file says that they have the same columns, which C then reads by
 * MEMBER_PERIOD_id instead, whichever of them it started.
 *
 * "-- fragment: member_on(m, day)" in any of the files begins part of a statement, which replaces "@member_on(x,
 * $today)" in a query or another fragment: $m becomes x and $day the caller's $today. "@set(audit_kind, visit)" is the
 * list of a set of common/api/enum.def, as ('stage_2', ...). expand.c has the rules.
 *
 * If common/api/noun.def is among the files, each of its rows becomes the queries that find the noun, in
 * FOLDER/query/noun.h.
 *
 * Refused, with file and line: what the two database engines do not both understand, and anything declared but not
 * used, or used but not declared. Migrations are named NNNN_name.sql and numbered from 1 without gaps; 0000 creates the
 * table that counts them. In a new one, "CHECK (state IN @check(audit_state, 4))" lists the first four values. */
#include "schema/sqlgen/sqlgen.h"

#include <stdio.h>
#include <string.h>

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

int main(int argc, char **argv)
{
    int i = 2;
    arena_init(&arena, (size_t)1 << 30);
    for (; i < argc && strcmp(argv[i], "--") != 0; i++)
        (ends_with(argv[i], "noun.def") ? lookup_read : read_queries)(argv[i]);
    if (i + 2 >= argc) {
        fputs("usage: sqlgen FOLDER QUERY.sql... -- ENGINE MIGRATION.sql...\n", stderr);
        return 64;
    }
    const char *engine = argv[i + 1];
    for (i += 2; i < argc; i++)
        read_migration(argv[i]);
    for (size_t k = 0; k < all.n_queries; k++) {
        expand_query(&all.queries[k]);
        check_query(&all.queries[k]);
    }
    expand_unused();
    engine_check();
    write_all(argv[1], engine);
    arena_reset(&arena);
    return 0;
}
