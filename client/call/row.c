/* SPDX-License-Identifier: Apache-2.0 */
#include "client/call/row.h"

#include "client/xmalloc.h"
#include "common/field.h"

#include <string.h>

static bool has_text(const struct field *f)
{
    return f->type == FIELD_TEXT || f->type == FIELD_PERSONAL || f->type == FIELD_UUID || f->type == FIELD_REF;
}

void row_keep(enum record_id record, void *row, struct arena *a)
{
    const struct record_type *r = &api_records[record];
    for (size_t i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        const char *text = has_text(f) ? field_text(f, row) : NULL;
        if (text != NULL)
            field_set_text(f, row, xmalloc_text(a, text, strlen(text)));
    }
}
