/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/sqlgen/sqlgen.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool is_same(const char *path, const struct text *text)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return false;
    size_t i = 0;
    int c;
    while ((c = getc(f)) != EOF && i < text->size && (unsigned char)text->chars[i] == c)
        i++;
    fclose(f);
    return c == EOF && i == text->size;
}

void write_file(const char *path, const struct text *text)
{
    struct place at = { path, 0 };
    if (is_same(path, text))
        return;
    FILE *out = fopen(path, "wb");
    if (out == NULL)
        fail(at, "cannot be written");
    bool bad = fwrite(text->chars, 1, text->size, out) != text->size;
    if (fclose(out) != 0 || bad)
        fail(at, "cannot be written");
}

static void add_literal(struct text *out, const char *literal)
{
    text_print(out, "\n    \"");
    for (const char *p = literal; *p != '\0'; p++) {
        if (*p == '\n')
            text_print(out, p[1] == '\0' ? "\\n" : "\\n\"\n    \"");
        else if (*p == '"' || *p == '\\')
            text_print(out, "\\%c", *p);
        else if ((unsigned char)*p < ' ' || (unsigned char)*p > '~')
            text_print(out, "\\%03o", (unsigned)(unsigned char)*p);
        else
            text_add(out, p, 1);
    }
    text_add(out, "\"", 1);
}

static void add_parameter(struct text *out, const struct parameter *m)
{
    if (m->optional)
        text_print(out, ", bool has_%s", m->name);
    if (m->type == TYPE_CHOICE)
        text_print(out, ", enum %s %s", api_enums[m->of].name, m->name);
    else
        text_print(out, ", %s%s", type_words[m->type].ctype, m->name);
}

static void add_value(struct text *out, const struct parameter *m)
{
    const char *name = m->name;
    if (m->optional)
        text_print(out, "v_opt_int(has_%s, %s)", name, name);
    else if (m->type == TYPE_CHOICE)
        text_print(out, "v_choice(ENUM_%s, (int)%s)", api_enums[m->of].name, name);
    else if (m->type == TYPE_MONEY)
        text_print(out, "v_minor(%s), v_currency(&%s)", name, name);
    else
        text_print(out, "%s(%s)", type_words[m->type].bind, name);
}

/* Whether an earlier query has already named the columns. */
static bool is_named(const struct query *q)
{
    for (const struct query *other = all.queries; q->row != NULL && other < q; other++)
        if (other->row != NULL && strcmp(other->row, q->row) == 0)
            return true;
    return false;
}

static void add_columns(struct text *out, const struct query *q)
{
    text_print(out, "enum {\n");
    for (size_t i = 0; i < q->n_columns; i++) {
        text_print(out, "    ");
        for (const char *p = q->row != NULL ? q->row : q->name; *p != '\0'; p++)
            text_print(out, "%c", toupper((unsigned char)*p));
        text_print(out, "_%s,\n", q->columns[i]);
    }
    text_print(out, "};\n");
}

static void add_query(struct text *out, const struct query *q)
{
    text_print(out, "\nextern const struct query QUERY_%s;\n", q->name);
    if (q->n_columns > 0 && !is_named(q))
        add_columns(out, q);
    text_print(out, "static inline struct stmt *query_%s(struct store *store", q->name);
    for (size_t i = 0; i < q->n_parameters; i++)
        add_parameter(out, &q->parameters[i]);
    text_print(out, ")\n{\n    return store_query(store, &QUERY_%s, ", q->name);
    if (q->n_parameters == 0) {
        text_print(out, "NULL, 0);\n}\n");
        return;
    }
    text_print(out, "(const struct value[]){ ");
    for (size_t i = 0; i < q->n_parameters; i++) {
        if (i > 0)
            text_print(out, ", ");
        add_value(out, &q->parameters[i]);
    }
    text_print(out, " }, %zu);\n}\n", q->n_values);
}

static void write_header(const char *folder, const struct query_file *file)
{
    struct text out = { 0 }, path = { 0 };
    text_print(&out,
               "/* Made by sqlgen: the queries of %s. */\n#pragma once\n\n#include \"daemon/store/store.h\"\n#include "
               "\"daemon/store/value.h\"\n",
               file->stem);
    for (size_t i = file->first; i < file->first + file->n; i++)
        add_query(&out, &all.queries[i]);
    text_print(&path, "%s/query/%s.h", folder, file->stem);
    write_file(path.chars, &out);
}

static void add_object(struct text *out, const struct query *q, size_t index)
{
    text_print(
        out,
        "\nconst struct query QUERY_%s = {\n    .index = %zu, .name = \"%s\", .parameters = %zu, .columns = %zu,\n",
        q->name, index, q->name, q->n_values, q->n_columns);
    if (q->record != RECORD_NONE)
        text_print(out, "    .record = RECORD_%s,\n", api_records[q->record].name);
    text_print(out, "    .text =");
    add_literal(out, q->text);
    text_print(out, ",\n};\n");
}

static void write_queries(const char *folder)
{
    struct text out = { 0 }, path = { 0 };
    text_print(&out, "/* Made by sqlgen from schema/query. */\n#include \"daemon/store/inner.h\"\n");
    for (size_t i = 0; i < all.n_queries; i++)
        text_print(&out, "extern const struct query QUERY_%s;\n", all.queries[i].name);
    for (size_t i = 0; i < all.n_queries; i++)
        add_object(&out, &all.queries[i], i + 1);
    text_print(&out, "\nconst struct query *const store_queries[] = {\n    NULL,\n");
    for (size_t i = 0; i < all.n_queries; i++)
        text_print(&out, "    &QUERY_%s,\n", all.queries[i].name);
    text_print(&out, "};\nconst size_t store_query_count = %zu;\n", all.n_queries + 1);
    text_print(&path, "%s/queries.c", folder);
    write_file(path.chars, &out);
}

static void write_migrations(const char *folder, const char *driver)
{
    struct text out = { 0 }, path = { 0 };
    text_print(&out, "/* Made by sqlgen from schema/%s. */\n#include \"daemon/store/migrate.h\"\n\n", driver);
    text_print(&out, "static const struct migration steps[] = {");
    for (size_t i = 1; i < all.n_migrations; i++) {
        text_print(&out, "\n    { %zu, \"%s\",", i, all.migrations[i].name);
        add_literal(&out, all.migrations[i].text);
        text_print(&out, " },");
    }
    text_print(&out, "\n};\n\nconst struct schema %s_schema = {\n    .steps = steps, .n = %zu,\n    .table =", driver,
               all.n_migrations - 1);
    add_literal(&out, all.migrations[0].text);
    text_print(&out, ",\n};\n");
    text_print(&path, "%s/%s.c", folder, driver);
    write_file(path.chars, &out);
}

void write_all(const char *folder, const char *driver)
{
    for (size_t i = 0; i < all.n_files; i++)
        if (all.files[i].n > 0)
            write_header(folder, &all.files[i]);
    write_queries(folder);
    write_migrations(folder, driver);
}
