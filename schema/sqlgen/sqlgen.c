/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/sqlgen/sqlgen.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct sqlgen all;
struct arena arena;

void fail(struct place at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: ", at.file, at.line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

void *keep(void *memory)
{
    if (memory == NULL)
        fail((struct place){ "sqlgen", 0 }, "out of memory");
    return memory;
}
