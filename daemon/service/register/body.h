/* SPDX-License-Identifier: Apache-2.0 */
/* Bodies: organizations that certify, test, assist, pay or govern, but are not holders. */
#pragma once

#include "daemon/service/call/call.h"

int body_load(struct call *call, int64_t id, struct body *ret);
