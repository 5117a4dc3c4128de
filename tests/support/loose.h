/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters in a loose JSON, for tests: {code: coopemel, name: 'Co Op', on: 2026-01-01, responses: [{requirement: 4.1,
 * result: conforming}], gone: null}. Anything but a number, true, false or null is text, with or without quotes. */
#pragma once

#include "common/buf.h"

/* Appends the value as MessagePack; stops the test if the text is invalid. "" is an empty map. */
void loose_pack(const char *text, struct buf *out);
