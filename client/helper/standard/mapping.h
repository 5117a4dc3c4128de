/* SPDX-License-Identifier: Apache-2.0 */
/* A map from one edition to another as its file has it (sme-standard(5)), made into the parameters of map.publish.
 * Everything lives in the arena of the YAML tree. */
#pragma once

#include "client/helper/yaml/yaml.h"
#include "common/api/api.h"
#include "common/err.h"

struct mapping {
    struct map_publish publish;
    struct fy_node **rows; /* where each row stands in the file */
};

/* False when the file is wrong in any way; the problems of y say where and how. */
bool mapping_read(struct yaml *y, struct mapping *ret);
/* The command `sme-ctl standard map`: its exit status. */
int mapping_run(int argc, char **argv);
/* Puts what the daemon said of a parameter, such as rows[3].from, to its place in the file. */
void mapping_complain(struct yaml *y, const struct mapping *mapping, const struct err *e);
