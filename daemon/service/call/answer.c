/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/call/answer.h"

#include "common/ref.h"
#include "daemon/store/row.h"

#include <string.h>

enum { PAGE_ROWS = 200, ONLY_COLUMN = 0 };

int answer_no_memory(struct call *call)
{
    return err_set(call->err, ERR_TOO_BIG, NULL, "request too large; use a smaller --limit");
}

int answer_end(struct call *call, struct stmt *q, int code)
{
    struct err late = { 0 };
    int end = stmt_end(q, &late);
    if (code != OK || end == OK)
        return code;
    *call->err = late;
    return end;
}

int answer_number(struct call *call, struct stmt *q, int64_t *ret)
{
    int64_t number = stmt_step(q) ? stmt_int(q, ONLY_COLUMN) : 0;
    int code = answer_end(call, q, OK);
    if (code == OK && stmt_columns(q) != 1)
        return err_set(call->err, ERR_INTERNAL, NULL, "a query of one column was to give a number");
    if (code == OK)
        *ret = number;
    return code;
}

int answer_record(struct call *call, struct stmt *q, enum record_id record, void *ret)
{
    bool found = stmt_step(q);
    int code = found ? row_to_record(q, record, call->arena, ret, call->err) : OK;
    code = answer_end(call, q, code);
    if (code == OK && !found)
        return err_set(call->err, ERR_INTERNAL, NULL, "the %s that was just resolved is not there",
                       api_records[record].name);
    return code;
}

/* A zeroed record in the arena, filled from the current row. */
static int read_row(struct call *call, struct stmt *q, enum record_id record, struct page *rows)
{
    void *row = arena_alloc(call->arena, api_records[record].size);
    if (row == NULL)
        return answer_no_memory(call);
    int code = row_to_record(q, record, call->arena, row, call->err);
    if (code == OK && !page_push(rows, call->arena, row, api_records[record].size))
        return answer_no_memory(call);
    return code;
}

int answer_rows(struct call *call, struct stmt *q, enum record_id record, void *ret_rows, size_t *ret_n)
{
    struct page rows = { 0 };
    int code = OK;
    while (code == OK && stmt_step(q))
        code = read_row(call, q, record, &rows);
    code = answer_end(call, q, code);
    if (code == OK) {
        memcpy(ret_rows, &rows.rows, sizeof rows.rows);
        *ret_n = rows.n;
    }
    return code;
}

static int64_t rows_of(const struct page_options *options)
{
    return options->has_limit ? options->limit : PAGE_ROWS;
}

int64_t answer_limit(const struct page_options *options)
{
    return rows_of(options) + 1;
}

int answer_after(struct call *call, const struct page_options *options, enum noun noun, int64_t *ret)
{
    *ret = 0;
    if (options->after == NULL || ref_number(noun, options->after, ret))
        return OK;
    return err_set(call->err, ERR_INVALID_PARAM, "after", "must be the next value of the previous page");
}

const char *answer_after_code(const struct page_options *options)
{
    return options->after != NULL ? options->after : "";
}

int answer_cut(struct call *call, const struct page_options *options, size_t size, struct page *ret)
{
    int64_t after = 0;
    int code = answer_after(call, options, NOUN_NONE, &after);
    if (code != OK)
        return code;
    size_t limit = (size_t)rows_of(options), skip = (size_t)after < ret->n ? (size_t)after : ret->n;
    ret->rows = (char *)ret->rows + skip * size;
    ret->n -= skip;
    if (ret->n <= limit)
        return OK;
    ret->n = limit;
    ret->next = arena_printf(call->arena, "%zu", skip + limit);
    return ret->next != NULL ? OK : answer_no_memory(call);
}

/* The key of the last row: the text of the record's first field, a reference. */
static const char *last_key(const struct page *page, const struct record_type *type)
{
    const char *last = (const char *)page->rows + (page->n - 1) * type->size;
    return ((const struct ref *)(const void *)(last + type->fields[0].offset))->text;
}

int answer_page(struct call *call, struct stmt *q, const struct page_options *options, struct page *ret)
{
    enum record_id record = call->method->result;
    size_t limit = (size_t)rows_of(options);
    int code = OK;
    while (code == OK && ret->next == NULL && stmt_step(q)) {
        if (ret->n == limit)
            ret->next = last_key(ret, &api_records[record]);
        else
            code = read_row(call, q, record, ret);
    }
    return answer_end(call, q, code);
}
