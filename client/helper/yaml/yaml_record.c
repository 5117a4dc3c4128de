/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/yaml/yaml_record.h"

#include "client/xmalloc.h"
#include "common/field.h"
#include "common/text.h"
#include "common/text_choice.h"

#include <string.h>

static bool among(const char *const *names, const char *name)
{
    for (; names != NULL && *names != NULL; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

const struct field *yaml_record_field(const struct yaml_keys *keys, const char *name)
{
    return among(keys->less, name) ? NULL : field_find(keys->fields, keys->n_fields, name, strlen(name));
}

/* The known keys, and the one perhaps meant. */
struct offer {
    struct buf list;
    const char *closest;
    size_t distance;
};

static void offer(struct offer *o, const char *key, const char *given)
{
    size_t distance = text_choice_distance(given, key);
    buf_text(&o->list, o->list.size > 0 ? ", " : "");
    buf_text(&o->list, key);
    if (distance < o->distance) {
        o->closest = key;
        o->distance = distance;
    }
}

void yaml_record_unknown(struct yaml *y, const struct yaml_keys *keys, const struct yaml_pair *pair)
{
    struct offer o = { .distance = strlen(pair->name) / 3 + 1 };
    buf_init(&o.list, 4096);
    for (size_t i = 0; i < keys->n_fields; i++)
        if (!among(keys->less, keys->fields[i].name))
            offer(&o, keys->fields[i].name, pair->name);
    for (const char *const *more = keys->more; more != NULL && *more != NULL; more++)
        offer(&o, *more, pair->name);
    buf_append(&o.list, "", 1);
    xmalloc_check(&o.list);
    bool near = o.closest != NULL;
    yaml_complain(y, pair->key, "unknown key '%s'%s%s%s (keys: %s)", pair->name, near ? " (did you mean '" : "",
                  near ? o.closest : "", near ? "'?)" : "", (const char *)o.list.data);
    buf_fini(&o.list);
}

void yaml_record_take(struct yaml *y, const struct field *f, const struct yaml_pair *pair, void *owner)
{
    struct err e = { 0 };
    struct fy_node *at = pair->value != NULL ? pair->value : pair->key;
    const char *text = yaml_text(y, at);
    if (text != NULL && text_to_field(f, text, y->arena, owner, &e) != OK)
        yaml_complain(y, at, "%s: %s", f->name, e.message);
}

void yaml_record_require(struct yaml *y, const struct yaml_keys *keys, const void *owner, struct fy_node *at)
{
    for (size_t i = 0; i < keys->n_fields; i++) {
        const struct field *f = &keys->fields[i];
        bool needed = field_is_required(f) && !field_is_list(f) && !among(keys->less, f->name);
        if (needed && !field_is_set(f, owner))
            yaml_complain(y, at, "missing key '%s': %s", f->name, f->doc);
    }
}
