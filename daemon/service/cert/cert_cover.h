/* SPDX-License-Identifier: Apache-2.0 */
/* Whom a group's certificate covers. Recorded is from which day to which; within that a member is covered only while it
 * is a member (leaving the cooperative ends its cover for good) and while no exclusion for the edition holds.
 *
 * Sources: only the group is certified; new members may be added to a running certificate after internal inspection and
 * decision, at once only within a share; a member leaves only while no sanction is pending: GLOBALG.A.P. General
 * Regulations part I 4.2.2, part II 1.11, as told on the scheme's own pages. Shares are the edition's (rules.group). */
#pragma once

#include "daemon/service/cert/cert_condition.h"

/* Covers from its first day all members that are ready; certificate_id is just granted. Writer thread. */
int cert_cover_ready(struct call *call, int64_t certificate_id, struct date on);
/* The group's certificate that covers an enterprise against an edition on a day; *ret_id is 0 when none does. */
int cert_cover_of(struct call *call, int64_t enterprise_id, int64_t edition_id, struct date on, int64_t *ret_id);
