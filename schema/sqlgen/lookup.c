/* SPDX-License-Identifier: Apache-2.0 */
/* Generates the contents of query/noun.sql from the rows of noun.def, which are compiled in: finding a thing by code,
 * prefix or number, and when it ended (ended.def). */
#include "schema/sqlgen/sqlgen.h"

#include <string.h>

static const int lines[NOUN_COUNT] = {
#define NOUN(id, ...) [NOUN_##id] = __LINE__,
#include "common/api/api.inc"
};

/* Selects this noun in a table shared by several: "AND t.kind = 'enterprise'". */
static const char *only(const struct noun_type *n)
{
    struct text condition = { 0 };
    if (strcmp(n->table, n->name) == 0)
        return "";
    text_print(&condition, " AND t.kind = '%s'", n->name);
    return condition.chars;
}

static void by_code(const struct noun_type *n, struct place at)
{
    struct text q = { 0 };
    text_print(&q,
               "-- name: lookup_%s(code text)\n-- row: lookup_code\n"
               "SELECT t.id, t.%s AS code FROM %s t WHERE t.%s = $code%s",
               n->name, n->key, n->table, n->key, only(n));
    read_text(at, q.chars);
}

/* Two rows are enough to show that the prefix is ambiguous. */
static void by_prefix(const struct noun_type *n, struct place at)
{
    struct text q = { 0 };
    text_print(&q,
               "-- name: lookup_%s_prefix(first text, past text%s)\n-- row: lookup_code\n"
               "SELECT t.id, t.%s AS code FROM %s t WHERE t.%s >= $first AND t.%s < $past%s%s ORDER BY t.%s LIMIT 2",
               n->name, n->scoped ? ", scope scope, today date" : "", n->key, n->table, n->key, n->key, only(n),
               n->scoped ? " AND @scope(t.id, $scope, $today)" : "", n->key);
    read_text(at, q.chars);
}

/* The column, or NULL of its type if the noun has none. */
static void add_column(struct text *q, const char *column, const char *type, const char *name)
{
    if (column[0] != '\0')
        text_print(q, ", t.%s AS %s", column, name);
    else
        text_print(q, ", CAST(NULL AS %s) AS %s", type, name);
}

static void by_number(const struct noun_type *n, struct place at)
{
    struct text q = { 0 };
    text_print(&q, "-- name: lookup_%s(number id)\n-- row: lookup_number\nSELECT t.id", n->name);
    add_column(&q, n->scope, "BIGINT", "holder");
    add_column(&q, n->born, "TEXT", "born");
    text_print(&q, " FROM %s t WHERE t.id = $number", n->table);
    read_text(at, q.chars);
}

static void by_end(const struct noun_type *n, const struct noun_end *end, struct place at)
{
    struct text q = { 0 };
    text_print(&q, "-- name: ended_%s(number id)\n-- row: ended_day\nSELECT %s AS on_day", n->name, end->day);
    add_column(&q, n->letters[0] == '\0' ? n->key : "", "TEXT", "code");
    text_print(&q, " FROM %s t WHERE t.id = $number", n->table);
    read_text(at, q.chars);
}

void lookup_read(const char *path)
{
    read_begin(path, "noun");
    for (int noun = NOUN_NONE + 1; noun < NOUN_COUNT; noun++) {
        const struct noun_type *n = &api_nouns[noun];
        struct place at = { path, lines[noun] };
        if (api_noun_ends[noun].day != NULL)
            by_end(n, &api_noun_ends[noun], at);
        if (n->letters[0] != '\0') {
            by_number(n, at);
            continue;
        }
        by_code(n, at);
        by_prefix(n, at);
    }
}
