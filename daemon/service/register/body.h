/* SPDX-License-Identifier: Apache-2.0 */
/* Bodies: whoever certifies, tests, assists, pays or governs, without being in the register's care. */
#pragma once

#include "daemon/service/call/call.h"

int body_load(struct call *call, int64_t id, struct body *ret);
