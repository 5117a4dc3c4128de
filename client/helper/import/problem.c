/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/problem.h"

#include "client/helper/import/grow.h"
#include "client/xmalloc.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A wrong mapping makes every row bad: a screenful says as much as all. */
enum { PRINTED_MAX = 50 };

void problem_init(struct problems *ps, struct arena *a)
{
    *ps = (struct problems){ .arena = a };
}

void problem_add(struct problems *ps, int line, const char *column, const char *format, ...)
{
    char reason[1000];
    va_list args;
    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    ps->all = grow_array(ps->arena, ps->all, ps->n, sizeof *ps->all);
    ps->all[ps->n++] = (struct problem){ line, column != NULL ? xmalloc_text(ps->arena, column, strlen(column)) : "",
                                         xmalloc_text(ps->arena, reason, strlen(reason)) };
}

static int by_line(const void *a, const void *b)
{
    const struct problem *x = a, *y = b;
    return x->line != y->line ? (x->line > y->line) - (x->line < y->line) : strcmp(x->column, y->column);
}

static void sort(struct problems *ps)
{
    if (ps->n > 0)
        qsort(ps->all, ps->n, sizeof *ps->all, by_line);
}

const struct problem *problem_first(struct problems *ps)
{
    sort(ps);
    return ps->all;
}

void problem_print(struct problems *ps, const char *file)
{
    sort(ps);
    for (size_t i = 0; i < ps->n && i < PRINTED_MAX; i++) {
        const struct problem *p = &ps->all[i];
        fprintf(stderr, "%s:", file);
        if (p->line > 0)
            fprintf(stderr, "%d:", p->line);
        fprintf(stderr, " %s%s%s\n", p->column, *p->column != '\0' ? ": " : "", p->reason);
    }
    if (ps->n > PRINTED_MAX)
        fprintf(stderr, "... and %zu more; use --errors FILE.csv for all\n", ps->n - PRINTED_MAX);
}

static void write_row(FILE *out, const struct problem *p)
{
    fprintf(out, "%d,", p->line);
    csv_fwrite(out, p->column, strlen(p->column));
    fputc(',', out);
    csv_fwrite(out, p->reason, strlen(p->reason));
    fputc('\n', out);
}

bool problem_write(struct problems *ps, const char *file)
{
    sort(ps);
    FILE *out = fopen(file, "we");
    if (out != NULL) {
        fputs("line,column,reason\n", out);
        for (size_t i = 0; i < ps->n; i++)
            write_row(out, &ps->all[i]);
        bool failed = ferror(out);
        if (fclose(out) == 0 && !failed)
            return true;
    }
    fprintf(stderr, "sme-ctl: %s: %s\n", file, strerror(errno));
    return false;
}
