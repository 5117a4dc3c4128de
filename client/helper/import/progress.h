/* SPDX-License-Identifier: Apache-2.0 */
/* A bar on standard error, drawn over itself. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Whether standard error is a terminal that a bar can be drawn on. */
bool progress_is_wanted(void);
/* At done == all the line is cleared. */
void progress_show(const char *what, size_t done, size_t all);
