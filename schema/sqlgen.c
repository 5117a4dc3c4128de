/* Gathers the queries and migrations into C, at build time:
 *
 *   sqlgen OUT.h OUT.c QUERY.sql... -- MIGRATION.sql...
 *
 * A query file holds blocks of a line "-- name: x" and one statement; comments are dropped. What the
 * two database engines do not both understand is refused here, with file and line. Migrations are
 * named NNNN_name.sql and numbered from 1 without gaps. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUERIES_MAX = 1000, MIGRATIONS_MAX = 200, PARAMETERS_MAX = 64, TEXT_MAX = 1 << 20 };

struct query {
    char *name, *text;
    const char *file;
    int line, parameters;
};

struct migration {
    char *name, *text;
    long number;
};

static struct query queries[QUERIES_MAX];
static size_t n_queries;
static struct migration migrations[MIGRATIONS_MAX];
static size_t n_migrations;

__attribute__((format(printf, 3, 4), noreturn)) static void fail(const char *file, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static void *keep(void *memory)
{
    if (memory == NULL)
        fail("sqlgen", 0, "out of memory");
    return memory;
}

static char *read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        fail(path, 0, "cannot be read");
    char *text = keep(malloc(TEXT_MAX));
    size_t size = fread(text, 1, TEXT_MAX, f);
    fclose(f);
    if (size == TEXT_MAX)
        fail(path, 0, "is too big");
    text[size] = '\0';
    return keep(realloc(text, size + 1));
}

/* The text of a quoted name or string, from its opening quote; what stands in it is data. */
static const char *skip_quoted(const struct query *q, const char *p)
{
    const char *end = strchr(p + 1, *p);
    if (end == NULL)
        fail(q->file, q->line, "%s: a quote is not closed", q->name);
    return end + 1;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static bool starts_with_word(const char *p, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i < n; i++)
        if (tolower((unsigned char)p[i]) != word[i])
            return false;
    return !is_word(p[n]);
}

