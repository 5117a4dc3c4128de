/* SPDX-License-Identifier: Apache-2.0 */
/* A sample as people look at it: what was asked, what was drawn and why, and what must be known before it is used. */
#pragma once

#include "client/write/table.h"
#include "common/api/api.h"

void sample_view_put(struct out *o, const struct sample_detail *d, struct arena *a);
