/* The rules of an edition's file besides its pass rule: a map of the records of rules.def, in which a share NAME with
 * NAME_of is written p/q, or as a whole number of per cent:
 *
 *     rules:
 *       sampling:
 *         - {purpose: surveillance, root: 6/10, source: IAF MD 1} */
#pragma once

#include "client/yaml/yaml.h"
#include "common/api/api.h"

enum { RULES_NODES_MAX = 2 };

/* Where the rows of each list stand, for what the daemon has to say of them. */
struct rules_nodes {
    struct fy_node *at; /* of the key; NULL where the file has no rules */
    struct {
        const char *list;
        struct fy_node **rows;
        size_t n;
    } lists[RULES_NODES_MAX];
    size_t n_lists;
};

/* *ret in the arena; what is wrong becomes complaints. */
void rules_read(struct yaml *y, const struct yaml_pair *pair, struct rules **ret, struct rules_nodes *ret_nodes);
/* The place of a field such as rules.sampling[1].root; NULL when it is none of the rules. */
struct fy_node *rules_place(const struct rules_nodes *nodes, const char *field);
