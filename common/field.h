/* SPDX-License-Identifier: Apache-2.0 */
/* The struct member that a row of the field tables describes: where it is, whether it is given, whether its value is
 * within bounds. Any thread. */
#pragma once

#include "common/err.h"

static inline void *field_at(const struct field *f, void *owner)
{
    return (char *)owner + f->offset;
}
static inline const void *field_in(const struct field *f, const void *owner)
{
    return (const char *)owner + f->offset;
}

static inline bool field_is_required(const struct field *f)
{
    return f->need == REQ || f->need == ARG;
}
static inline bool field_is_list(const struct field *f)
{
    return f->type == FIELD_LIST || f->type == FIELD_DETACHED;
}
/* Whether it is the as_of day of a view. */
static inline bool field_is_as_of(const struct field *f)
{
    return f->type == FIELD_DATE && (f->of & DAY_AS_OF) != 0;
}
/* Whether it has a has_ flag. */
bool field_is_number(const struct field *f);
bool field_is_set(const struct field *f, const void *owner);

/* INT, DURATION, INSTANT, CHOICE, and BOOL as 0 or 1. */
int64_t field_number(const struct field *f, const void *owner);
/* Sets its has_ flag too. */
void field_set_number(const struct field *f, void *owner, int64_t number);
/* TEXT, PERSONAL, UUID, REF; NULL when it is not given. */
const char *field_text(const struct field *f, const void *owner);
void field_set_text(const struct field *f, void *owner, const char *text);
/* The record of a NEST; NULL when it is not given. */
static inline const void *field_nested(const struct field *f, const void *owner)
{
    return *(const void *const *)field_in(f, owner);
}
/* Rows of a LIST or DETACHED. */
size_t field_count(const struct field *f, const void *owner);
/* Row i of a LIST or DETACHED. */
const void *field_row(const struct field *f, const void *owner, size_t i);

/* The i-th name that it had before, NULL past the last. */
const char *field_old_name(const struct field *f, size_t i);
/* By the name it has or had. */
bool field_is_named(const struct field *f, const char *name, size_t length);
/* The one of n with this name, else the one that had it; NULL if there is none. */
const struct field *field_find(const struct field *fields, size_t n, const char *name, size_t length);

/* Checks a given value against its declared bounds, but not the rows of lists. ERR_INVALID_PARAM names the field and
 * what it takes. */
int field_check(const struct field *f, const void *owner, struct err *e);
/* ERR_INVALID_PARAM for a field that is missing, or of another type than declared. */
int field_missing(const struct field *f, struct err *e);
int field_wrong_type(const struct field *f, struct err *e);
/* "must be one of major, minor": for a text that matches none. */
int field_wrong_choice(const struct field *f, struct err *e);
