#include "client/yaml/yaml_record.h"

#include "client/xmalloc.h"
#include "common/field.h"
#include "common/scope.h"
#include "common/text.h"

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

/* Whether one letter put in, left out, changed or swapped makes one of the other. */
static bool resembles(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b)
        a++, b++;
    if (*a == '\0' && *b == '\0')
        return true;
    bool swapped = a[0] != '\0' && b[0] != '\0' && a[0] == b[1] && a[1] == b[0] && strcmp(a + 2, b + 2) == 0;
    return swapped || (*a != '\0' && strcmp(a + 1, b) == 0) || (*b != '\0' && strcmp(a, b + 1) == 0)
           || (*a != '\0' && *b != '\0' && strcmp(a + 1, b + 1) == 0);
}

static void offer(struct buf *list, const char **guess, const char *key, const char *given)
{
    buf_text(list, list->size > 0 ? ", " : "");
    buf_text(list, key);
    if (resembles(given, key))
        *guess = key;
}

void yaml_record_unknown(struct yaml *y, const struct yaml_keys *keys, const struct yaml_pair *pair)
{
    SCOPED(buf_fini) struct buf list;
    buf_init(&list, 4096);
    const char *guess = NULL;
    for (size_t i = 0; i < keys->n_fields; i++)
        if (!among(keys->less, keys->fields[i].name))
            offer(&list, &guess, keys->fields[i].name, pair->name);
    for (const char *const *more = keys->more; more != NULL && *more != NULL; more++)
        offer(&list, &guess, *more, pair->name);
    buf_append(&list, "", 1);
    xmalloc_check(&list);
    yaml_complain(y, pair->key, "'%s' is not a key here%s%s%s; the keys are: %s", pair->name,
                  guess != NULL ? " (did you mean '" : "", guess != NULL ? guess : "", guess != NULL ? "'?)" : "",
                  (const char *)list.data);
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
            yaml_complain(y, at, "the key '%s' is missing: %s", f->name, f->doc);
    }
}
