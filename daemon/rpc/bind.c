/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/rpc/bind.h"

#include "daemon/service/call/handlers.h"

#define METHOD(id, name, kind, roles, reach, shape, result, doc)                                                       \
    static int call_##id(struct call *call, const void *p, void *ret)                                                  \
    {                                                                                                                  \
        return id(call, p, ret);                                                                                       \
    }
#include "common/api/api.inc"

#define METHOD(id, name, kind, roles, reach, shape, result, doc) [METHOD_##id] = call_##id,
bind_handler *const bind_handlers[METHOD_COUNT] = {
#include "common/api/api.inc"
};
