/* SPDX-License-Identifier: Apache-2.0 */
/* The contents of an edition's file: the parameters of standard.publish, and the place of each in the file. Everything
 * lives in the arena of the YAML tree. */
#pragma once

#include "client/helper/standard/rules_file.h"
#include "client/helper/yaml/yaml.h"

struct edition_place {
    struct yaml *yaml;
    struct fy_node *at; /* NULL: nowhere */
};

struct edition_file {
    struct standard_publish publish;
    struct fy_node **requirement_nodes, **pass_nodes; /* place of each row in its file */
    struct edition_place pass;                        /* the key, in the edition's file or in the overlay's */
    struct rules_nodes rules;
    struct yaml_pair based_on; /* key NULL: on no other file */
};

/* Takes over what the head of an edition does not say: the owner, the domain, what it certifies, where classes come
 * from. */
void edition_file_take_head(const struct standard_publish *from, struct standard_publish *to);
