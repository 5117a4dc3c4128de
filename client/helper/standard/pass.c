/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/standard/pass.h"

#include "client/helper/standard/share.h"
#include "client/helper/yaml/yaml_record.h"
#include "client/xmalloc.h"
#include "common/api/bound.h"

#include <string.h>

enum { CLAUSES_MAX = BOUND(standard_publish, pass) };

/* What a clause of each kind may and must say; at_least is written p/q and is two fields. */
static const struct shape {
    const char *const more[2];
    const char *const less[7];
    const char *required;
} shapes[] = {
    [CLAUSE_ALL] = { { NULL }, { "kind", "section", "at_least", "out_of", "class", NULL }, "level" },
    [CLAUSE_RATIO] = { { "at_least", NULL }, { "kind", "at_least", "out_of", "class", NULL }, "at_least" },
    [CLAUSE_POINTS] = { { "at_least", NULL }, { "kind", "level", "at_least", "out_of", "class", NULL }, "at_least" },
    [CLAUSE_GATES] = { { NULL }, { "kind", "level", "section", "at_least", "out_of", "class", NULL }, NULL },
    [CLAUSE_NO_OPEN] = { { NULL }, { "kind", "level", "section", "at_least", "out_of", NULL }, "class" },
};

static void take_share(struct yaml *y, const struct yaml_pair *pair, struct pass_clause *clause)
{
    uint32_t p, q;
    if (!share_read(y, pair, &p, &q))
        return;
    clause->at_least = p;
    clause->out_of = q;
    clause->has_at_least = clause->has_out_of = true;
}

static bool is_given(const struct pass_clause *clause, const char *name)
{
    if (name == NULL)
        return true;
    if (strcmp(name, "level") == 0)
        return clause->level != 0;
    return strcmp(name, "class") == 0 ? clause->class != 0 : clause->has_at_least;
}

static void take_terms(struct yaml *y, struct fy_node *terms, struct fy_node *at, struct pass_clause *clause)
{
    const struct shape *shape = &shapes[clause->kind];
    const struct record_type *record = &api_records[RECORD_pass_clause];
    const struct yaml_keys keys = { record->fields, record->n_fields, shape->more, shape->less };
    struct yaml_pair pair;
    size_t before = y->n_problems;
    if (shape->required == NULL && !yaml_is_map(terms)) {
        const char *text = terms != NULL ? yaml_text_or_empty(y, terms) : "";
        if (text != NULL && *text != '\0')
            yaml_complain(y, terms, "unexpected words after %s", api_choice_text(ENUM_clause_kind, (int)clause->kind));
        return;
    }
    for (void *place = NULL; yaml_next_pair(y, terms, "a clause", &place, &pair);) {
        const struct field *f = yaml_record_field(&keys, pair.name);
        if (f != NULL)
            yaml_record_take(y, f, &pair, clause);
        else if (shape->more[0] != NULL && strcmp(pair.name, shape->more[0]) == 0)
            take_share(y, &pair, clause);
        else
            yaml_record_unknown(y, &keys, &pair);
    }
    if (y->n_problems == before && !is_given(clause, shape->required))
        yaml_complain(y, at, "%s needs the key '%s'", api_choice_text(ENUM_clause_kind, (int)clause->kind),
                      shape->required);
}

static void take_kind(struct yaml *y, struct fy_node *at, const char *name, struct pass_clause *clause)
{
    int kind = api_choice_by_text(ENUM_clause_kind, name, strlen(name));
    if (kind == 0)
        yaml_complain(y, at, "'%s' is not a kind of clause (kinds: all, ratio, points, gates, no_open)", name);
    clause->kind = (enum clause_kind)kind;
}

static void take_clause(struct yaml *y, struct fy_node *item, struct pass_clause *clause)
{
    struct yaml_pair pair = { 0 }, another;
    void *place = NULL;
    if (!yaml_is_map(item)) {
        const char *name = yaml_text(y, item);
        if (name != NULL)
            take_kind(y, item, name, clause);
        if (clause->kind != 0 && shapes[clause->kind].required != NULL)
            yaml_complain(y, item, "%s needs the key '%s'", name, shapes[clause->kind].required);
        return;
    }
    if (!yaml_next_pair(y, item, "a clause", &place, &pair)) {
        yaml_complain(y, item, "missing clause");
        return;
    }
    take_kind(y, pair.key, pair.name, clause);
    if (yaml_next_pair(y, item, "a clause", &place, &another))
        yaml_complain(y, another.key, "a clause can have only one kind; start another clause with '- %s:'",
                      another.name);
    else if (clause->kind != 0)
        take_terms(y, pair.value, pair.key, clause);
}

void pass_read(struct yaml *y, struct fy_node *list, struct pass_clause **ret, size_t *ret_n,
               struct fy_node ***ret_nodes)
{
    *ret = xmalloc_array(y->arena, CLAUSES_MAX, sizeof **ret);
    *ret_nodes = xmalloc_array(y->arena, CLAUSES_MAX, sizeof **ret_nodes);
    *ret_n = 0;
    void *at = NULL;
    for (struct fy_node *item; (item = yaml_next_item(y, list, "pass", &at)) != NULL;) {
        if (*ret_n == CLAUSES_MAX) {
            yaml_complain(y, item, "pass: at most %d clauses", CLAUSES_MAX);
            return;
        }
        (*ret_nodes)[*ret_n] = item;
        take_clause(y, item, &(*ret)[*ret_n]);
        ++*ret_n;
    }
}
