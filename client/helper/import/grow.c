/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/grow.h"

#include "client/xmalloc.h"

#include <stdint.h>
#include <string.h>

enum { FIRST_CAPACITY = 1024 };

void *grow_array(struct arena *a, void *old, size_t n, size_t size)
{
    if (n > 0 && (n & (n - 1)) != 0)
        return old;
    void *room = xmalloc_array(a, n > 0 ? 2 * n : 1, size);
    if (n > 0)
        memcpy(room, old, n * size);
    return room;
}

/* FNV-1a. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037U;
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211U;
    return hash;
}

/* The slot that holds the text, or the free one where it belongs. */
static struct grow_slot *slot_of(struct grow_slot *slots, size_t capacity, const char *text)
{
    size_t i = hash_of(text) & (capacity - 1);
    while (slots[i].text != NULL && strcmp(slots[i].text, text) != 0)
        i = (i + 1) & (capacity - 1);
    return &slots[i];
}

static void make_room(struct grow_index *index)
{
    size_t capacity = index->capacity > 0 ? 2 * index->capacity : FIRST_CAPACITY;
    struct grow_slot *slots = xmalloc_array(index->arena, capacity, sizeof *slots);
    for (size_t i = 0; i < index->capacity; i++)
        if (index->slots[i].text != NULL)
            *slot_of(slots, capacity, index->slots[i].text) = index->slots[i];
    index->slots = slots;
    index->capacity = capacity;
}

size_t grow_index_put(struct grow_index *index, const char *text, size_t value, bool *ret_new)
{
    if (2 * index->n >= index->capacity)
        make_room(index);
    struct grow_slot *slot = slot_of(index->slots, index->capacity, text);
    *ret_new = slot->text == NULL;
    if (*ret_new) {
        *slot = (struct grow_slot){ text, value };
        index->n++;
    }
    return slot->value;
}
