/* SPDX-License-Identifier: Apache-2.0 */
/* One client: bytes in, messages to the dispatcher, replies out. The loop's thread.
 *
 * Happy path: bytes are read into the buffer that all connections share, pushed into the frame, messages popped and
 * dispatched; replies are gathered and written once per turn. An idle connection holds no buffer. Bounds: with too many
 * calls in flight or replies unread, nothing more is popped or read, so that the client blocks in its own send. At the
 * end of its stream, or after an unreadable message, the calls in flight are finished and their replies written before
 * the connection is closed. conn_sweep enforces the timeouts. Replies for a closed connection are discarded. */
#pragma once

#include "common/frame.h"
#include "daemon/auth/peer.h"
#include "daemon/rpc/dispatch.h"
#include "daemon/transport/limits.h"

#include <uv.h>

enum { HUB_READ_SIZE = 64 * 1024 };

struct conn;

/* Shared by the connections of one loop. */
struct hub {
    uv_loop_t *loop;
    struct limits limits;
    struct dispatch *dispatch;
    struct peer_book peers;
    struct conn *conns; /* all, newest first */
    struct conn *ready; /* with something to write or pop at the end of the turn */
    bool draining;      /* no new calls */
    char read_buffer[HUB_READ_SIZE];
};

/* Accepts the next connection from the listening stream, or refuses it with a protocol error. */
void conn_accept(struct hub *hub, uv_stream_t *listener);
/* At the end of a turn: writes, and pops what may now be popped. true: more is left. */
bool conn_serve_ready(struct hub *hub);
/* Marks every connection ready, to finish once hub->draining is set. */
void conn_wake_all(struct hub *hub);
/* Closes those that timed out, or all of them. */
void conn_sweep(struct hub *hub, bool all);
