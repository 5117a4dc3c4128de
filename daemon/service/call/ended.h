/* SPDX-License-Identifier: Apache-2.0 */
/* Whoever or whatever has ended is not relied on from then on: by what common/api/ended.def says of each noun. Every
 * REF of a WRITE is checked before its handler (resolve.h); handlers check what their rows name, each by its own day.
 */
#pragma once

#include "daemon/service/call/call.h"

/* ERR_CONFLICT (of a numbered noun, ERR_BAD_STATE), with the thing and the day, if it had ended by the day; id 0 is
 * nothing. */
int ended_check(struct call *call, enum noun noun, const char *field, int64_t id, struct date on);
/* Whether the parameter may name what has ended. */
bool ended_is_kept(const struct method *m, const char *field);
