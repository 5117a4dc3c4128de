/* SPDX-License-Identifier: Apache-2.0 */
/* UUIDs as request ids (RFC 9562). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { UUID_TEXT = 37, UUID_SIZE = 16 };

/* A version 7 UUID: 48 bits of milliseconds, then random bits. text holds UUID_TEXT bytes. */
void uuid_make(char *text);
/* Any version, lower or upper case, with its four hyphens. */
bool uuid_parse(const char *text, uint8_t ret[UUID_SIZE]);
const char *uuid_format(const uint8_t uuid[UUID_SIZE], char *text);
/* A version 8 UUID of these bytes, except for the version and variant bits; returns text. */
const char *uuid_name(const uint8_t bytes[UUID_SIZE], char *text);
