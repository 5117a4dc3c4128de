/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of an edition must be to each other: codes and parents, levels and points, the rule
 * and the sections it names. The daemon holds to the same; here the complaint finds its line. */
#pragma once

#include "client/helper/standard/edition_file.h"

void parts_check(struct yaml *y, const struct edition_file *edition);
