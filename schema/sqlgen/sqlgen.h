/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the parts of sqlgen. The program runs once and exits: everything lives in one arena, and any error ends it
 * with the file and line. */
#pragma once

#include "common/api/api.h"
#include "common/arena.h"

enum { PARAMETERS_MAX = 64, QUERIES_MAX = 2000, FRAGMENTS_MAX = 200, MIGRATIONS_MAX = 200, FILES_MAX = 200 };

struct place {
    const char *file;
    int line;
};

/* How C passes a parameter, and what is bound. */
enum type {
    TYPE_ID = 1, /* the number of a row; 0 binds NULL */
    TYPE_INT,
    TYPE_BOOL,
    TYPE_TEXT, /* NULL binds NULL; so does scope, the caller's scope, where NULL means unlimited */
    TYPE_SCOPE,
    TYPE_BLOB,
    TYPE_DATE,    /* not given binds NULL, as for an instant */
    TYPE_INSTANT, /* microseconds */
    TYPE_MONEY,   /* two values, $name and $name_currency; without a currency both bind NULL */
    TYPE_CHOICE,  /* of an enumeration of common/api; 0 binds NULL */
};

/* A type's name in declarations, its C type, and the function that makes a value of it; NULL: see write.c. */
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

/* What a number in the text stands for: a parameter, or its currency. */
struct value_name {
    const char *name;
    bool used;
};

struct query {
    const char *name, *text; /* the text as written, then as passed to the engines */
    struct place at;
    struct parameter parameters[PARAMETERS_MAX];
    size_t n_parameters;
    struct value_name values[PARAMETERS_MAX];
    size_t n_values;
    enum record_id record; /* that its first columns fill */
    const char *row;       /* name of the columns it shares with other queries of the file; NULL: its own */
    const char *const *columns;
    size_t n_columns;
};

struct fragment {
    const char *name, *text;
    struct place at;
    const char *parameters[PARAMETERS_MAX];
    size_t n_parameters;
    bool used, open; /* open: being expanded */
};

struct migration_text {
    const char *name, *text;
    struct place at;
};

/* A file of queries, one after the other. */
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
    struct migration_text migrations[MIGRATIONS_MAX]; /* [0] creates the table that counts them */
    size_t n_migrations;
};

/* sqlgen.c: what has been read so far, and the memory it lies in. */
extern struct sqlgen all;
extern struct arena arena;
void fail(struct place at, const char *format, ...) __attribute__((format(printf, 2, 3), noreturn));
void *keep(void *memory); /* ends the program where memory is NULL */

/* text.c: growing texts and scanning them; nothing is freed. */
struct text {
    char *chars; /* ends in NUL after an append */
    size_t size, room;
};
void text_add(struct text *t, const char *chars, size_t size);
void text_print(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *text_of_file(const char *path);
const char *text_copy(const char *chars, size_t size); /* without surrounding spaces */
bool text_is_word(char c);
size_t text_word(const char *p); /* length of the word that begins here */
/* The end of the quoted name or string that begins here; NULL if unterminated. */
const char *text_skip_quoted(const char *p);

/* read.c: files into queries, fragments and migrations. */
void read_queries(const char *path);
/* A file whose text is passed piece by piece; each piece ends its last query. */
void read_begin(const char *path, const char *stem);
void read_text(struct place at, char *text);
void read_migration(const char *path);

/* lookup.c: the queries that find the nouns; file is common/api/noun.def. */
void lookup_read(const char *path);

/* declare.c: the declarations of queries and fragments. */
void declare_query(struct query *q, const char *heading);
void declare_fragment(struct fragment *f, const char *heading);
void declare_record(struct query *q, const char *name);
void declare_row(struct query *q, const char *name);

/* expand.c: fragments, sets and parameter numbers. */
void expand_query(struct query *q);
void expand_unused(void); /* refuses unused fragments */

/* choices.c: lists of an enumeration's values. */
const char *choices_of_set(struct place at, const char *enumeration, const char *set);
const char *choices_in_migration(struct place at, const char *text);
enum enum_id choices_enumeration(struct place at, const char *name);

/* check.c: refuses what not all engines understand. */
void check_query(const struct query *q);

/* engine.c: prepares every query, names its columns, checks them against its record. */
void engine_check(void);

/* write.c */
void write_all(const char *folder, const char *driver);
/* Replaces the file only if it differs, to avoid needless recompilation. */
void write_file(const char *path, const struct text *text);
