/* SPDX-License-Identifier: Apache-2.0 */
/* A progress bar on standard error. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Whether standard error is a terminal that a bar can be drawn on. */
bool progress_is_wanted(void);
/* Clears the line once done == all. */
void progress_show(const char *what, size_t done, size_t all);
