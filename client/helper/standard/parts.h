/* SPDX-License-Identifier: Apache-2.0 */
/* Checks how the parts of an edition fit together: codes and parents, levels and points, the rule and the sections it
 * names. The daemon checks the same; here a complaint has its line. */
#pragma once

#include "client/helper/standard/edition_file.h"

void parts_check(struct yaml *y, const struct edition_file *edition);
