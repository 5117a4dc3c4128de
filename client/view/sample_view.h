/* SPDX-License-Identifier: Apache-2.0 */
/* A sample for people: its rule, the members drawn and why, and what to know before using it. */
#pragma once

#include "client/write/table.h"
#include "common/api/api.h"

void sample_view_put(struct out *o, const struct sample_detail *d, struct arena *a);
