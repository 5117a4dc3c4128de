/* SPDX-License-Identifier: Apache-2.0 */
/* Standards and their published editions as records. */
#pragma once

#include "daemon/service/call/call.h"

/* The edition's own row; day: considers as successors only editions published by then. */
int standard_edition(struct call *call, int64_t edition_id, struct date day, struct edition *ret);
/* The edition with its rule and requirements in normal form; lang: only the texts in this language (if missing, English
 * or the first available), NULL for all. */
int standard_read(struct call *call, int64_t edition_id, const char *lang, struct date day, struct edition_detail *ret);
/* A copy in normal form, as when read back: every flag given, texts sorted by language. */
int standard_normal(struct call *call, const struct requirement *rows, size_t n, struct requirement **ret);
