/* SPDX-License-Identifier: Apache-2.0 */
/* Enterprises, as their import needs them. Writer thread. */
#pragma once

#include "daemon/service/call/call.h"

/* Registers one, without a membership. */
int enterprise_insert(struct call *call, const struct enterprise_create *p, int64_t *ret_id);
int enterprise_load(struct call *call, int64_t id, struct date as_of, struct enterprise *ret);
