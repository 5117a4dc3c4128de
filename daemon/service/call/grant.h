/* SPDX-License-Identifier: Apache-2.0 */
/* Grants: which roles Unix users and groups have, everywhere or at one cooperative. */
#pragma once

#include "daemon/service/call/call.h"

/* The grants that the caller holds as a user or through a group, in the arena, with their cooperatives' numbers. None
 * for an administrator of the machine, who needs none. */
int grant_held(struct call *call, struct held_grant **ret, size_t *ret_n);
