/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/noun.h"

#include "common/field.h"

#include <string.h>

const struct noun_import noun_imports[] = {
    { "enterprises",
      "enterprises, with their memberships",
      METHOD_import_enterprises,
      RECORD_enterprise_row,
      { "code" },
      false },
    { "members",
      "cooperatives with their members",
      METHOD_import_members,
      RECORD_member_row,
      { "cooperative", "enterprise", "joined_on" },
      false },
    { "audits", "audits with their responses", METHOD_import_audits, RECORD_audit_row, { "holder", "source" }, true },
    { "assists",
      "interventions with participants, requirements and payments",
      METHOD_import_assists,
      RECORD_assist_row,
      { "source" },
      true },
};
const size_t noun_count = sizeof noun_imports / sizeof noun_imports[0];

const struct noun_import *noun_find(const char *name)
{
    for (size_t i = 0; i < noun_count; i++)
        if (strcmp(noun_imports[i].name, name) == 0)
            return &noun_imports[i];
    return NULL;
}

const struct field *noun_list(const struct noun_import *noun, size_t i)
{
    const struct record_type *record = &api_records[noun->record];
    for (size_t f = 0; f < record->n_fields; f++)
        if (field_is_list(&record->fields[f]) && i-- == 0)
            return &record->fields[f];
    return NULL;
}

/* The reader of the file assigns the row's number. */
static const struct field *plain_field(const struct record_type *record, const char *name)
{
    const struct field *f = field_find(record->fields, record->n_fields, name, strlen(name));
    return f != NULL && !field_is_list(f) && strcmp(name, "row") != 0 ? f : NULL;
}

const struct field *noun_field(const struct noun_import *noun, const char *name, int *ret_list)
{
    const struct field *f = plain_field(&api_records[noun->record], name);
    const struct field *list;
    *ret_list = -1;
    for (int i = 0; f == NULL && (list = noun_list(noun, (size_t)i)) != NULL; i++) {
        f = plain_field(&api_records[list->of], name);
        *ret_list = i;
    }
    return f;
}

const struct field *noun_param(const struct noun_import *noun, const char *name)
{
    const struct method *m = &api_methods[noun->method];
    return field_find(m->params, m->n_params, name, strlen(name));
}

static void add_names(const struct record_type *record, struct buf *b)
{
    for (size_t i = 0; i < record->n_fields; i++)
        if (!field_is_list(&record->fields[i]) && strcmp(record->fields[i].name, "row") != 0)
            buf_printf(b, "%s%s", b->size > 0 ? ", " : "", record->fields[i].name);
}

void noun_names(const struct noun_import *noun, struct buf *b)
{
    const struct field *list;
    add_names(&api_records[noun->record], b);
    for (size_t i = 0; (list = noun_list(noun, i)) != NULL; i++)
        add_names(&api_records[list->of], b);
}
