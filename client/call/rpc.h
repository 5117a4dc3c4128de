/* SPDX-License-Identifier: Apache-2.0 */
/* Calls to the daemon over one blocking connection, opened by the first call; to another machine
 * through ssh and `sme-ctl bridge`. One thread. Used by sme-ctl and by its helper programs, which
 * find where to connect in the environment (SME_HOST, SME_SOCKET).
 *
 * If the connection is lost, the call is repeated once on a new one; a write carries the same request id both times, so
 * it is done once. If that gives no answer either, the code is ERR_OUTCOME_UNKNOWN and the message names the request
 * id. */
#pragma once

#include "common/codec.h"
#include "common/frame.h"

#include <sys/types.h>

struct rpc {
    const char *host;   /* user@host, or NULL for this machine; borrowed */
    const char *socket; /* path, or NULL for the usual places; borrowed */
    int timeout_ms;     /* of one answer; 0: 30 s, and 10 min for long methods */
    int fd;             /* -1 while not connected */
    pid_t child;        /* ssh, or 0 */
    uint32_t last_id;
    int64_t deadline; /* of the awaited answer, on the monotonic clock */
    bool expired;     /* it has passed */
    struct frame in;
};

/* Takes host and socket from the environment; does not connect. */
void rpc_init(struct rpc *r);
void rpc_fini(struct rpc *r);
/* params: the method's struct. A write without a request id gets one (a text in the arena) in
 * params. ret: a zeroed struct of the method's record, or a struct page; it lives in the arena. */
int rpc_call(struct rpc *r, const struct method *m, void *params, struct arena *a, void *ret, struct err *e);

/* Takes the rows of one page; a nonzero return ends the list with that code. The rows are invalid afterwards. */
typedef int rpc_page(void *context, const struct page *page, struct err *e);
/* Every page of a list in order; limit: the most rows in all, 0 for no limit. */
int rpc_each(struct rpc *r, const struct method *m, void *params, int64_t limit, rpc_page *page, void *context,
             struct err *e);

/* Connects without calling, for the bridge; while nobody listens, retries until patience_ms has passed. Sets r->fd. */
int rpc_connect(struct rpc *r, int patience_ms, struct err *e);
void rpc_disconnect(struct rpc *r);
