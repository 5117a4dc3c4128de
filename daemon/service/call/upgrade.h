/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of an upgrade that SQL cannot compute, such as judging each standing anew.
 *
 * They run on the writer's connection, before anybody is served, once all migrations are applied; so they use the
 * queries and the code of today, whatever version the database comes from, and no later migration may rely on them. A
 * new database has nothing for them to do, but they run on it, too.
 *
 * A step is done in parts of about a second (at most a minute), each in a transaction of its own with the place where
 * the next goes on: whenever smed is killed, the next start goes on there. Steps change only what is derived from the
 * register; nothing of it enters the journal. */
#pragma once

#include "daemon/service/call/call.h"

/* How far a step is. */
struct upgrade_progress {
    int64_t after; /* the number that the last part ended with; 0 at first */
    int64_t done;  /* for people: how much so far, */
    int64_t total; /* and in all; 0: not known, which the first part after a start may change */
    bool finished; /* to be set by the last part */
};

/* Does the next part and moves *p on. The call has no method and no caller, sees everything, and its arena is reset
 * after each part. An error undoes the part, and smed does not start. */
typedef int upgrade_part(struct call *call, struct upgrade_progress *p);

struct upgrade_step {
    int migration; /* the one that made the step necessary */
    const char *name;
    upgrade_part *part;
};

#define STEP(migration, function) upgrade_part function;
#include "daemon/service/call/upgrade.def"
