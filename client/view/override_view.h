/* SPDX-License-Identifier: Apache-2.0 */
/* The overridden conflicts of interest of an audit, shown wherever people read what is based on that audit. */
#pragma once

#include "client/write/out.h"
#include "common/api/api.h"
#include "common/arena.h"

/* A paragraph each, after an empty line; nothing if there are none. */
void override_view_put(struct out *o, const struct override *rows, size_t n, struct arena *a);
