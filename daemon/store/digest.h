/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256, from libcrypto. Any thread. */
#pragma once

#include "common/api/api.h"

enum { DIGEST_SIZE = 32, DIGEST_HEX = 2 * DIGEST_SIZE + 1 };

/* Of the parts, one after the other. false without memory; ret is then untouched. */
bool digest_parts(const struct bytes *parts, size_t n, uint8_t ret[DIGEST_SIZE]);
const char *digest_hex(const uint8_t digest[DIGEST_SIZE], char text[DIGEST_HEX]);
/* The inverse; either case. false for anything but 64 hexadecimal digits. */
bool digest_parse(const char *text, uint8_t ret[DIGEST_SIZE]);
