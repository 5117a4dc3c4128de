/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/form.h"

#include "client/helper/import/grow.h"
#include "client/helper/import/sheet.h"
#include "client/xmalloc.h"
#include "common/codec.h"
#include "common/scope.h"
#include "common/text.h"

#include <string.h>
#include <strings.h>

enum { COLUMNS = 5 };

static const size_t NO_COLUMN = SIZE_MAX;

struct reading {
    struct form *form;
    struct problems *problems;
    size_t at[COLUMNS]; /* of each field of a response, or NO_COLUMN */
};

static size_t column_of(const struct sheet_row *header, const char *name)
{
    for (size_t i = 0; i < header->n; i++)
        if (strcasecmp(header->cells[i], name) == 0)
            return i;
    return NO_COLUMN;
}

static bool take_header(void *context, const struct sheet_row *header)
{
    struct reading *r = context;
    const struct record_type *record = &api_records[RECORD_response];
    for (size_t i = 0; i < COLUMNS; i++)
        r->at[i] = column_of(header, record->fields[i].name);
    if (r->at[0] == NO_COLUMN)
        r->at[0] = column_of(header, "code");
    if (r->at[0] != NO_COLUMN && r->at[1] != NO_COLUMN)
        return true;
    problem_add(r->problems, header->line, NULL, "the columns code and result are required");
    return false;
}

static void take_row(void *context, const struct sheet_row *row)
{
    struct reading *r = context;
    struct response response = { 0 };
    struct arena *a = r->problems->arena;
    size_t before = r->problems->n;
    if (*row->cells[r->at[1]] == '\0')
        return;
    for (size_t i = 0; i < COLUMNS; i++) {
        const struct field *f = &api_records[RECORD_response].fields[i];
        struct err e = { 0 };
        if (r->at[i] < row->n && *row->cells[r->at[i]] != '\0'
            && text_to_field(f, row->cells[r->at[i]], a, &response, &e) != OK)
            problem_add(r->problems, row->line, e.field, "%s", e.message);
    }
    if (response.requirement == NULL && r->problems->n == before)
        problem_add(r->problems, row->line, NULL, "missing code");
    r->form->responses = grow_array(a, r->form->responses, r->form->n, sizeof response);
    r->form->responses[r->form->n++] = response;
}

bool form_read(struct form *ret, const char *file, struct problems *problems)
{
    struct reading r = { .form = ret, .problems = problems };
    struct sheet_reader reader = { .header = take_header, .row = take_row, .context = &r, .ragged = true };
    *ret = (struct form){ 0 };
    bool whole = strcmp(file, "-") == 0 ? sheet_read_stream(stdin, &reader, problems)
                                        : sheet_read(file, &reader, problems);
    return whole && problems->n == 0;
}

static int refuse(const char *file, struct problems *problems)
{
    const struct problem *p = problem_first(problems);
    printf("!%s: ", strcmp(file, "-") == 0 ? "standard input" : file);
    if (p->line > 0)
        printf("line %d: ", p->line);
    printf("%s%s%s", p->column, *p->column != '\0' ? ": " : "", p->reason);
    return EXIT_DATA;
}

static int put(const struct form *form)
{
    SCOPED(buf_fini) struct buf packed;
    struct err e = { 0 };
    buf_init(&packed, SIZE_MAX);
    if (codec_pack_list(RECORD_response, form->responses, form->n, &packed, &e) != OK)
        printf("!%s", e.message);
    else
        fwrite(packed.data, 1, packed.size, stdout);
    return e.code != OK ? api_error(e.code)->exit : 0;
}

int form_print(const char *file)
{
    struct arena a;
    struct problems problems;
    struct form form;
    arena_init(&a, SIZE_MAX);
    problem_init(&problems, &a);
    int status = form_read(&form, file, &problems) ? put(&form) : refuse(file, &problems);
    arena_reset(&a);
    return fflush(stdout) == 0 ? status : 1;
}
