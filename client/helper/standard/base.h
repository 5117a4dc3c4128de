/* SPDX-License-Identifier: Apache-2.0 */
/* The file that an edition's file is based on (sme-standard(5), CORRECTED EDITIONS): a published edition never changes,
 * so a corrected one says only what is different. */
#pragma once

#include "client/helper/standard/edition_file.h"

/* Where the file is: named relative to that of y. In the arena. */
const char *base_path(struct yaml *y, const char *name);
/* Adds what the edition's file does not say from base: all but the codes and days of the edition. Each key of the rules
 * is taken whole; a requirement takes the place of the one with its code, and a new one comes last in its section. What
 * comes from base is complained of at the key based_on, at. */
void base_merge(struct yaml *y, struct fy_node *at, const struct edition_file *base, struct edition_file *edition);
