/* SPDX-License-Identifier: Apache-2.0 */
/* What barred somebody from an audit and was set aside, where people read what rests on that audit. */
#pragma once

#include "client/write/out.h"
#include "common/api/api.h"
#include "common/arena.h"

/* A paragraph each, after a line that is left empty; nothing where there are none. */
void override_view_put(struct out *o, const struct override *rows, size_t n, struct arena *a);
