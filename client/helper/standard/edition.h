/* An edition of a standard as its file has it (sme-standard(5)), made into the parameters of
 * standard.publish. Everything lives in the arena of the YAML tree. */
#pragma once

#include "client/helper/standard/rules_file.h"
#include "client/helper/yaml/yaml.h"
#include "common/err.h"

struct overlay;

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

/* With the rules of the overlay, which may be NULL. False when the file is wrong in any way; the problems of y, and of
 * the overlay's file, say where and how. */
bool edition_read(struct yaml *y, const struct overlay *overlay, struct edition_file *ret);
/* Puts what the daemon said of a parameter, such as requirements[3].level, to its place in its file. */
void edition_complain(struct yaml *y, const struct edition_file *edition, const struct err *e);
