/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/standard/edition.h"

#include "client/helper/standard/base.h"
#include "client/helper/standard/overlay.h"
#include "client/helper/standard/parts.h"
#include "client/helper/standard/pass.h"
#include "client/helper/standard/requirement.h"
#include "client/helper/standard/rules_file.h"
#include "client/helper/yaml/yaml_record.h"

#include <stdio.h>
#include <string.h>

static const char *const more[] = { "pass", "rules", "requirements", "based_on", NULL };
static const char *const less[] = { "pass", "rules", "requirements", NULL };

/* A file may be based on one that is based on another; what goes on longer goes in a circle. */
enum { BASES_MAX = 8 };

static struct yaml_keys edition_keys(void)
{
    const struct method *m = &api_methods[METHOD_standard_publish];
    return (struct yaml_keys){ m->params, m->n_params, more, less };
}

static void take(struct yaml *y, const struct yaml_keys *keys, const struct yaml_pair *pair, struct edition_file *ret)
{
    struct standard_publish *p = &ret->publish;
    if (strcmp(pair->name, "based_on") == 0)
        ret->based_on = *pair;
    else if (strcmp(pair->name, "requirements") == 0)
        requirement_read(y, pair->value, &p->requirements, &p->n_requirements, &ret->requirement_nodes);
    else
        overlay_take(y, keys, pair, ret);
}

static bool read_file(struct yaml *y, const struct overlay *overlay, int bases, struct edition_file *ret);

/* Its complaints are printed first; then one says where it is named. */
static void read_base(struct yaml *y, int bases, struct edition_file *ret)
{
    struct yaml yaml = { 0 };
    struct edition_file base;
    const char *name = yaml_text(y, ret->based_on.value != NULL ? ret->based_on.value : ret->based_on.key);
    if (name == NULL)
        return;
    if (bases == BASES_MAX) {
        yaml_complain(y, ret->based_on.key, "based_on: more than %d files in a row; are they based on each other?",
                      BASES_MAX);
        return;
    }
    if (yaml_open(&yaml, base_path(y, name), y->arena) && read_file(&yaml, NULL, bases + 1, &base)) {
        base_merge(y, ret->based_on.key, &base, ret);
    } else {
        yaml_print_problems(&yaml);
        yaml_complain(y, ret->based_on.key, "based_on: %s is no edition's file without errors", name);
    }
    yaml_close(&yaml);
}

static bool read_file(struct yaml *y, const struct overlay *overlay, int bases, struct edition_file *ret)
{
    size_t of_overlay = overlay != NULL ? overlay->yaml->n_problems : 0;
    *ret = (struct edition_file){ 0 };
    struct yaml_keys keys = edition_keys();
    struct fy_node *root = yaml_root(y);
    struct yaml_pair pair;
    for (void *at = NULL; yaml_next_pair(y, root, "an edition", &at, &pair);)
        take(y, &keys, &pair, ret);
    if (ret->based_on.key != NULL)
        read_base(y, bases, ret);
    if (overlay != NULL)
        overlay_merge(y, overlay, ret);
    if (y->n_problems == 0)
        yaml_record_require(y, &keys, &ret->publish, root);
    if (y->n_problems == 0)
        parts_check(y, ret);
    return y->n_problems == 0 && (overlay == NULL || overlay->yaml->n_problems == of_overlay);
}

bool edition_read(struct yaml *y, const struct overlay *overlay, struct edition_file *ret)
{
    return read_file(y, overlay, 0, ret);
}

void edition_complain(struct yaml *y, const struct edition_file *edition, const struct err *e)
{
    size_t i;
    struct edition_place place = { y, yaml_root(y) };
    if (sscanf(e->field, "requirements[%zu]", &i) == 1 && i < edition->publish.n_requirements)
        place.at = edition->requirement_nodes[i];
    else if (sscanf(e->field, "pass[%zu]", &i) == 1 && i < edition->publish.n_pass)
        place = (struct edition_place){ edition->pass.yaml, edition->pass_nodes[i] };
    else
        rules_file_place(&edition->rules, e->field, &place.yaml, &place.at);
    yaml_complain(place.yaml, place.at, "%s%s%s", e->field, *e->field != '\0' ? ": " : "", e->message);
}
