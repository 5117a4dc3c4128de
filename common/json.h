/* SPDX-License-Identifier: Apache-2.0 */
/* Writes JSON: a whole MessagePack value, or a string for callers that write JSON themselves. Any thread. */
#pragma once

#include "common/buf.h"

#include <msgpack.h>

/* Appends text as a JSON string with its quotes. text is UTF-8. */
void json_text(const char *text, size_t length, struct buf *out);
/* Appends a value without spaces; bytes become a string of hexadecimal digits, and keys that are not text become text.
 * Ext types, which none of our messages contain, become null. */
void json_from_object(const msgpack_object *object, struct buf *out);
