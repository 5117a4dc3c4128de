/* SPDX-License-Identifier: Apache-2.0 */
/* What a handler sees of a call. A handler returns OK or the code of *call->err; it does not log, reply or touch a
 * socket, and allocates only from call->arena.
 *
 * A READ or LONG handler runs inside a read transaction; a WRITE handler on the writer thread inside a savepoint that
 * is rolled back if it fails. */
#pragma once

#include "common/arena.h"
#include "common/codec.h"
#include "common/err.h"
#include "common/zone.h"
#include "daemon/store/store.h"

struct catalogue;

enum { CALLER_GROUPS_MAX = 64, CALLER_USER_MAX = 64 };

/* The caller, identified by the kernel when it connected. */
struct caller {
    int64_t uid;
    int64_t gids[CALLER_GROUPS_MAX];
    int n_gids;
    bool is_admin; /* root, the daemon's own user, or a member of smed-admin */
    char user[CALLER_USER_MAX];
};

/* Where the caller may use this method: everywhere, or in these cooperatives. */
struct scope {
    bool everywhere;
    const int64_t *cooperatives;
    size_t n;
    unsigned roles;                  /* the roles that allow the method, as bits 1 << enum role */
    const struct held_grant *grants; /* the grants that allow the method; none for an administrator */
    size_t n_grants;
};

struct call;

/* What the surrounding program provides; NULL without a daemon. */
struct host {
    int (*stats)(const struct host *host, struct call *call, struct stats *ret);
};

struct call {
    const struct method *method;
    const struct caller *caller;
    struct scope scope;
    struct store *store;         /* the connection of the thread the call runs on */
    struct catalogue *catalogue; /* the published editions; same thread */
    const struct host *host;
    struct arena *arena;
    struct err *err;
    struct instant now;      /* one reading of the clock for the whole call */
    const struct zone *zone; /* the register's, by which its days begin and end; NULL is UTC */
    struct date today;       /* in that zone */
    int64_t seq;             /* of the WRITE's future journal entry */
    bool unchanged;          /* set by a WRITE that changed nothing: roll back, no journal entry */
};
