/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/send.h"

#include "client/helper/import/progress.h"
#include "client/helper/import/request.h"
#include "client/xmalloc.h"
#include "common/field.h"
#include "common/scope.h"
#include "common/text.h"

#include <stdio.h>
#include <string.h>

/* Room for the parameters and the message around the rows. */
enum { BATCH_BYTES = MP_MESSAGE_MAX - 4096, BATCH_OBJECTS = MP_OBJECTS_MAX - 64 };

/* The bytes and values of a record in a message. */
static size_t weigh(const struct send *s, const struct item *item, size_t *ret_bytes)
{
    SCOPED(buf_fini) struct buf b;
    struct err e = { 0 };
    struct mp_guard guard;
    buf_init(&b, SIZE_MAX);
    mp_guard_init(&guard, SIZE_MAX);
    *ret_bytes = 0;
    if (codec_encode_record(s->gather->noun->record, item->record, &b, &e) != OK)
        return 0;
    mp_guard_feed(&guard, b.data, b.size);
    *ret_bytes = b.size;
    return guard.objects;
}

void send_plan(struct send *s)
{
    const struct items *items = &s->gather->items;
    size_t bytes = 0, objects = 0;
    struct send_batch batch = { 0 };
    for (size_t i = 0; i < items->n; i++) {
        size_t more_bytes, more_objects = weigh(s, &items->all[i], &more_bytes);
        bool full = batch.n == s->batch_rows || bytes + more_bytes > BATCH_BYTES
                    || objects + more_objects > BATCH_OBJECTS;
        if (full && batch.n > 0) {
            s->batches = grow_array(items->arena, s->batches, s->n_batches, sizeof batch);
            s->batches[s->n_batches++] = batch;
            batch = (struct send_batch){ .from = i };
            bytes = objects = 0;
        }
        batch.n++;
        bytes += more_bytes;
        objects += more_objects;
    }
    if (batch.n > 0) {
        s->batches = grow_array(items->arena, s->batches, s->n_batches, sizeof batch);
        s->batches[s->n_batches++] = batch;
    }
}

/* Iterates over the good items of the batch. */
static char *rows_of(const struct send *s, const struct send_batch *batch, struct arena *a, size_t *ret_n)
{
    const struct items *items = &s->gather->items;
    size_t size = api_records[s->gather->noun->record].size;
    char *rows = xmalloc_array(a, batch->n, size);
    *ret_n = 0;
    for (size_t i = batch->from; i < batch->from + batch->n; i++)
        if (!items->all[i].bad)
            memcpy(rows + (*ret_n)++ * size, items->all[i].record, size);
    return rows;
}

static int set_text(const struct noun_import *noun, const char *name, const char *text, struct arena *a, void *params,
                    struct err *e)
{
    const struct field *f = noun_param(noun, name);
    return text == NULL || f == NULL ? OK : text_to_field(f, text, a, params, e);
}

/* The parameters of the method, except the request id and dry_run. *ret_rows: how many rows. */
static int make_params(const struct send *s, const struct send_batch *batch, struct arena *a, void **ret,
                       size_t *ret_rows, struct err *e)
{
    const struct noun_import *noun = s->gather->noun;
    const struct field *rows = noun_param(noun, "rows");
    char *params = xmalloc_zero(a, api_methods[noun->method].size);
    char *array = rows_of(s, batch, a, ret_rows);
    memcpy(field_at(rows, params), &array, sizeof(void *));
    memcpy(params + rows->extra, ret_rows, sizeof *ret_rows);
    *ret = params;
    if (set_text(noun, "edition", s->edition, a, params, e) != OK)
        return e->code;
    return set_text(noun, "cooperative", s->cooperative, a, params, e);
}

/* The place in the file of the item's 'responses[3].class'. */
static void complain_of(struct send *s, const struct item *item, const char *field, const char *message)
{
    const char *last = strrchr(field, '.');
    const char *column = gather_column(s->gather, last != NULL ? last + 1 : field);
    int line = item->line;
    char name[ERR_FIELD + 1] = "";
    size_t part;
    for (int i = 0; i < NOUN_LISTS && sscanf(field, "%64[a-z_][%zu]", name, &part) == 2; i++) {
        const struct field *list = noun_list(s->gather->noun, (size_t)i);
        if (list == NULL || strcmp(list->name, name) != 0 || part >= item_parts(&s->gather->items, item, i))
            continue;
        line = item->parts[i][part].line;
        if (*item->parts[i][part].column != '\0')
            column = item->parts[i][part].column;
    }
    problem_add(s->problems, line, column, "%s", message);
}

