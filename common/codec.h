/* SPDX-License-Identifier: Apache-2.0 */
/* Converts between MessagePack and the structs of api.h, driven by the field tables: decodes and checks every bound,
 * encodes, and makes the canonical forms that are stored and hashed. Any thread. */
#pragma once

#include "common/arena.h"
#include "common/err.h"
#include "common/mp.h"

/* params: the map of a call, or NULL for none. *ret_params is a zeroed struct of m->size in the arena, filled. Unknown,
 * duplicate and missing fields, wrong types and bounds, and what said.h refuses are ERR_INVALID_PARAM with the field;
 * so is a required text that is blank, while an optional one counts as not given; blanks around a text stay. A row of a
 * list may be a map or an array in the order of the record; nil means not given in both. */
int codec_decode_params(const struct method *m, const msgpack_object *params, struct arena *a, void **ret_params,
                        struct err *e);
/* The same for a record (a result in the client; a row in a test). ret points to size bytes. */
int codec_decode_record(enum record_id record, const msgpack_object *from, struct arena *a, void *ret, struct err *e);
/* A page on the wire: {rows: [...], next: text or absent}. */
struct page {
    void *rows; /* array of structs of the method's record, in the arena */
    size_t n, capacity;
    const char *next; /* NULL on the last page */
};
/* A copy of *row at the end of the page; false without memory. */
bool page_push(struct page *page, struct arena *a, const void *row, size_t size);

/* result: the record's struct (ONE) or struct page (PAGE). Appends a map and omits absent fields; a required number is
 * never absent, whatever its has_ flag. Checked against the same table: a value out of bounds is ERR_INTERNAL. */
int codec_encode_result(const struct method *m, const void *result, struct buf *out, struct err *e);
int codec_encode_record(enum record_id record, const void *from, struct buf *out, struct err *e);
/* A page or record received as a reply. ret: struct of the record, or struct page. */
int codec_decode_result(const struct method *m, const msgpack_object *from, struct arena *a, void *ret, struct err *e);
/* The parameters as a call sends them, with the options of its kind. ERR_INVALID_PARAM if one is out of bounds or a
 * required one is missing. */
int codec_encode_params(const struct method *m, const void *params, struct buf *out, struct err *e);

/* The packed form of a list: an array of positional rows, absent fields nil, trailing ones dropped, enumerations by
 * number. Audits store it, and detached digests are computed over it. */
int codec_pack_list(enum record_id record, const void *rows, size_t n, struct buf *out, struct err *e);
int codec_unpack_list(enum record_id record, const uint8_t *data, size_t size, struct arena *a, void **ret_rows,
                      size_t *ret_n, struct err *e);

/* Canonical parameters for the journal: a map in declared order without absent fields, smallest integers; a DETACHED
 * list is the digest of its packed form and a PERSONAL text the digest of salt and text, both as bin 32. The caller
 * supplies the digest function, since this floor has no cryptography. It returns false when out of memory
 * (ERR_INTERNAL). like (may be NULL): canonical parameters of an earlier version; a parameter that has an old name
 * there gets it again. */
typedef bool codec_digest(const void *salt, size_t salt_size, const void *data, size_t size, uint8_t ret[32]);
int codec_canonical_params(const struct method *m, const void *params, const uint8_t salt[16], codec_digest *digest,
                           const msgpack_object *like, struct buf *out, struct err *e);