/* What only one of the engines understands, or understands otherwise. */
static void refuse_word(const struct query *q, const char *p)
{
    static const char *const words[] = { "rowid",  "datetime",      "strftime",   "julianday", "unixepoch",    "glob",
                                         "ifnull", "group_concat",  "string_agg", "printf",    "json_extract", "upper",
                                         "lower",  "autoincrement", "true",       "false" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (starts_with_word(p, words[i]))
            fail(q->file, q->line, "%s: '%s' is not in the language that both engines speak", q->name, words[i]);
    if (starts_with_word(p, "insert or") || starts_with_word(p, "replace into"))
        fail(q->file, q->line, "%s: write ON CONFLICT", q->name);
}

static const char *note_parameter(struct query *q, const char *p, bool seen[PARAMETERS_MAX + 1])
{
    char *end;
    long number = strtol(p + 1, &end, 10);
    if (end == p + 1 || number < 1 || number > PARAMETERS_MAX || is_word(*end))
        fail(q->file, q->line, "%s: a parameter is $1 to $%d", q->name, PARAMETERS_MAX);
    seen[number] = true;
    if (number > q->parameters)
        q->parameters = (int)number;
    return end;
}

static const char *check_mark(const struct query *q, const char *p)
{
    if (p[0] == ':' && p[1] == ':')
        fail(q->file, q->line, "%s: write CAST(x AS type), not ::", q->name);
    if (*p == '?')
        fail(q->file, q->line, "%s: parameters are $1, $2, ...", q->name);
    if (*p == ';')
        fail(q->file, q->line, "%s: one statement a query", q->name);
    return p + 1;
}

static void check_query(struct query *q)
{
    bool seen[PARAMETERS_MAX + 1] = { false };
    const char *p = q->text;
    while (*p != '\0') {
        if (*p == '\'' || *p == '"') {
            p = skip_quoted(q, p);
        } else if (*p == '$') {
            p = note_parameter(q, p, seen);
        } else if (is_word(*p)) {
            refuse_word(q, p);
            while (is_word(*p))
                p++;
        } else {
            p = check_mark(q, p);
        }
    }
    for (int i = 1; i <= q->parameters; i++)
        if (!seen[i])
            fail(q->file, q->line, "%s: $%d is not used, though $%d is", q->name, i, q->parameters);
    if (*q->text == '\0')
        fail(q->file, q->line, "%s: there is no statement", q->name);
}

/* Drops blanks and one semicolon at the end. */
static void trim(char *text)
{
    size_t n = strlen(text);
    while (n > 0 && isspace((unsigned char)text[n - 1]))
        n--;
    if (n > 0 && text[n - 1] == ';')
        n--;
    text[n] = '\0';
}

static struct query *begin_query(const char *file, int line, const char *name)
{
    size_t length = 0;
    while (islower((unsigned char)name[length]) || isdigit((unsigned char)name[length]) || name[length] == '_')
        length++;
    if (length == 0 || name[length] != '\0')
        fail(file, line, "a query is named in lower case, digits and _: '%s'", name);
    for (size_t i = 0; i < n_queries; i++)
        if (strcmp(queries[i].name, name) == 0)
            fail(file, line, "%s is also in %s:%d", name, queries[i].file, queries[i].line);
    if (n_queries == QUERIES_MAX)
        fail(file, line, "more than %d queries", QUERIES_MAX);
    struct query *q = &queries[n_queries++];
    *q = (struct query){ .name = keep(strdup(name)), .text = keep(strdup("")), .file = file, .line = line };
    return q;
}

/* Where a comment begins in the line, or its end. */
static size_t without_comment(const char *line)
{
    char quote = '\0';
    size_t i = 0;
    for (; line[i] != '\0'; i++) {
        if (quote != '\0')
            quote = line[i] == quote ? '\0' : quote;
        else if (line[i] == '\'' || line[i] == '"')
            quote = line[i];
        else if (line[i] == '-' && line[i + 1] == '-')
            break;
    }
    while (i > 0 && isspace((unsigned char)line[i - 1]))
        i--;
    return i;
}

static void add_line(struct query *q, const char *line)
{
    size_t size = without_comment(line), before = strlen(q->text);
    if (size == 0)
        return;
    q->text = keep(realloc(q->text, before + size + 2));
    if (before > 0)
        q->text[before++] = '\n';
    memcpy(q->text + before, line, size);
    q->text[before + size] = '\0';
}

static void read_queries(const char *file)
{
    static const char mark[] = "-- name: ";
    char *text = read_file(file), *rest = text;
    struct query *q = NULL;
    size_t first = n_queries;
    for (int number = 1; rest != NULL; number++) {
        char *line = strsep(&rest, "\n");
        if (strncmp(line, mark, sizeof mark - 1) == 0)
            q = begin_query(file, number, line + sizeof mark - 1);
        else if (q != NULL)
            add_line(q, line);
        else if (without_comment(line) > 0)
            fail(file, number, "a statement stands before the first '%s'", mark);
    }
    free(text);
    for (size_t i = first; i < n_queries; i++) {
        trim(queries[i].text);
        check_query(&queries[i]);
    }
}

static void read_migration(const char *file)
{
    const char *base = strrchr(file, '/') != NULL ? strrchr(file, '/') + 1 : file;
    char *end, *dot;
    long number = strtol(base, &end, 10);
    if (end != base + 4 || *end != '_')
        fail(file, 0, "a migration is named NNNN_name.sql");
    if (n_migrations == MIGRATIONS_MAX || number != (long)n_migrations + 1)
        fail(file, 0, "expected number %zu here: migrations are numbered from 1 without gaps", n_migrations + 1);
    struct migration *m = &migrations[n_migrations++];
    *m = (struct migration){ .name = keep(strdup(base)), .text = read_file(file), .number = number };
    dot = strstr(m->name, ".sql");
    if (dot != NULL)
        *dot = '\0';
}

static void write_literal(FILE *out, const char *text)
{
    fputs("\n    \"", out);
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\n')
            fputs(p[1] == '\0' ? "\\n" : "\\n\"\n    \"", out);
        else if (*p == '"' || *p == '\\')
            fprintf(out, "\\%c", *p);
        else if ((unsigned char)*p < ' ' || (unsigned char)*p > '~')
            fprintf(out, "\\%03o", (unsigned)(unsigned char)*p);
        else
            fputc(*p, out);
    }
    fputc('"', out);
}

