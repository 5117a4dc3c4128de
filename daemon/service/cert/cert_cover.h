/* SPDX-License-Identifier: Apache-2.0 */
/* Coverage of a group's certificate. Its first and last day are recorded for each member; in between, a member is
 * covered only while it is a member (leaving the cooperative ends coverage for good) and not excluded for the edition.
 *
 * Sources: only the group is certified; new members may be added to a running certificate after internal inspection and
 * decision, at once only up to a share; a member may leave only while no sanction is pending: GLOBALG.A.P. General
 * Regulations part I 4.2.2, part II 1.11, as described on the scheme's own pages. Shares come from the edition
 * (rules.group). */
#pragma once

#include "daemon/service/cert/cert_condition.h"

/* Covers all ready members from the first day of the just granted certificate_id. Writer thread. */
int cert_cover_ready(struct call *call, int64_t certificate_id, struct date on);
/* The group's certificate that covers an enterprise against an edition on a day, active or suspended; *ret_id is 0 if
 * none does. */
int cert_cover_of(struct call *call, int64_t enterprise_id, int64_t edition_id, struct date on, int64_t *ret_id,
                  enum certificate_state *ret_state);
