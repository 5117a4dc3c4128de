/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/call/import.h"

#include "common/api/bound.h"
#include "daemon/service/call/answer.h"

#include <string.h>

enum { FIELD_BYTES_MAX = BOUND(import_error, field) };

void import_begin(struct import *i, struct call *call, struct import_report *report)
{
    *i = (struct import){ .call = call, .report = report };
    report->has_created = report->has_unchanged = report->has_failed = report->has_applied = true;
}

/* Errors that are about the row; others end the import. */
static bool is_of_the_row(int code)
{
    return code == ERR_INVALID_PARAM || code == ERR_NOT_FOUND || code == ERR_EXISTS || code == ERR_CONFLICT
           || code == ERR_BAD_STATE || code == ERR_DENIED;
}

static int report_error(struct import *i, int64_t row)
{
    struct err *e = i->call->err;
    if (i->report->failed++ < IMPORT_ERRORS_MAX) {
        e->field[FIELD_BYTES_MAX] = '\0';
        struct import_error error = { .row = row, .has_row = true };
        error.message = arena_dup(i->call->arena, e->message);
        error.field = e->field[0] != '\0' ? arena_dup(i->call->arena, e->field) : NULL;
        if (error.message == NULL || !page_push(&i->errors, i->call->arena, &error, sizeof error))
            return answer_no_memory(i->call);
    }
    err_clear(e);
    return OK;
}

int import_row(struct import *i, int64_t row, int code, bool is_new)
{
    if (code != OK)
        return is_of_the_row(code) ? report_error(i, row) : code;
    if (is_new)
        i->report->created++;
    else
        i->report->unchanged++;
    return OK;
}

void import_end(struct import *i, bool dry_run)
{
    struct import_report *report = i->report;
    report->applied = report->failed == 0 && !dry_run && report->created > 0;
    i->call->unchanged = !report->applied;
    report->errors = i->errors.rows;
    report->n_errors = i->errors.n;
}

int import_same_text(struct call *call, const char *field, const char *here, const char *there)
{
    if (here == NULL || (there != NULL && strcmp(here, there) == 0))
        return OK;
    return err_set(call->err, ERR_CONFLICT, field, "the file has '%s', the register has '%s'", here,
                   there != NULL ? there : "");
}

int import_same_choice(struct call *call, const char *field, enum enum_id set, int here, int there)
{
    if (here == 0)
        return OK;
    return import_same_text(call, field, api_choice_text(set, here), api_choice_text(set, there));
}

int import_same_date(struct call *call, const char *field, struct date here, struct date there)
{
    char ours[DATE_TEXT], theirs[DATE_TEXT];
    if (!date_is_set(here))
        return OK;
    return import_same_text(call, field, date_format(here, ours), date_format(there, theirs));
}

int import_same_personal(struct call *call, const char *field, const char *here, const char *there)
{
    if (here == NULL || (there != NULL && strcmp(here, there) == 0))
        return OK;
    return err_set(call->err, ERR_CONFLICT, field, "differs from the register");
}
