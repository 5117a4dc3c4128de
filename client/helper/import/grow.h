/* SPDX-License-Identifier: Apache-2.0 */
/* Arrays in an arena that grow one element at a time, and a hash table of texts. */
#pragma once

#include "common/arena.h"

#include <stdbool.h>

/* old with room for one more than n elements: the same array or, if n is a power of two, a copy with twice the
 * capacity. The capacity follows from n, so arrays must grow only through this. */
void *grow_array(struct arena *a, void *old, size_t n, size_t size);

/* Maps texts to numbers; in an arena, never shrinks. */
struct grow_index {
    struct arena *arena;
    struct grow_slot {
        const char *text;
        size_t value;
    } * slots;
    size_t n, capacity;
};

/* The value stored for the text; if new, stores it and sets *ret_new. text is borrowed. */
size_t grow_index_put(struct grow_index *index, const char *text, size_t value, bool *ret_new);
