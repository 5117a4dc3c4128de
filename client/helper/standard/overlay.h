/* SPDX-License-Identifier: Apache-2.0 */
/* A file of rules alone (sme-standard(5), RULES FILES): the pass rule, the other rules and what goes with them, of a
 * scheme whose control points are somebody else's property. With the requirements of a user's own file it makes an
 * edition. */
#pragma once

#include "client/helper/standard/edition_file.h"

struct overlay {
    struct yaml *yaml;
    struct edition_file part; /* an edition without requirements */
};

/* False when the file is wrong in any way; the problems of y say where and how. y outlives the overlay. */
bool overlay_read(struct yaml *y, struct overlay *ret);
/* Into an edition whose file was read by y: the pass rule and each of the other rules stand in one of the two files,
 * else it is a complaint; of the rest, what the edition's file says counts. */
void overlay_merge(struct yaml *y, const struct overlay *overlay, struct edition_file *edition);
