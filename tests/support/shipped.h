/* SPDX-License-Identifier: Apache-2.0 */
/* The editions and files of rules that are shipped, for tests. */
#pragma once

#include "tests/support/sample.h"

#include <glob.h>

#define STANDARDS SMED_SOURCE_DIR "/schema/standards/"

/* The files that match; fails if they are fewer. The caller frees them with globfree. */
glob_t shipped_files(const char *pattern, size_t at_least);
/* Publishes a file as it is, or with overlay as the rules of the list "own". The rules are in the arena. */
const struct rules *shipped_publish(struct desk *desk, struct arena *arena, const char *path, bool overlay);