static void write_header(FILE *out)
{
    fputs("/* Made by sqlgen from schema/query and schema/sqlite. */\n#pragma once\n\n#include <stddef.h>\n\n"
          "enum query_id {\n",
          out);
    for (size_t i = 0; i < n_queries; i++)
        fprintf(out, "    QUERY_%s,\n", queries[i].name);
    fputs("    QUERY_COUNT\n};\n\n"
          "extern const char *const store_queries[QUERY_COUNT];\n"
          "extern const char *const store_query_names[QUERY_COUNT];\n"
          "extern const int store_query_parameters[QUERY_COUNT]; /* how many values each takes */\n\n"
          "/* A step of the schema: applied once, in order, never edited afterwards. */\n"
          "struct migration {\n    int number;\n    const char *name, *text;\n};\n\n",
          out);
    fprintf(out, "enum { MIGRATION_COUNT = %zu };\nextern const struct migration store_migrations[MIGRATION_COUNT];\n",
            n_migrations);
}

static void write_source(FILE *out)
{
    fputs("/* Made by sqlgen from schema/query and schema/sqlite. */\n#include \"queries.h\"\n\n"
          "const char *const store_queries[QUERY_COUNT] = {",
          out);
    for (size_t i = 0; i < n_queries; i++) {
        fprintf(out, "\n    [QUERY_%s] =", queries[i].name);
        write_literal(out, queries[i].text);
        fputc(',', out);
    }
    fputs("\n};\n\nconst char *const store_query_names[QUERY_COUNT] = {\n", out);
    for (size_t i = 0; i < n_queries; i++)
        fprintf(out, "    [QUERY_%s] = \"%s\",\n", queries[i].name, queries[i].name);
    fputs("};\n\nconst int store_query_parameters[QUERY_COUNT] = {\n", out);
    for (size_t i = 0; i < n_queries; i++)
        fprintf(out, "    [QUERY_%s] = %d,\n", queries[i].name, queries[i].parameters);
    fputs("};\n\nconst struct migration store_migrations[MIGRATION_COUNT] = {", out);
    for (size_t i = 0; i < n_migrations; i++) {
        fprintf(out, "\n    { %ld, \"%s\",", migrations[i].number, migrations[i].name);
        write_literal(out, migrations[i].text);
        fputs(" },", out);
    }
    fputs("\n};\n", out);
}

static void write_file(const char *path, void (*write)(FILE *))
{
    FILE *out = fopen(path, "wb");
    if (out == NULL)
        fail(path, 0, "cannot be written");
    write(out);
    bool bad = ferror(out) != 0;
    if (fclose(out) != 0 || bad)
        fail(path, 0, "cannot be written");
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fputs("usage: sqlgen OUT.h OUT.c QUERY.sql... -- MIGRATION.sql...\n", stderr);
        return 64;
    }
    int i = 3;
    for (; i < argc && strcmp(argv[i], "--") != 0; i++)
        read_queries(argv[i]);
    for (i++; i < argc; i++)
        read_migration(argv[i]);
    if (n_queries == 0 || n_migrations == 0)
        fail("sqlgen", 0, "there must be a query and a migration");
    write_file(argv[1], write_header);
    write_file(argv[2], write_source);
    return 0;
}
