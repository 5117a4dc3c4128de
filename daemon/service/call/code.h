/* SPDX-License-Identifier: Apache-2.0 */
/* Codes: what may stand in one, and when two are the same. People type them in any case, and sheets bring the same
 * letter in several forms (é as one character or two, full-width digits), so codes are compared folded: compatibility
 * composition (NFKC, Unicode UAX 15) and case folding (Unicode 3.13). They are kept and shown as they were given.
 *
 * Two codes of before, that fold to the same, stay: each answers only where it is written exactly. */
#pragma once

#include "daemon/service/call/call.h"

/* In the arena; NULL without memory. text is UTF-8. */
char *code_fold(struct arena *a, const char *text);
/* ERR_INVALID_PARAM unless a new code consists of letters, digits, marks and punctuation, without what has a meaning to
 * shells, spreadsheets or our own lists, and does not begin with a hyphen. */
int code_check(struct call *call, const char *field, const char *text);
/* Makes a new thing's code known in its folded form. Every insertion of a coded thing calls it. */
int code_keep(struct call *call, enum noun noun, int64_t id, const char *text);
/* Logs the codes that answer only exactly. At start, on the writer's connection. */
int code_tell_alike(struct store *s, struct err *e);
