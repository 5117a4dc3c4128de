/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/sqlgen/sqlgen.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* What the following lines belong to. */
struct block {
    struct query *query;
    struct fragment *fragment;
    struct text text;
};

/* Where a comment begins in the line, or the end of the line. */
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

static void refuse_same(struct place at, const char *name, const char *other, struct place there)
{
    if (strcmp(name, other) == 0)
        fail(at, "%s is also in %s:%d", name, there.file, there.line);
}

static void begin_query(struct block *b, struct place at, const char *heading)
{
    if (all.n_queries == QUERIES_MAX)
        fail(at, "more than %d queries", QUERIES_MAX);
    struct query *q = &all.queries[all.n_queries];
    *q = (struct query){ .at = at };
    declare_query(q, heading);
    for (size_t i = 0; i < all.n_queries; i++)
        refuse_same(at, q->name, all.queries[i].name, all.queries[i].at);
    all.n_queries++;
    *b = (struct block){ .query = q };
}

static void begin_fragment(struct block *b, struct place at, const char *heading)
{
    if (all.n_fragments == FRAGMENTS_MAX)
        fail(at, "more than %d fragments", FRAGMENTS_MAX);
    struct fragment *f = &all.fragments[all.n_fragments];
    *f = (struct fragment){ .at = at };
    declare_fragment(f, heading);
    for (size_t i = 0; i < all.n_fragments; i++)
        refuse_same(at, f->name, all.fragments[i].name, all.fragments[i].at);
    all.n_fragments++;
    *b = (struct block){ .fragment = f };
}

/* Without blanks and one semicolon at the end. */
static void end_block(struct block *b)
{
    struct text *t = &b->text;
    if (t->size > 0 && t->chars[t->size - 1] == ';')
        t->chars[--t->size] = '\0';
    const char *text = t->size == 0 ? "" : t->chars;
    if (b->query != NULL)
        b->query->text = text;
    if (b->fragment != NULL)
        b->fragment->text = text;
    *b = (struct block){ 0 };
}

/* The declaration after "-- word: ", which continues in the comments below until its brackets are closed. */
static const char *heading(struct place at, const char *line, char **rest, int *number)
{
    struct text whole = { 0 };
    text_add(&whole, line, strlen(line));
    while (strchr(whole.chars, '(') != NULL && strchr(whole.chars, ')') == NULL) {
        char *next = strsep(rest, "\n");
        if (next == NULL || strncmp(next, "--", 2) != 0)
            fail(at, "the bracket of %.*s is not closed", (int)text_word(line), line);
        ++*number;
        text_add(&whole, next + 2, strlen(next + 2));
    }
    return whole.chars;
}

static const char *after(const char *line, const char *mark)
{
    size_t n = strlen(mark);
    return strncmp(line, mark, n) == 0 ? line + n : NULL;
}

static void add_line(struct block *b, struct place at, const char *line)
{
    size_t size = without_comment(line);
    if (size == 0)
        return;
    if (b->query == NULL && b->fragment == NULL)
        fail(at, "a statement stands before the first '-- name: '");
    if (b->text.size > 0)
        text_add(&b->text, "\n", 1);
    text_add(&b->text, line, size);
}

static struct query *query_of(struct block *b, struct place at)
{
    if (b->query == NULL)
        fail(at, "what fills a record or a row stands below the '-- name: ' of its query");
    return b->query;
}

static void read_line(struct block *b, const char *path, int *number, char *line, char **rest)
{
    struct place at = { path, *number };
    const char *said;
    if ((said = after(line, "-- name: ")) != NULL) {
        end_block(b);
        begin_query(b, at, heading(at, said, rest, number));
    } else if ((said = after(line, "-- fragment: ")) != NULL) {
        end_block(b);
        begin_fragment(b, at, heading(at, said, rest, number));
    } else if ((said = after(line, "-- record: ")) != NULL) {
        declare_record(query_of(b, at), said);
    } else if ((said = after(line, "-- row: ")) != NULL) {
        declare_row(query_of(b, at), said);
    } else {
        add_line(b, at, line);
    }
}

static const char *stem_of(const char *path)
{
    const char *base = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
    return text_copy(base, strcspn(base, "."));
}

void read_begin(const char *path, const char *stem)
{
    if (all.n_files == FILES_MAX)
        fail((struct place){ path, 0 }, "more than %d files", FILES_MAX);
    all.files[all.n_files++] = (struct query_file){ .path = path, .stem = stem, .first = all.n_queries };
}

void read_text(struct place at, char *text)
{
    struct query_file *file = &all.files[all.n_files - 1];
    struct block b = { 0 };
    for (int number = at.line; text != NULL; number++) {
        char *line = strsep(&text, "\n");
        read_line(&b, at.file, &number, line, &text);
    }
    end_block(&b);
    file->n = all.n_queries - file->first;
}

void read_queries(const char *path)
{
    read_begin(path, stem_of(path));
    read_text((struct place){ path, 1 }, text_of_file(path));
}

void read_migration(const char *path)
{
    const char *base = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
    struct place at = { path, 0 };
    char *end;
    long number = strtol(base, &end, 10);
    if (end != base + 4 || *end != '_')
        fail(at, "a migration is named NNNN_name.sql");
    if (all.n_migrations == MIGRATIONS_MAX || number != (long)all.n_migrations)
        fail(at, "expected number %zu here: migrations are numbered without gaps", all.n_migrations);
    all.migrations[all.n_migrations++] = (struct migration_text){
        .name = stem_of(path),
        .text = choices_in_migration(at, text_of_file(path)),
        .at = at,
    };
}
