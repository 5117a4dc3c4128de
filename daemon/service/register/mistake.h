/* SPDX-License-Identifier: Apache-2.0 */
/* What was recorded by mistake is declared void: by whoever may record it, as long as the work that met it is recent;
 * later only by an administrator, since reports and decisions may rest on it. It stays visible, and counts nowhere from
 * that day on; views of earlier days show what counted then. */
#pragma once

#include "daemon/service/call/call.h"

/* Our own rule. A month: each record then has passed through one monthly round of the office that would notice. */
enum { MISTAKE_DAYS = 30 };

struct mistake {
    const char *field;  /* of the parameter that names the record */
    const char *record; /* its number: "A3" */
    int64_t holder_id;  /* where the caller's roles count; 0: wherever the method allows */
    struct date recorded_on;
    struct date void_on; /* not set: not void yet */
};

/* ERR_CONFLICT if it is void already, ERR_DENIED if only an administrator may declare it void by now. */
int mistake_check(struct call *call, const struct mistake *m);
/* Whether the caller is an administrator at the holder. */
int mistake_by_admin(struct call *call, int64_t holder_id, bool *ret);
