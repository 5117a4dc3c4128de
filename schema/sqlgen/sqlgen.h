/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of sqlgen share. The program runs once and ends: what it keeps lies in one arena, and whatever is
 * wrong ends it with the file and the line. */
#pragma once

#include "common/api/api.h"
#include "common/arena.h"

enum { PARAMETERS_MAX = 64, QUERIES_MAX = 2000, FRAGMENTS_MAX = 200, MIGRATIONS_MAX = 200, FILES_MAX = 200 };

struct place {
    const char *file;
    int line;
};

/* How C hands a parameter over, and what is bound. */
enum type {
    TYPE_ID = 1, /* the number of a row; 0 binds NULL */
    TYPE_INT,
    TYPE_BOOL,
    TYPE_TEXT, /* NULL binds NULL; so does scope, the caller's scope, which NULL does not bound */
    TYPE_SCOPE,
    TYPE_BLOB,
    TYPE_DATE,    /* not given binds NULL; an instant, too */
    TYPE_INSTANT, /* microseconds */
    TYPE_MONEY,   /* two values, $name and $name_currency; without a currency both bind NULL */
    TYPE_CHOICE,  /* of an enumeration of common/api; 0 binds NULL */
};

/* How a declaration calls a type, what C declares, and what makes a value of it; NULL: see write.c. */
struct type_words {
    const char *name, *ctype, *bind;
};
extern const struct type_words type_words[];

struct parameter {
    const char *name;
    enum type type;
    enum enum_id of; /* of a choice */
    bool optional;   /* an int or bool in two arguments, has_name and name */
};

/* What a place of the text is numbered for: a parameter, or the currency of one. */
struct value_name {
    const char *name;
    bool used;
};

struct query {
    const char *name, *text; /* the text as written, then as the engines get it */
    struct place at;
    struct parameter parameters[PARAMETERS_MAX];
    size_t n_parameters;
    struct value_name values[PARAMETERS_MAX];
    size_t n_values;
    enum record_id record; /* that its first columns fill */
    const char *row;       /* whose columns it has, as other queries of the file; NULL: its own */
    const char *const *columns;
    size_t n_columns;
};

struct fragment {
    const char *name, *text;
    struct place at;
    const char *parameters[PARAMETERS_MAX];
    size_t n_parameters;
    bool used, open; /* open: being put in */
};

struct migration_text {
    const char *name, *text;
    struct place at;
};

/* A file of queries, in which they stand one after the other. */
struct query_file {
    const char *path, *stem;
    size_t first, n;
};

struct sqlgen {
    struct query queries[QUERIES_MAX];
    size_t n_queries;
    struct query_file files[FILES_MAX];
    size_t n_files;
    struct fragment fragments[FRAGMENTS_MAX];
    size_t n_fragments;
    struct migration_text migrations[MIGRATIONS_MAX]; /* [0] makes the table that counts them */
    size_t n_migrations;
};

/* sqlgen.c: what has been read so far, and the memory it lies in. */
extern struct sqlgen all;
extern struct arena arena;
void fail(struct place at, const char *format, ...) __attribute__((format(printf, 2, 3), noreturn));
void *keep(void *memory); /* ends the program where memory is NULL */

/* text.c: a text that grows, and reading one; nothing is freed. */
struct text {
    char *chars; /* ends in NUL once something was added */
    size_t size, room;
};
void text_add(struct text *t, const char *chars, size_t size);
void text_print(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *text_of_file(const char *path);
const char *text_copy(const char *chars, size_t size); /* without blanks around it */
bool text_is_word(char c);
size_t text_word(const char *p); /* how long the word is that begins here */
/* The end of the quoted name or string that begins here; NULL where it is not closed. */
const char *text_skip_quoted(const char *p);

/* read.c: files into queries, fragments and migrations. */
void read_queries(const char *path);
/* A file whose text comes piece by piece; each piece ends its last query. */
void read_begin(const char *path, const char *stem);
void read_text(struct place at, char *text);
void read_migration(const char *path);

/* lookup.c: the queries by which the nouns of common/api/noun.def, which is this file, are found. */
void lookup_read(const char *path);

/* declare.c: what a query or fragment says of itself. */
void declare_query(struct query *q, const char *heading);
void declare_fragment(struct fragment *f, const char *heading);
void declare_record(struct query *q, const char *name);
void declare_row(struct query *q, const char *name);

/* expand.c: fragments, sets and the numbers of parameters. */
void expand_query(struct query *q);
void expand_unused(void); /* refuses fragments that nobody uses */

/* choices.c: lists of what an enumeration declares. */
const char *choices_of_set(struct place at, const char *enumeration, const char *set);
const char *choices_in_migration(struct place at, const char *text);
enum enum_id choices_enumeration(struct place at, const char *name);

/* check.c: refuses what the engines do not both understand. */
void check_query(const struct query *q);

/* engine.c: prepares every query, names its columns, holds them against its record. */
void engine_check(void);

/* write.c */
void write_all(const char *folder, const char *driver);
/* Replaces the file only where it differs, so that nothing is compiled again for nothing. */
void write_file(const char *path, const struct text *text);
