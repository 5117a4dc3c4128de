/* SPDX-License-Identifier: Apache-2.0 */
/* Arrays in an arena that grow by one at a time, and texts looked up by the thousand. */
#pragma once

#include "common/arena.h"

#include <stdbool.h>

/* old with room for one more than n elements: the same, or, when n has reached a power of two, a
 * copy of twice the room. The capacity follows from n, so the array must grow only by this. */
void *grow_array(struct arena *a, void *old, size_t n, size_t size);

/* Texts to numbers; of an arena, never smaller. */
struct grow_index {
    struct arena *arena;
    struct grow_slot {
        const char *text;
        size_t value;
    } * slots;
    size_t n, capacity;
};

/* The value kept for the text; kept now if it is new, and then *ret_new is true. text is borrowed. */
size_t grow_index_put(struct grow_index *index, const char *text, size_t value, bool *ret_new);
