/* SPDX-License-Identifier: Apache-2.0 */
/* The requirements of an edition's file: nested by parts or flat with named parents, turned into rows with each section
 * before its parts. */
#pragma once

#include "client/helper/yaml/yaml.h"
#include "common/api/api.h"

/* Rows and their nodes in the arena; errors become complaints. */
void requirement_read(struct yaml *y, struct fy_node *list, struct requirement **ret, size_t *ret_n,
                      struct fy_node ***ret_nodes);
