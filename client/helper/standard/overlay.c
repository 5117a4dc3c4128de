/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/standard/overlay.h"

#include "client/helper/standard/pass.h"
#include "client/helper/yaml/yaml_record.h"
#include "client/xmalloc.h"

#include <string.h>

static const char *const more[] = { "pass", "rules", NULL };
static const char *const less[] = { "standard",        "name",        "edition", "valid_from",
                                    "obligatory_from", "valid_until", "pass",    "rules",
                                    "requirements",    "request",     NULL };

static struct yaml_keys overlay_keys(void)
{
    const struct method *m = &api_methods[METHOD_standard_publish];
    return (struct yaml_keys){ m->params, m->n_params, more, less };
}

void overlay_take(struct yaml *y, const struct yaml_keys *keys, const struct yaml_pair *pair, struct edition_file *ret)
{
    struct standard_publish *p = &ret->publish;
    const struct field *f = yaml_record_field(keys, pair->name);
    if (f != NULL) {
        yaml_record_take(y, f, pair, p);
    } else if (strcmp(pair->name, "pass") == 0) {
        ret->pass = (struct edition_place){ y, pair->key };
        pass_read(y, pair->value, &p->pass, &p->n_pass, &ret->pass_nodes);
    } else if (strcmp(pair->name, "rules") == 0) {
        rules_file_read(y, pair, &p->rules, &ret->rules);
    } else {
        yaml_record_unknown(y, keys, pair);
    }
}

bool overlay_read(struct yaml *y, struct overlay *ret)
{
    *ret = (struct overlay){ .yaml = y };
    struct yaml_keys keys = overlay_keys();
    struct fy_node *root = yaml_root(y);
    struct standard_publish *p = &ret->part.publish;
    struct yaml_pair pair;
    for (void *at = NULL; yaml_next_pair(y, root, "a rules file", &at, &pair);)
        overlay_take(y, &keys, &pair, &ret->part);
    if (y->n_problems == 0 && p->source == NULL)
        yaml_complain(y, root, "missing key 'source': source of the rules");
    if (y->n_problems == 0 && p->rules == NULL && p->n_pass == 0)
        yaml_complain(y, root, "neither 'pass' nor 'rules'; a rules file needs at least one of them");
    return y->n_problems == 0;
}

static void merge_pass(const struct overlay *overlay, struct edition_file *edition)
{
    const struct edition_file *part = &overlay->part;
    if (part->pass.at == NULL)
        return;
    if (edition->pass.at != NULL) {
        yaml_complain(edition->pass.yaml, edition->pass.at,
                      "pass: also in %s, line %d; remove it from one of the files", overlay->yaml->file,
                      yaml_line(part->pass.at));
        return;
    }
    edition->pass = part->pass;
    edition->pass_nodes = part->pass_nodes;
    edition->publish.pass = part->publish.pass;
    edition->publish.n_pass = part->publish.n_pass;
}

static void merge_head(struct arena *a, const struct standard_publish *from, struct standard_publish *to)
{
    edition_file_take_head(from, to);
    to->source = to->source == NULL ? from->source : xmalloc_printf(a, "%s; rules: %s", to->source, from->source);
}

void overlay_merge(struct yaml *y, const struct overlay *overlay, struct edition_file *edition)
{
    const struct edition_file *part = &overlay->part;
    merge_head(y->arena, &part->publish, &edition->publish);
    merge_pass(overlay, edition);
    rules_file_merge(y->arena, part->publish.rules, &part->rules, &edition->publish.rules, &edition->rules);
}
