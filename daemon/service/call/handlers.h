/* SPDX-License-Identifier: Apache-2.0 */
/* One prototype per method: coop.create is coop_create(). A method without a handler does not link.
 * ret is the zeroed struct of the method's record; for a list, the page to push rows to. */
#pragma once

#include "daemon/service/call/call.h"

#define ONE_RESULT(record) struct record
#define PAGE_RESULT(record) struct page
#define METHOD(id, name, kind, roles, reach, shape, result, doc)                                                       \
    int id(struct call *call, const struct id *p, shape##_RESULT(result) * ret);
#include "common/api/api.inc"
#undef ONE_RESULT
#undef PAGE_RESULT
