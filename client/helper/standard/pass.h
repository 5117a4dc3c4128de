/* SPDX-License-Identifier: Apache-2.0 */
/* The pass rule of an edition's file: a list of clauses, each a map from its kind to its conditions:
 *
 *     - ratio: {level: minor, at_least: 95/100, section: AF} */
#pragma once

#include "client/helper/yaml/yaml.h"
#include "common/api/api.h"

/* Rows and their nodes in the arena; errors become complaints. */
void pass_read(struct yaml *y, struct fy_node *list, struct pass_clause **ret, size_t *ret_n,
               struct fy_node ***ret_nodes);
