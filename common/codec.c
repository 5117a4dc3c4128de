/* SPDX-License-Identifier: Apache-2.0 */
#include "common/codec.h"

#include "common/codec_part.h"
#include "common/scope.h"

#include <string.h>

enum { PAGE_FIRST = 16 };

bool page_push(struct page *page, struct arena *a, const void *row, size_t size)
{
    if (page->n == page->capacity) {
        size_t capacity = page->capacity == 0 ? PAGE_FIRST : page->capacity * 2;
        void *rows = arena_array(a, capacity, size);
        if (rows == NULL)
            return false;
        if (page->n > 0)
            memcpy(rows, page->rows, page->n * size);
        page->rows = rows;
        page->capacity = capacity;
    }
    memcpy((char *)page->rows + page->n++ * size, row, size);
    return true;
}

/* Stored bytes were checked when written but may have been altered since, so the guard walks them too. */
static bool is_whole(const uint8_t *data, size_t size)
{
    struct mp_guard guard;
    mp_guard_init(&guard, size);
    guard.objects_max = size; /* a value is a byte at least */
    return mp_guard_feed(&guard, data, size) == MP_WHOLE && guard.at == size;
}

int codec_unpack_list(enum record_id record, const uint8_t *data, size_t size, struct arena *a, void **ret_rows,
                      size_t *ret_n, struct err *e)
{
    struct codec_rows to = { record, api_records[record].name, SIZE_MAX, true };
    if (!is_whole(data, size))
        return err_set(e, ERR_MALFORMED, NULL, "not a packed list (%zu bytes)", size);
    SCOPED(msgpack_unpacked_destroy) msgpack_unpacked unpacked;
    msgpack_unpacked_init(&unpacked);
    size_t used = 0;
    if (msgpack_unpack_next(&unpacked, (const char *)data, size, &used) != MSGPACK_UNPACK_SUCCESS)
        return err_set(e, ERR_TOO_BIG, NULL, "out of memory for a packed list of %zu bytes", size);
    return codec_get_rows(&to, &unpacked.data, a, ret_rows, ret_n, e);
}
