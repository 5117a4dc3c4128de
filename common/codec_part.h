/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the codec share: reading rows in either form. */
#pragma once

#include "common/arena.h"
#include "common/err.h"
#include "common/mp.h"

/* A list of rows to read. */
struct codec_rows {
    enum record_id record;
    const char *name; /* for errors */
    size_t max;
    bool packed; /* enumerations by number */
};

/* *ret_rows: zeroed structs in the arena, filled. Untouched on failure. */
int codec_get_rows(const struct codec_rows *to, const msgpack_object *from, struct arena *a, void **ret_rows,
                   size_t *ret_n, struct err *e);
