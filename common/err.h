/* SPDX-License-Identifier: Apache-2.0 */
/* The error of one call: owned by the caller, set by the function that fails, which returns the code. A plain value
 * without heap memory; copied freely between threads. */
#pragma once

#include "common/err_parts.h"

/* A refused certificate lists every unmet condition: a dozen, each with a record and a reason. */
enum { ERR_FIELD = 64, ERR_MESSAGE = 2000 };

struct err {
    int code;                  /* enum error_code; OK when nothing failed */
    char field[ERR_FIELD];     /* the parameter at fault, "" if none: responses[3].class */
    char message[ERR_MESSAGE]; /* what is wrong and what to do next; no final full stop */
    struct err_parts parts;    /* the format and the arguments of the message */
};

/* Sets *e and returns code. field may be NULL. e is never NULL. */
int err_set(struct err *e, int code, const char *field, const char *format, ...) __attribute__((format(printf, 4, 5)));
int err_vset(struct err *e, int code, const char *field, const char *format, va_list args)
    __attribute__((format(printf, 4, 0)));
/* The same with a fixed sentence, which is its own format. */
int err_say(struct err *e, int code, const char *field, const char *sentence);
/* Prefixes the message on its way up; the old message becomes the last argument. Returns e->code. */
int err_wrap(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Puts a prefix before the field: err_within(e, "rows[3].") . Returns e->code. */
int err_within(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
void err_clear(struct err *e);
