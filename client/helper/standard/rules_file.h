/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of an edition's file besides its pass rule: a map of the records of rules.def, in which a share NAME with
 * NAME_of is written as p/q or a whole percentage:
 *
 *     rules:
 *       sampling:
 *         - {purpose: surveillance, root: 6/10, source: IAF MD 1} */
#pragma once

#include "client/helper/yaml/yaml.h"
#include "common/api/api.h"

/* A key of the rules in its file. */
struct rules_part {
    struct yaml *yaml;
    struct fy_node *key; /* NULL if the rules lack it */
    struct fy_node **rows;
    size_t n_rows;
};

/* The place of the rules, for complaints. */
struct rules_nodes {
    struct yaml *yaml;
    struct fy_node *at;       /* of the key; NULL if the file has no rules */
    struct rules_part *parts; /* one for each field of the record */
};

/* *ret in the arena; errors become complaints. */
void rules_file_read(struct yaml *y, const struct yaml_pair *pair, struct rules **ret, struct rules_nodes *ret_nodes);
/* Adds the parts of more to those of *ret, which may be NULL; *ret is then a copy. A part in both that is not the same
 * in both is a complaint at its place in nodes. */
void rules_file_merge(struct arena *a, const struct rules *more, const struct rules_nodes *more_nodes,
                      struct rules **ret, struct rules_nodes *nodes);
/* Adds the parts of base, which may be NULL, that *ret, which may be NULL, does not have; their place is the node at.
 */
void rules_file_inherit(struct yaml *y, struct fy_node *at, const struct rules *base, struct rules **ret,
                        struct rules_nodes *nodes);
/* The place of a field such as rules.sampling[1].root; false if it is not one of these rules. */
bool rules_file_place(const struct rules_nodes *nodes, const char *field, struct yaml **ret_yaml,
                      struct fy_node **ret_at);
