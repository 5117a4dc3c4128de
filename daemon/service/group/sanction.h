/* SPDX-License-Identifier: Apache-2.0 */
/* Sanctions on a member of a group, or on the group itself, for one edition: warned, suspended, excluded, and
 * readmitted (for the rules and their source see sanction.def). A sanction holds from its day until lifted; a graver
 * one may be added to a lighter one, never an equal or lighter one. Only an auditor or certifier may lift a
 * certification body's sanction. Reads: any thread. */
#pragma once

#include "daemon/service/call/call.h"

/* The gravest sanction on a member (enterprise_id 0: on the group itself) that holds on the day; *ret_id is 0 if there
 * is none. */
int sanction_pending(struct call *call, int64_t cooperative_id, int64_t enterprise_id, int64_t edition_id,
                     struct date on, int64_t *ret_id);
