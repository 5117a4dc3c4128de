/* SPDX-License-Identifier: Apache-2.0 */
/* What every import shares. The rows are taken one after the other as single calls would take them, each seeing
 * what those before it did; a row that cannot be taken is reported, and in the end all is undone unless every row
 * could. So there is no second way to check anything. */
#pragma once

#include "daemon/service/call/call.h"

/* Rows that are reported; those beyond are only counted. */
enum { IMPORT_ERRORS_MAX = 1000 };

struct import {
    struct call *call;
    struct import_report *report;
    struct page errors;
};

void import_begin(struct import *i, struct call *call, struct import_report *report);
/* code: how the row ended; is_new: whether it is new or was there, equal. OK, or the code of an
 * error that is not the row's and ends the import. */
int import_row(struct import *i, int64_t row, int code, bool is_new);
/* Fills the report; whatever was done is undone (call->unchanged) when there were errors, on a dry run, and when
 * nothing was new. */
void import_end(struct import *i, bool dry_run);

/* A row that says otherwise than the register: ERR_CONFLICT with both values. Absent (NULL): says nothing. */
int import_same_text(struct call *call, const char *field, const char *here, const char *there);
int import_same_choice(struct call *call, const char *field, enum enum_id set, int here, int there);
int import_same_date(struct call *call, const char *field, struct date here, struct date there);
/* The same without telling the values. */
int import_same_personal(struct call *call, const char *field, const char *here, const char *there);
