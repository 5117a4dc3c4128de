/* SPDX-License-Identifier: Apache-2.0 */
/* What a fuzz input is about, said by the hash of its name in the first four bytes, so that a committed input stays
 * about the same when methods and records are added. Any other number is taken as a place among all of them. */
#pragma once

#include "common/api/api.h"

#include <string.h>

enum { CHOICE_SIZE = 4, CHOICES = METHOD_COUNT + RECORD_COUNT - 1 };

static inline const char *choice_name(unsigned choice)
{
    return choice < METHOD_COUNT ? api_methods[choice].name : api_records[choice - METHOD_COUNT + 1].name;
}

/* FNV-1a. */
static inline uint32_t choice_hash(const char *name)
{
    uint32_t hash = 2166136261U;
    for (; *name != '\0'; name++)
        hash = (hash ^ (uint8_t)*name) * 16777619U;
    return hash;
}

/* A method below METHOD_COUNT; above it a record, from 1. data holds CHOICE_SIZE bytes. */
static inline unsigned choice_of(const uint8_t *data)
{
    uint32_t hash;
    memcpy(&hash, data, CHOICE_SIZE);
    for (unsigned i = 0; i < CHOICES; i++)
        if (choice_hash(choice_name(i)) == hash)
            return i;
    return hash % CHOICES;
}
