/* SPDX-License-Identifier: Apache-2.0 */
/* What a message was made of: the English format and its arguments, apart from the sentence, so that a client can look
 * the format up in another language. By value, without heap. */
#pragma once

#include "common/api/api.h"

#include <stdarg.h>

enum {
    ERR_FORMAT = 400, /* longer than any in the sources */
    ERR_ARGS = 12,    /* more than any takes */
};

/* Bytes of the message. */
struct err_arg {
    uint16_t at, size;
};

struct err_parts {
    char format[ERR_FORMAT]; /* as in the source; "" where it is not known */
    size_t n_args;
    struct err_arg args[ERR_ARGS];
};

/* Prints to text as vsnprintf does, but cuts only between characters. Messages use %s, %c, %d, %u, %lld, %llu, %zu and
 * precisions of %s; the sentence of any other format is right, too, but its parts are not known. */
void err_parts_print(struct err_parts *p, char *text, size_t size, const char *format, va_list args)
    __attribute__((format(printf, 4, 0)));
/* The text has become the last argument of what p says of the prefix before it: text[at, at + size). */
void err_parts_wrap(struct err_parts *p, size_t at, size_t size);
/* The parts of a message that came from elsewhere: p->format is given, the arguments follow one by one. Returns
 * whether they make the text; a text that was cut may end early. */
bool err_parts_match(struct err_parts *p, const char *text, const struct bytes *args, size_t n);
/* The bytes of text[0, size) without half a character at the end. */
size_t err_parts_whole(const char *text, size_t size);
