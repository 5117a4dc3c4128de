/* SPDX-License-Identifier: Apache-2.0 */
/* The conditions for granting or renewing a certificate. One list: cert check shows it, and a refusal by cert grant or
 * cert renew lists every unmet condition.
 *
 * Always checked: the holder, the body, a concluded external audit, what it recommends (ISO/IEC 17021-1 9.5.3.1), an
 * edition in force, the verdict, no open major finding (ISO/IEC 17021-1 9.5.2), a decision-maker who did not audit
 * (ISO/IEC 17021-1 9.5.1, ISO/IEC 17065 7.6.2). Checked if the edition has the rule: the age of the audit, accepted
 * plans, the days to the decision (rules.decision), the period of validity (rules.cycle), the cooling-off
 * (rules.impartiality). */
#pragma once

#include "daemon/service/cert/cert_case.h"

/* Every condition checked, as a struct condition; then every rule of the edition that is only told (cert_told.h). */
int cert_condition_list(struct call *call, const struct cert_case *c, struct page *ret);
/* OK, or ERR_CONFLICT that lists every unmet condition. With override, an administrator passes the conditions that may
 * be overridden; *ret_unmet then lists them, else it is NULL. ERR_DENIED for anyone else; ERR_INVALID_PARAM if there is
 * nothing to override. */
int cert_condition_require(struct call *call, const struct cert_case *c, const char *override, const char **ret_unmet);
/* Alone or as a group: as given, else as a group if the cooperative's pursuit says so or the edition has rules for
 * groups or certifies groups. ERR_INVALID_PARAM for an enterprise as a group. */
int cert_condition_route(struct call *call, const struct ref *holder, const struct catalogue_edition *edition,
                         enum pursuit_route given, struct date on, enum pursuit_route *ret);
/* Checks that override comes from an administrator; NULL is fine. ERR_DENIED names the field. */
int cert_condition_may_override(struct call *call, int64_t holder_id, const char *override);
