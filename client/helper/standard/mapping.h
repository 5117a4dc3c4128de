/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the file of a map from one edition to another (sme-standard(5)) into the parameters of map.publish. Everything
 * lives in the arena of the YAML tree. */
#pragma once

#include "client/helper/yaml/yaml.h"
#include "common/api/api.h"
#include "common/err.h"

struct mapping {
    struct map_publish publish;
    struct fy_node **rows; /* place of each row in the file */
};

/* False if anything in the file is wrong; the problems of y say where and how. */
bool mapping_read(struct yaml *y, struct mapping *ret);
/* The command `sme-ctl standard map`: its exit status. */
int mapping_run(int argc, char **argv);
/* Reports the daemon's error about a parameter, such as rows[3].from, at its place in the file. */
void mapping_complain(struct yaml *y, const struct mapping *mapping, const struct err *e);
