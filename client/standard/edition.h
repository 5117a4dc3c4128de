/* An edition of a standard as its file has it (sme-standard(5)), made into the parameters of
 * standard.publish. Everything lives in the arena of the YAML tree. */
#pragma once

#include "client/standard/rules.h"
#include "client/yaml/yaml.h"
#include "common/err.h"

struct edition_file {
    struct standard_publish publish;
    struct fy_node **requirement_nodes, **pass_nodes; /* where each row stands in the file */
    struct rules_nodes rules;
};

/* False when the file is wrong in any way; the problems of y say where and how. */
bool edition_read(struct yaml *y, struct edition_file *ret);
/* Puts what the daemon said of a parameter, such as requirements[3].level, to its place in the file. */
void edition_complain(struct yaml *y, const struct edition_file *edition, const struct err *e);
