/* SPDX-License-Identifier: Apache-2.0 */
/* Interventions as they were on a day: each step first saves what it changes. */
#pragma once

#include "daemon/service/call/call.h"

/* Saves the intervention as it is now, for days before until. Writer thread. */
int assist_past_keep(struct call *call, int64_t id, struct date until);
/* As it was on the day, with its parts; if it has not changed since, *ret_found is false and ret is untouched. */
int assist_past_read(struct call *call, int64_t id, struct date as_of, struct intervention_detail *ret,
                     bool *ret_found);
