/* SPDX-License-Identifier: Apache-2.0 */
/* Turns a statement into a handler's result: one value, one record, the rows of a list, a page. Each function ends the
 * statement. */
#pragma once

#include "daemon/service/call/call.h"

/* The error of a call whose arena is exhausted. */
int answer_no_memory(struct call *call);
/* Ends q; code, if an error, takes precedence over the statement's. */
int answer_end(struct call *call, struct stmt *q, int code);
/* The first row of a query of one column; 0 if none. */
int answer_number(struct call *call, struct stmt *q, int64_t *ret);
/* A row that must exist. */
int answer_record(struct call *call, struct stmt *q, enum record_id record, void *ret);
/* Every row, as an array of records in the arena. */
int answer_rows(struct call *call, struct stmt *q, enum record_id record, void *ret_rows, size_t *ret_n);

/* How many rows the query of a page asks for: one more than the page holds, to tell whether more follow. */
int64_t answer_limit(const struct page_options *options);
/* Where a list ordered by number continues; 0 at its start. */
int answer_after(struct call *call, const struct page_options *options, enum noun noun, int64_t *ret);
/* Where a list ordered by code continues; "" at its start. */
const char *answer_after_code(const struct page_options *options);
/* Reduces ret from all rows (size bytes each) to those of the page; the cursor is a count of rows. */
int answer_cut(struct call *call, const struct page_options *options, size_t size, struct page *ret);
/* Fills a page with records of the method's result; the first field of the record is the list's key. */
int answer_page(struct call *call, struct stmt *q, const struct page_options *options, struct page *ret);
