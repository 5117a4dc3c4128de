/* SPDX-License-Identifier: Apache-2.0 */
/* An edition of a standard as its file has it (sme-standard(5)), made into the parameters of
 * standard.publish. */
#pragma once

#include "client/helper/standard/edition_file.h"
#include "common/err.h"

struct overlay;

/* With the rules of the overlay, which may be NULL. False when the file is wrong in any way; the problems of y, and of
 * the overlay's file, say where and how. */
bool edition_read(struct yaml *y, const struct overlay *overlay, struct edition_file *ret);
/* Puts what the daemon said of a parameter, such as requirements[3].level, to its place in its file. */
void edition_complain(struct yaml *y, const struct edition_file *edition, const struct err *e);
