/* SPDX-License-Identifier: Apache-2.0 */
/* Interventions as they were on a day: what a step changes is kept before it is changed. */
#pragma once

#include "daemon/service/call/call.h"

/* Keeps the intervention as it is, for days before until. Writer thread. */
int assist_past_keep(struct call *call, int64_t id, struct date until);
/* As it was on the day, with its parts; *ret_found is false where it has not changed since, and ret is untouched. */
int assist_past_read(struct call *call, int64_t id, struct date as_of, struct intervention_detail *ret,
                     bool *ret_found);
