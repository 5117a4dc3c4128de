/* SPDX-License-Identifier: Apache-2.0 */
/* A rules file (sme-standard(5), RULES FILES): the pass rule, the other rules and what belongs to them, for a scheme
 * whose control points are someone else's property. Together with the requirements in a user's own file it makes an
 * edition. */
#pragma once

#include "client/helper/standard/edition_file.h"
#include "client/helper/yaml/yaml_record.h"

struct overlay {
    struct yaml *yaml;
    struct edition_file part; /* an edition without requirements */
};

/* Reads one key of the file that is not a requirement; complains of one that is not in keys. */
void overlay_take(struct yaml *y, const struct yaml_keys *keys, const struct yaml_pair *pair, struct edition_file *ret);
/* False if anything in the file is wrong; the problems of y say where and how. y outlives the overlay. */
bool overlay_read(struct yaml *y, struct overlay *ret);
/* Adds it to an edition whose file was read by y. The pass rule and each other rule may be in only one of the two
 * files, else there is a complaint; for the rest, the edition's file takes precedence. */
void overlay_merge(struct yaml *y, const struct overlay *overlay, struct edition_file *edition);
