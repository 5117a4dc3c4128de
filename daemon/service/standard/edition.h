/* SPDX-License-Identifier: Apache-2.0 */
/* The days of an edition: from its first to its last, which is its own last day or the day before a newer edition
 * became obligatory. After that nothing is audited, enrolled, drawn or granted against it; earlier records stand. */
#pragma once

#include "daemon/service/standard/catalogue.h"

/* ERR_CONFLICT, naming field, unless the edition may be used on the day; what: "the audit". */
/* Why the edition is not in force on the day, as a sentence in the call's arena; NULL if it is. */
int edition_flaw(struct call *call, const struct catalogue_edition *edition, struct date on, const char **ret);
int edition_check(struct call *call, const struct catalogue_edition *edition, struct date on, const char *field,
                  const char *what);
