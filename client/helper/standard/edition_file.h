/* SPDX-License-Identifier: Apache-2.0 */
/* What an edition's file says: the parameters of standard.publish, and where in the file each stands. Everything lives
 * in the arena of the YAML tree. */
#pragma once

#include "client/helper/standard/rules_file.h"
#include "client/helper/yaml/yaml.h"

struct edition_place {
    struct yaml *yaml;
    struct fy_node *at; /* NULL: nowhere */
};

struct edition_file {
    struct standard_publish publish;
    struct fy_node **requirement_nodes, **pass_nodes; /* where each row stands in its file */
    struct edition_place pass;                        /* the key, in the edition's file or in the overlay's */
    struct rules_nodes rules;
};
