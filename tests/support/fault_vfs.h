/* SPDX-License-Identifier: Apache-2.0 */
/* A virtual file system for SQLite that fails on demand: the n-th call of a class, once or from then on. Wraps the
 * system's. One thread. */
#pragma once

#include <stdbool.h>

enum fault_class {
    FAULT_NONE,
    FAULT_OPEN,
    FAULT_READ,
    FAULT_WRITE,      /* an error, nothing written */
    FAULT_WRITE_HALF, /* an error after half of the bytes */
    FAULT_WRITE_FULL, /* no room */
    FAULT_SYNC,
    FAULT_TRUNCATE,
    FAULT_DELETE,
    FAULT_SHM_MAP,
    FAULT_SHM_LOCK,
    FAULT_CLASSES
};

/* Makes it the default. */
void fault_vfs_install(void);
void fault_vfs_remove(void);
/* The at-th call of the class from now on fails (1 is the next); sticky: and all later ones. */
void fault_vfs_arm(enum fault_class class, int at, bool sticky);
/* Whether that call was reached. Nothing fails any more. */
bool fault_vfs_disarm(void);
const char *fault_vfs_name(enum fault_class class);
