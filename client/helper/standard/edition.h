/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the file of an edition (sme-standard(5)) into the parameters of standard.publish. */
#pragma once

#include "client/helper/standard/edition_file.h"
#include "common/err.h"

struct overlay;

/* With the rules of the overlay, which may be NULL. False if anything in the file is wrong; the problems of y and of
 * the overlay's file say where and how. */
bool edition_read(struct yaml *y, const struct overlay *overlay, struct edition_file *ret);
/* Reports the daemon's error about a parameter, such as requirements[3].level, at its place in the file. */
void edition_complain(struct yaml *y, const struct edition_file *edition, const struct err *e);
