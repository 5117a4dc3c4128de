/* SPDX-License-Identifier: Apache-2.0 */
/* One client: bytes in, messages to the dispatcher, replies out. The loop's thread.
 *
 * Happy path: bytes are read into the buffer that all connections share, pushed into the frame,
 * messages popped and dispatched; replies are gathered and written once per turn. An idle connection
 * holds no buffer.
 * Bounds: with too many calls in flight or replies unread, nothing more is popped nor read, so that
 * the client waits in its own send. At the end of its stream, or after a message that cannot be read,
 * the calls in flight are finished and their replies written; only then is the connection closed.
 * Times are looked at by conn_sweep. A closed connection completes its calls into nothing. */
#pragma once

#include "common/frame.h"
#include "daemon/auth/peer.h"
#include "daemon/rpc/dispatch.h"
#include "daemon/transport/limits.h"

#include <uv.h>

enum { HUB_READ_SIZE = 64 * 1024 };

struct conn;

/* What the connections of one loop share. */
struct hub {
    uv_loop_t *loop;
    struct limits limits;
    struct dispatch *dispatch;
    struct peer_book peers;
    struct conn *conns; /* all, the newest first */
    struct conn *ready; /* with something to write or to pop, for the end of the turn */
    bool draining;      /* no new calls */
    char read_buffer[HUB_READ_SIZE];
};

/* Takes the next connection from the listening stream, or refuses it in its own protocol. */
void conn_accept(struct hub *hub, uv_stream_t *listener);
/* At the end of a turn: writes, and pops what may be popped again. true: more is left. */
bool conn_serve_ready(struct hub *hub);
/* Marks every connection ready, to finish once hub->draining is set. */
void conn_wake_all(struct hub *hub);
/* Closes those that overstayed; all of them if so told. */
void conn_sweep(struct hub *hub, bool all);
