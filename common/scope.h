/* SPDX-License-Identifier: Apache-2.0 */
/* Cleanup on leaving a scope. SCOPED(fn) is the compiler's cleanup attribute; TAKE hands a pointer over and clears the
 * local. */
#pragma once

#include <stdlib.h>
#include <unistd.h>

#define SCOPED(fn) __attribute__((cleanup(fn)))
#define TAKE(p)                                                                                                        \
    __extension__({                                                                                                    \
        __typeof__(p) taken_ = (p);                                                                                    \
        (p) = NULL;                                                                                                    \
        taken_;                                                                                                        \
    })

static inline void scope_free(void *p)
{
    free(*(void **)p);
}
static inline void scope_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}
