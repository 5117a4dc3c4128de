/* SPDX-License-Identifier: Apache-2.0 */
/* JSON out: of a MessagePack value, and of text for those who write JSON themselves. Any thread. */
#pragma once

#include "common/buf.h"

#include <msgpack.h>

/* Appends text as a JSON string with its quotes. text is UTF-8. */
void json_text(const char *text, size_t length, struct buf *out);
/* Appends a value without spaces; bytes become a string of hexadecimal digits, and keys that are no
 * text become text. Not for ext types, which no message of ours contains: they become null. */
void json_from_object(const msgpack_object *object, struct buf *out);
