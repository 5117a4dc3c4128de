/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a message: its English format and arguments, kept beside the sentence so that a client can look up a
 * translation of the format. A plain value without heap memory. */
#pragma once

#include "common/api/api.h"

#include <stdarg.h>

enum {
    ERR_FORMAT = 400, /* longer than any in the sources */
    ERR_ARGS = 12,    /* more than any format takes */
};

/* Bytes of the message. */
struct err_arg {
    uint16_t at, size;
};

struct err_parts {
    char format[ERR_FORMAT]; /* as in the source; "" if unknown */
    size_t n_args;
    struct err_arg args[ERR_ARGS];
};

/* Prints to text as vsnprintf does, but cuts only between characters. Messages use %s, %c, %d, %u, %lld, %llu, %zu and
 * precisions of %s; with any other format the sentence is still right, but its parts are unknown. */
void err_parts_print(struct err_parts *p, char *text, size_t size, const char *format, va_list args)
    __attribute__((format(printf, 4, 0)));
/* The sentence has no arguments: it is its own format. */
void err_parts_say(struct err_parts *p, const char *sentence);
/* Adds the prefixed text, text[at, at + size), to p as the last argument of the prefix. */
void err_parts_wrap(struct err_parts *p, size_t at, size_t size);
/* Rebuilds the parts of a message from elsewhere: p->format is given, the arguments follow one by one. Returns whether
 * they produce the text; a truncated text may end early. */
bool err_parts_match(struct err_parts *p, const char *text, const struct bytes *args, size_t n);
/* The bytes of text[0, size) without half a character at the end. */
size_t err_parts_whole(const char *text, size_t size);
