/* SPDX-License-Identifier: Apache-2.0 */
#include "common/uuid.h"

#include "common/hex.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static const char HEX[] = "0123456789abcdef";

/* The version is the high half of byte 6, the variant the two high bits of byte 8. */
static void mark(uint8_t uuid[UUID_SIZE], unsigned version)
{
    uuid[6] = (uint8_t)((uuid[6] & 0x0F) | version << 4);
    uuid[8] = (uint8_t)((uuid[8] & 0x3F) | 0x80);
}

/* The kernel's generator may be interrupted only while it is not yet seeded. */
static void fill_random(uint8_t *to, size_t size)
{
    while (getrandom(to, size, 0) != (ssize_t)size && errno == EINTR)
        continue;
}

void uuid_make(char *text)
{
    uint8_t uuid[UUID_SIZE];
    fill_random(uuid, sizeof uuid);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
    for (size_t i = 0; i < 6; i++)
        uuid[i] = (uint8_t)(ms >> (40 - 8 * i));
    mark(uuid, 7);
    uuid_format(uuid, text);
}

static bool is_hyphen_before(size_t byte)
{
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

bool uuid_parse(const char *text, uint8_t ret[UUID_SIZE])
{
    uint8_t uuid[UUID_SIZE];
    for (size_t i = 0; i < UUID_SIZE; i++) {
        if (is_hyphen_before(i) && *text++ != '-')
            return false;
        int high = hex_digit(text[0]);
        int low = high < 0 ? -1 : hex_digit(text[1]);
        if (low < 0)
            return false;
        uuid[i] = (uint8_t)(high << 4 | low);
        text += 2;
    }
    if (*text != '\0')
        return false;
    memcpy(ret, uuid, UUID_SIZE);
    return true;
}

const char *uuid_format(const uint8_t uuid[UUID_SIZE], char *text)
{
    char *to = text;
    for (size_t i = 0; i < UUID_SIZE; i++) {
        if (is_hyphen_before(i))
            *to++ = '-';
        *to++ = HEX[uuid[i] >> 4];
        *to++ = HEX[uuid[i] & 0x0F];
    }
    *to = '\0';
    return text;
}

const char *uuid_name(const uint8_t bytes[UUID_SIZE], char *text)
{
    uint8_t uuid[UUID_SIZE];
    memcpy(uuid, bytes, UUID_SIZE);
    mark(uuid, 8);
    return uuid_format(uuid, text);
}
