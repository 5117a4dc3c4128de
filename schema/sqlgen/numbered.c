/* SPDX-License-Identifier: Apache-2.0 */
/* Queries that do not declare their parameters: they number them, $1, $2, ..., and C binds them one by one with
 * STORE_QUERY. Where none is left, this file goes with its two functions, `typed` and queries.h. */
#include "schema/sqlgen/sqlgen.h"

#include <stdlib.h>

static void note(struct query *q, const char *p, bool seen[PARAMETERS_MAX + 1])
{
    char *end;
    long number = strtol(p + 1, &end, 10);
    if (end == p + 1 || number < 1 || number > PARAMETERS_MAX || text_is_word(*end))
        fail(q->at, "%s: a parameter is $1 to $%d", q->name, PARAMETERS_MAX);
    seen[number] = true;
    if ((size_t)number > q->n_values)
        q->n_values = (size_t)number;
}

void numbered_check(struct query *q)
{
    bool seen[PARAMETERS_MAX + 1] = { false };
    for (const char *p = q->text; !q->typed && *p != '\0';) {
        if (*p == '$')
            note(q, p, seen);
        p = *p == '\'' || *p == '"' ? text_skip_quoted(p) : p + 1;
    }
    for (size_t i = 1; !q->typed && i <= q->n_values; i++)
        if (!seen[i])
            fail(q->at, "%s: $%zu is not used, though $%zu is", q->name, i, q->n_values);
}

void numbered_write(const char *folder)
{
    struct text out = { 0 }, path = { 0 };
    text_print(&out, "/* Made by sqlgen: the queries that number their parameters. */\n#pragma once\n\n");
    for (size_t i = 0; i < all.n_queries; i++)
        if (!all.queries[i].typed)
            text_print(&out, "extern const struct query QUERY_%s;\n", all.queries[i].name);
    text_print(&path, "%s/queries.h", folder);
    write_file(path.chars, &out);
}
