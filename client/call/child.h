/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that sme-ctl runs with something to read. */
#pragma once

#include "common/buf.h"

#include <sys/types.h>

/* An unnamed file with this in it, to be read from its start; -1, and errno. A file, not a pipe: nobody waits for
 * anybody, and nobody is killed by the other's end. The caller closes it. */
int child_input(const struct buf *content);
/* Waits for the end of a child; its status as waitpid() gives it. */
int child_wait(pid_t child);
