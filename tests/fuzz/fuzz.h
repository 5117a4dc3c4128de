/* SPDX-License-Identifier: Apache-2.0 */
/* What the fuzz targets share: a check that stays in every build, and the entry point that libFuzzer
 * and replay.c call. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* A target may have it: whether what replay.c ran was enough, told on standard error where not. */
bool fuzz_covered(void) __attribute__((weak));

static inline void fuzz_check(int holds, const char *what, const char *file, int line)
{
    if (holds)
        return;
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
    abort();
}
#define FUZZ_CHECK(condition) fuzz_check(condition, #condition, __FILE__, __LINE__)
