/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the codec share: reading rows in either form, and checking texts. */
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

/* Checks the texts among these fields and in the rows and records within: none is blank where one is required, those of
 * at most 200 bytes are one line. An optional blank one is unset. */
int codec_check_texts(const struct field *fields, size_t n, void *owner, struct err *e);
