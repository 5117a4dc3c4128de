/* SPDX-License-Identifier: Apache-2.0 */
/* Standards and their published editions as records. */
#pragma once

#include "daemon/service/call/call.h"

/* The edition's own row; day: which of those published by then take its place. */
int standard_edition(struct call *call, int64_t edition_id, struct date day, struct edition *ret);
/* The edition with its rule and requirements in normal form; lang: only the texts in this language (or
 * in English, or the first there is, where it is missing), NULL for all. */
int standard_read(struct call *call, int64_t edition_id, const char *lang, struct date day, struct edition_detail *ret);
/* A copy in normal form, as an edition is read back: every flag given, texts in the order of their
 * languages. */
int standard_normal(struct call *call, const struct requirement *rows, size_t n, struct requirement **ret);
