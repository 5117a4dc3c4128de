/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters as tests like to write them, a loose JSON: {code: coopemel, name: 'Co Op', on:
 * 2026-01-01, responses: [{requirement: 4.1, result: conforming}], gone: null}. What is neither a
 * number, true, false nor null is text, with or without quotes. */
#pragma once

#include "common/buf.h"

/* Appends the value as MessagePack; stops the test when the text cannot be read. "" is an empty map. */
void loose_pack(const char *text, struct buf *out);
