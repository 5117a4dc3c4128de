/* SPDX-License-Identifier: Apache-2.0 */
/* What every import shares. Each row is handled like a single call and sees the effects of the rows before it, so
 * nothing is checked in a second way. Bad rows are reported, and all is undone unless every row was accepted. */
#pragma once

#include "daemon/service/call/call.h"

/* Rows reported at most; further ones are only counted. */
enum { IMPORT_ERRORS_MAX = 1000 };

struct import {
    struct call *call;
    struct import_report *report;
    struct page errors;
};

void import_begin(struct import *i, struct call *call, struct import_report *report);
/* code: the row's result; is_new: whether it is new or already existed unchanged. Returns OK, or the code of an error
 * that is not the row's and ends the import. */
int import_row(struct import *i, int64_t row, int code, bool is_new);
/* Fills the report; everything is undone (call->unchanged) after errors, on a dry run, and if nothing was new. */
void import_end(struct import *i, bool dry_run);

/* ERR_CONFLICT, with both values, if a row contradicts the register. An absent value (NULL) contradicts nothing. */
int import_same_text(struct call *call, const char *field, const char *here, const char *there);
int import_same_choice(struct call *call, const char *field, enum enum_id set, int here, int there);
int import_same_date(struct call *call, const char *field, struct date here, struct date there);
/* The same without showing the values. */
int import_same_personal(struct call *call, const char *field, const char *here, const char *there);
