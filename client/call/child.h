/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that sme-ctl runs with input. */
#pragma once

#include "common/buf.h"

#include <sys/types.h>

/* An unnamed file with these contents, positioned at its start; -1 and errno on failure. A file, not a pipe: neither
 * side waits for the other or dies of SIGPIPE. The caller closes it. */
int child_input(const struct buf *content);
/* Waits for a child to end; returns its status as waitpid() does. */
int child_wait(pid_t child);
