/* SPDX-License-Identifier: Apache-2.0 */
/* An edition for people, within 80 columns: its details, its rules as sentences, and its requirements. */
#pragma once

#include "client/write/writer.h"
#include "common/api/api.h"
#include "common/arena.h"

void standard_view_put(struct out *o, const struct writer_style *style, const struct edition_detail *e,
                       struct arena *a);
