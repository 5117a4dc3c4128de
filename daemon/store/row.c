/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/store/row.h"

#include "common/ref.h"
#include "daemon/store/inner.h"

#include <string.h>

/* Where a field of a record is filled from. */
struct cell {
    const struct stmt *q;
    const struct field *field;
    int column;
    struct arena *arena;
    char *record;
    struct err *err;
};

static int no_fit(const struct cell *c, const char *what)
{
    return err_set(c->err, ERR_INTERNAL, NULL, "column %s of the query does not match the record: %s", c->field->name,
                   what);
}

static void *member(const struct cell *c)
{
    return c->record + c->field->offset;
}

static int cell_text(const struct cell *c, const char **ret)
{
    if (stmt_type(c->q, c->column) != VALUE_TEXT)
        return no_fit(c, "not text");
    *ret = stmt_dup(c->q, c->column, c->arena);
    return *ret == NULL ? err_set(c->err, ERR_INTERNAL, NULL, "out of memory") : OK;
}

static int cell_number(const struct cell *c, int64_t *ret)
{
    if (stmt_type(c->q, c->column) != VALUE_INT)
        return no_fit(c, "not a number");
    *ret = stmt_int(c->q, c->column);
    return OK;
}

static int fill_text(const struct cell *c)
{
    const char *text;
    if (cell_text(c, &text) != OK)
        return c->err->code;
    memcpy(member(c), &text, sizeof text);
    return OK;
}

static int fill_number(const struct cell *c)
{
    int64_t number;
    if (cell_number(c, &number) != OK)
        return c->err->code;
    if (c->field->type == FIELD_BOOL)
        *(bool *)member(c) = number != 0;
    else
        memcpy(member(c), &number, sizeof number);
    if (c->field->extra != 0)
        *(bool *)(c->record + c->field->extra) = true;
    return OK;
}

static int fill_date(const struct cell *c)
{
    struct date day = stmt_date(c->q, c->column);
    if (!date_is_set(day))
        return no_fit(c, "not a day");
    memcpy(member(c), &day, sizeof day);
    return OK;
}

static int fill_money(const struct cell *c)
{
    struct money money = { 0 };
    const char *currency = stmt_text(c->q, c->column + 1);
    if (cell_number(c, &money.minor) != OK)
        return c->err->code;
    if (currency == NULL || strlen(currency) != sizeof money.currency - 1)
        return no_fit(c, "its currency is not a three-letter code");
    memcpy(money.currency, currency, sizeof money.currency);
    memcpy(member(c), &money, sizeof money);
    return OK;
}

static int fill_bytes(const struct cell *c)
{
    struct bytes from = stmt_blob(c->q, c->column), *to = member(c);
    if (stmt_type(c->q, c->column) != VALUE_BLOB)
        return no_fit(c, "not bytes");
    uint8_t *copy = arena_alloc(c->arena, from.size + 1);
    if (copy == NULL)
        return err_set(c->err, ERR_INTERNAL, NULL, "out of memory");
    if (from.size > 0)
        memcpy(copy, from.data, from.size);
    *to = (struct bytes){ .data = copy, .size = from.size };
    return OK;
}

static int fill_choice(const struct cell *c)
{
    int value = stmt_choice(c->q, c->column, (enum enum_id)c->field->of);
    if (value == 0)
        return no_fit(c, "not a known value");
    memcpy(member(c), &value, sizeof value);
    return OK;
}

static int fill_ref(const struct cell *c)
{
    struct ref *ref = member(c);
    enum noun noun = (enum noun)c->field->of;
    if (!ref_is_numbered(noun))
        return cell_text(c, &ref->text);
    if (cell_number(c, &ref->id) != OK)
        return c->err->code;
    ref->text = ref_text(c->arena, noun, ref->id);
    return ref->text == NULL ? err_set(c->err, ERR_INTERNAL, NULL, "out of memory") : OK;
}

static int fill(const struct cell *c)
{
    switch (c->field->type) {
    case FIELD_TEXT:
    case FIELD_PERSONAL:
    case FIELD_UUID:
        return fill_text(c);
    case FIELD_INT:
    case FIELD_DURATION:
    case FIELD_DECIMAL:
    case FIELD_BOOL:
    case FIELD_INSTANT:
        return fill_number(c);
    case FIELD_DATE:
        return fill_date(c);
    case FIELD_MONEY:
        return fill_money(c);
    case FIELD_BYTES:
        return fill_bytes(c);
    case FIELD_CHOICE:
        return fill_choice(c);
    case FIELD_REF:
        return fill_ref(c);
    case FIELD_NEST:
    case FIELD_LIST:
    case FIELD_DETACHED:
        break;
    }
    return OK;
}

/* How many columns the field takes. */
static int width(const struct field *f)
{
    switch (f->type) {
    case FIELD_MONEY:
        return 2;
    case FIELD_NEST:
    case FIELD_LIST:
    case FIELD_DETACHED:
        return 0;
    default:
        return 1;
    }
}

int row_to_record(const struct stmt *q, enum record_id record, struct arena *a, void *ret, struct err *e)
{
    struct cell c = { .q = q, .arena = a, .record = ret, .err = e };
    if (q->query->record != record)
        return err_set(e, ERR_INTERNAL, NULL, "query %s does not fill the record %s", q->query->name,
                       api_records[record].name);
    for (size_t i = 0; i < api_records[record].n_fields; i++) {
        c.field = &api_records[record].fields[i];
        int columns = width(c.field);
        if (columns > 0 && !stmt_is_null(q, c.column) && fill(&c) != OK)
            return e->code;
        c.column += columns;
    }
    return OK;
}
