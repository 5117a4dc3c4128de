/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold before a certificate is granted or renewed. One list of conditions: cert check shows it, cert grant
 * and cert renew refuse with all that is not met.
 *
 * Always asked: the holder, the body, a concluded external audit, an edition in force, the verdict, no open major
 * finding (ISO/IEC 17021-1 9.5.2), somebody who decides and did not audit (ISO/IEC 17021-1 9.5.1, ISO/IEC 17065 7.6.2).
 * Asked where the edition has the rule: the age of the audit, accepted plans, the days to the decision
 * (rules.decision), how long it is valid (rules.cycle), the cooling-off (rules.impartiality). */
#pragma once

#include "daemon/service/cert/cert_case.h"

/* Every condition as a struct condition, those not asked left out. */
int cert_condition_list(struct call *call, const struct cert_case *c, struct page *ret);
/* OK, or ERR_CONFLICT that names every condition unmet. With override, what an administrator may override is:
 * *ret_unmet says which then, else it is NULL. ERR_DENIED from anybody else; ERR_INVALID_PARAM where there is nothing
 * to override. */
int cert_condition_require(struct call *call, const struct cert_case *c, const char *override, const char **ret_unmet);
/* Alone or as a group: as given, else group where the cooperative's pursuit says so, the edition has rules for groups
 * or certifies groups. ERR_INVALID_PARAM for an enterprise as a group. */
int cert_condition_route(struct call *call, const struct ref *holder, const struct catalogue_edition *edition,
                         enum pursuit_route given, struct date on, enum pursuit_route *ret);
/* That override comes from an administrator; NULL is fine. ERR_DENIED names the field. */
int cert_condition_may_override(struct call *call, int64_t holder_id, const char *override);
