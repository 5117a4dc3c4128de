/* SPDX-License-Identifier: Apache-2.0 */
/* The days of an edition: from its first to its last, which is its own last day or the day before a newer edition
 * became obligatory. After that nothing is audited, enrolled, drawn or granted against it, but what its own rules leave
 * for certificates that run; earlier records stand. */
#pragma once

#include "daemon/service/standard/catalogue.h"

/* Why the edition is not in force on the day, as a sentence in the call's arena; NULL if it is. */
int edition_flaw(struct call *call, const struct catalogue_edition *edition, struct date on, const char **ret);
/* ERR_CONFLICT, naming field, unless the edition may be used on the day; what: "the audit". */
int edition_check(struct call *call, const struct catalogue_edition *edition, struct date on, const char *field,
                  const char *what);
/* The same for what may follow its end, by its rule (rules->transition), while a certificate for it runs: the holder's,
 * or that of a cooperative of which it is a member. may_follow false: as edition_check. */
int edition_check_running(struct call *call, const struct catalogue_edition *edition, int64_t holder_id, struct date on,
                          bool may_follow, const char *field, const char *what);
