/* SPDX-License-Identifier: Apache-2.0 */
/* The interface as C: enumerations, a struct per record and per method's parameters, and the const tables that drive
 * decoding, encoding, help, completion, manuals and authorisation. Everything here is generated from the .def files;
 * nothing is declared twice. */
#pragma once

#include "common/api/value.h"

enum { API_VERSION = 1 };

enum noun {
    NOUN_NONE,
#define NOUN(id, letters, table, key, scope, born, was, list, doc) NOUN_##id,
#include "common/api/api.inc"
    NOUN_COUNT
};

enum error_code {
    OK = 0,
#define ERROR(constant, number, name, exit, doc) constant = (number),
#include "common/api/api.inc"
};

enum exit_status {
#define EXIT(constant, status, doc) constant = (status),
#include "common/api/api.inc"
};

#define ENUM(id, doc) enum id { id##_none_ = 0,
#define VALUE(id, constant, text, doc) constant,
#define END_ENUM(id) id##_end_ };
#include "common/api/api.inc"

enum enum_id {
    ENUM_NONE,
#define ENUM(id, doc) ENUM_##id,
#include "common/api/api.inc"
    ENUM_COUNT
};

enum record_id {
    RECORD_NONE,
#define RECORD(id, doc) RECORD_##id,
#include "common/api/api.inc"
    RECORD_COUNT
};

enum method_id {
#define METHOD(id, name, kind, roles, reach, shape, result, doc) METHOD_##id,
#include "common/api/api.inc"
    METHOD_COUNT
};

/* The parameters of coop.create are struct coop_create; its first two members are what its kind adds. */
#define PLAIN(owner, type, field) type field;
#define GIVEN(owner, type, field) type field; bool has_##field;
#define MANY(owner, type, field) type field; size_t n_##field;
#define RECORD(id, doc) struct id {
#define END_RECORD(id) };
#define METHOD(id, name, kind, roles, reach, shape, result, doc) \
    struct id { struct write_options write; struct page_options page;
#define END_METHOD(id) };
#define MEMBER(owner, field, need, type, ctype, lo, hi, of, doc) ctype
#include "common/api/api.inc"
#undef PLAIN
#undef GIVEN
#undef MANY

struct choice {
    const char *text; /* on the wire and in the database */
    const char *doc;
};

struct choice_set {
    const char *name, *doc;
    const struct choice *choices; /* [1 .. count]; [0] is "not given" */
    int count;
};

struct field {
    const char *name, *doc;
    enum field_type type;
    enum field_need need;
    int64_t lo, hi;  /* of the number, the length in bytes, or the count of rows */
    int of;          /* enum_id, record_id, noun, unit or bits DAY_, by type */
    size_t offset;   /* of the member */
    size_t extra;    /* of its has_ or n_ member; 0 if it has none */
};

/* A name that a parameter had. */
struct field_rename {
    const struct field *params; /* of its method */
    size_t n_params, offset;    /* of its member */
    const char *old;
};

struct record_type {
    const char *name, *doc;
    const struct field *fields;
    size_t n_fields, size;
};

enum method_kind {
    READ = 1, /* a few rows: answered on the loop thread */
    LONG,     /* many rows: answered by a worker with its own connection */
    WRITE,    /* changes the register: one at a time, journalled */
};
enum method_shape { ONE = 1, PAGE };
/* EVERYWHERE: only callers whose grant is not limited to a cooperative. */
enum method_reach { ANYWHERE = 1, EVERYWHERE };

/* Who may call a method, as a set of roles; an admin may call any. */
enum {
    BY_ADMIN = 1 << ROLE_ADMIN,
    BY_MANAGER = BY_ADMIN | 1 << ROLE_MANAGER,
    BY_CERTIFIER = BY_ADMIN | 1 << ROLE_CERTIFIER,
    BY_INSPECTION = BY_ADMIN | 1 << ROLE_MANAGER | 1 << ROLE_INSPECTOR | 1 << ROLE_AUDITOR,
    BY_SANCTION = BY_ADMIN | 1 << ROLE_MANAGER | 1 << ROLE_AUDITOR | 1 << ROLE_CERTIFIER,
    BY_SAMPLING = BY_ADMIN | 1 << ROLE_AUDITOR | 1 << ROLE_CERTIFIER,
    BY_EVIDENCE = BY_INSPECTION | 1 << ROLE_ADVISER,
    BY_EXCUSE = BY_ADMIN | 1 << ROLE_MANAGER | 1 << ROLE_CERTIFIER,
    BY_ASSISTANCE = BY_ADMIN | 1 << ROLE_MANAGER | 1 << ROLE_ADVISER,
    BY_ACTING = BY_ADMIN | 1 << ROLE_MANAGER | 1 << ROLE_INSPECTOR | 1 << ROLE_ADVISER | 1 << ROLE_AUDITOR
              | 1 << ROLE_CERTIFIER,
    ANYONE = BY_ADMIN | 1 << ROLE_VIEWER | 1 << ROLE_MANAGER | 1 << ROLE_INSPECTOR | 1 << ROLE_ADVISER
           | 1 << ROLE_AUDITOR | 1 << ROLE_CERTIFIER | 1 << ROLE_FUNDER,
};

struct method {
    const char *name, *doc;
    enum method_kind kind;
    unsigned roles; /* bit 1 << enum role */
    enum method_reach reach;
    enum method_shape shape;
    enum record_id result;
    const struct field *params;
    size_t n_params, size; /* size of its parameter struct */
    enum record_id options; /* what its kind adds to them, or RECORD_NONE */
    size_t options_at;      /* where in the struct that is */
};

struct noun_type {
    const char *name, *doc;
    const char *letters; /* of a numbered noun; "" for a coded one */
    const char *table, *key, *scope, *born, *was, *list; /* as in noun.def */
    bool scoped;
};

/* When a thing of a noun has ended, and the parameters that may name it all the same: see ended.def. */
enum end_bound { LAST_DAY_THERE = 1, FIRST_DAY_GONE };
struct noun_end {
    const char *day; /* an expression of its row; NULL if it never ends */
    enum end_bound bound;
    const char *words;
};
struct kept_field {
    enum method_id method;
    const char *field, *why;
};

struct error_type {
    const char *name, *doc;
    int exit;
};

extern const struct noun_type api_nouns[NOUN_COUNT];
extern const struct noun_end api_noun_ends[NOUN_COUNT];
extern const struct kept_field api_kept_fields[];
extern const size_t api_kept_fields_n;
extern const struct choice_set api_enums[ENUM_COUNT];
extern const struct record_type api_records[RECORD_COUNT];
extern const struct method api_methods[METHOD_COUNT];
extern const struct field_rename api_renames[]; /* ended by one without an old name */

/* The row of a code; that of ERR_INTERNAL for an unknown code. */
const struct error_type *api_error(int code);
/* The code after this one in ascending order, 0 at the end; api_error_next(0) is the first. */
int api_error_next(int code);
/* What the kind of the method (write, list) adds to its parameters; NULL if nothing. */
struct write_options *api_write_options(const struct method *m, void *params);
struct page_options *api_page_options(const struct method *m, void *params);
/* NULL if there is none. */
const struct method *api_method_by_name(const char *name, size_t length);
/* The value with this text, 0 if there is none. */
int api_choice_by_text(enum enum_id set, const char *text, size_t length);
/* "" for 0 or an unknown value. */
const char *api_choice_text(enum enum_id set, int value);
