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

/* The thing of a folded code, which stands beside it. */
static void folded(struct text *q, const struct noun_type *n, const char *condition)
{
    text_print(q, "SELECT t.id, t.%s AS code FROM folded_code f JOIN %s t ON t.id = f.id WHERE f.noun = '%s' AND %s%s",
               n->key, n->table, n->table, condition, only(n));
}

/* By the folded code: two rows are enough to show that several share it. */
static void by_folded(const struct noun_type *n, struct place at)
{
    struct text q = { 0 };
    text_print(&q, "-- name: lookup_%s_folded(folded text)\n-- row: lookup_code\n", n->name);
    folded(&q, n, "f.folded = $folded");
    text_print(&q, " ORDER BY f.id LIMIT 2");
    read_text(at, q.chars);
}

/* By the beginning of the folded code: two rows are enough to show that it is ambiguous. */
static void by_prefix(const struct noun_type *n, struct place at)
{
    struct text q = { 0 };
    text_print(&q, "-- name: lookup_%s_prefix(first text, past text%s)\n-- row: lookup_code\n", n->name,
               n->scoped ? ", scope scope, today date" : "");
    folded(&q, n, "f.folded >= $first AND f.folded < $past");
    text_print(&q, "%s ORDER BY f.folded, f.id LIMIT 2", n->scoped ? " AND @scope(t.id, $scope, $today)" : "");
    read_text(at, q.chars);
}

/* All of a table in parts, by number. */
static void all_after(const struct noun_type *n, struct place at)
{
    struct text q = { 0 };
    if (only(n)[0] != '\0')
        return;
    text_print(&q,
               "-- name: lookup_%s_after(after int, limit int)\n-- row: lookup_code\n"
               "SELECT t.id, t.%s AS code FROM %s t WHERE t.id > $after ORDER BY t.id LIMIT $limit",
               n->name, n->key, n->table);
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
        by_folded(n, at);
        by_prefix(n, at);
        all_after(n, at);
    }
}