static void take_errors(struct send *s, const struct import_report *report)
{
    for (size_t i = 0; i < report->n_errors; i++) {
        const struct import_error *error = &report->errors[i];
        const struct item *item = item_at(&s->gather->items, error->row);
        if (item != NULL)
            complain_of(s, item, error->field != NULL ? error->field : "", error->message);
        else
            problem_add(s->problems, (int)error->row, error->field, "%s", error->message);
    }
    if (report->failed > (int64_t)report->n_errors)
        problem_add(s->problems, 0, NULL, "%lld further rows cannot be imported; fix these first",
                    (long long)report->failed - (long long)report->n_errors);
}

/* The n-th good item of the batch. */
static const struct item *nth(const struct send *s, const struct send_batch *batch, size_t n)
{
    const struct items *items = &s->gather->items;
    for (size_t i = batch->from; i < batch->from + batch->n; i++)
        if (!items->all[i].bad && n-- == 0)
            return &items->all[i];
    return NULL;
}

/* Whether the error concerns one row and has become a problem. */
static bool is_of_row(struct send *s, const struct send_batch *batch, const struct err *e)
{
    size_t n;
    int past = 0;
    if (sscanf(e->field, "rows[%zu].%n", &n, &past) != 1 || past == 0)
        return false;
    const struct item *item = nth(s, batch, n);
    if (item != NULL)
        complain_of(s, item, e->field + past, e->message);
    return item != NULL;
}

static const struct method *method_of(const struct send *s)
{
    return &api_methods[s->gather->noun->method];
}

/* Under the older id; if the batch is known by it, again under a new id. */
static int ask(struct send *s, struct send_batch *batch, void *params, struct arena *a, struct import_report *ret,
               struct err *e)
{
    const struct method *m = method_of(s);
    if (request_name_older(m, params, a, e) != OK || set_text(s->gather->noun, "dry_run", "yes", a, params, e) != OK
        || rpc_call(s->rpc, m, params, a, ret, e) == OK || !request_is_known(e))
        return e->code;
    err_clear(e);
    batch->is_known = true;
    api_write_options(m, params)->request = NULL;
    return rpc_call(s->rpc, m, params, a, ret, e);
}

static int check_batch(struct send *s, struct send_batch *batch, void *params, struct arena *a, struct err *e)
{
    struct import_report report = { 0 };
    if (ask(s, batch, params, a, &report, e) != OK)
        return is_of_row(s, batch, e) ? OK : e->code;
    take_errors(s, &report);
    batch->created = report.created;
    s->created += report.created;
    s->unchanged += report.unchanged;
    return OK;
}

static int apply_batch(struct send *s, struct send_batch *batch, void *params, struct arena *a, struct err *e)
{
    const struct method *m = method_of(s);
    struct import_report report = { 0 };
    int code = batch->is_known ? request_name_older(m, params, a, e) : request_name(m, params, a, e);
    if (code != OK || rpc_call(s->rpc, m, params, a, &report, e) != OK)
        return is_of_row(s, batch, e) ? OK : e->code;
    take_errors(s, &report);
    if (report.applied)
        s->applied += report.created;
    return OK;
}

static int call(struct send *s, struct send_batch *batch, bool dry_run, struct arena *a, struct err *e)
{
    void *params;
    size_t n;
    if (make_params(s, batch, a, &params, &n, e) != OK || n == 0)
        return e->code;
    return dry_run ? check_batch(s, batch, params, a, e) : apply_batch(s, batch, params, a, e);
}

static int call_all(struct send *s, bool dry_run, struct err *e)
{
    size_t before = s->problems->n, rows = 0;
    for (size_t i = 0; i < s->n_batches && (dry_run || s->problems->n == before); i++) {
        struct arena a;
        arena_init(&a, SIZE_MAX);
        bool needed = dry_run || s->batches[i].created > 0;
        int code = needed ? call(s, &s->batches[i], dry_run, &a, e) : OK;
        arena_reset(&a);
        if (code != OK)
            return code;
        rows += s->batches[i].n;
        if (s->progress)
            progress_show(dry_run ? "checking" : "importing", rows, s->gather->items.n);
    }
    return OK;
}

int send_check(struct send *s, struct err *e)
{
    return call_all(s, true, e);
}

int send_apply(struct send *s, struct err *e)
{
    return call_all(s, false, e);
}
