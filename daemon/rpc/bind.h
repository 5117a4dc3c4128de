/* SPDX-License-Identifier: Apache-2.0 */
/* From a method to its handler. */
#pragma once

#include "daemon/service/call/call.h"

/* p and ret are as handlers.h declares them for the method. */
typedef int bind_handler(struct call *call, const void *p, void *ret);

extern bind_handler *const bind_handlers[METHOD_COUNT];
