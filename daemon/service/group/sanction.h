/* SPDX-License-Identifier: Apache-2.0 */
/* Sanctions on a member of a group, or on the group itself, for one edition: warned, suspended, excluded, and
 * readmitted (sanction.def tells the rules and their source). One holds from its day until it is lifted; a graver one
 * may be added to a lighter one, never the same or a lighter one to a graver. What a certification body imposed only an
 * auditor or certifier lifts. Any thread reads. */
#pragma once

#include "daemon/service/call/call.h"

/* The gravest sanction on a member (enterprise_id 0: on the group itself) that holds on the day; *ret_id is 0 when
 * there is none. */
int sanction_pending(struct call *call, int64_t cooperative_id, int64_t enterprise_id, int64_t edition_id,
                     struct date on, int64_t *ret_id);
