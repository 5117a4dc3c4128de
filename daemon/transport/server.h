/* SPDX-License-Identifier: Apache-2.0 */
/* The listening socket, the turns of the loop, and their end. The loop's thread.
 *
 * Each turn reads the sockets, answers all waiting read-only calls in one transaction, then writes replies.
 * server_drain accepts no more calls, finishes those in flight, closes every connection, and calls on_stopped once. */
#pragma once

#include "daemon/transport/conn.h"

struct server_options {
    struct dispatch *dispatch;
    struct limits limits; /* connections is lowered to fit the file descriptor limit */
    int fd;               /* the listening socket */
    const char *path;     /* of our own socket, removed at the end; NULL for an inherited one */
    void (*on_stopped)(void *context);
    void *context;
};

struct server {
    struct hub hub;
    struct server_options options;
    uv_pipe_t listener;
    uv_check_t turn;
    uv_idle_t again; /* keeps the loop from sleeping while work is left */
    uv_timer_t sweep;
    uint64_t stop_at; /* when draining ends even with calls in flight */
    bool is_stopped;
};

/* path is borrowed until on_stopped. After a failure run the loop once more to close handles; on_stopped is not
 * called. */
int server_start(struct server *s, uv_loop_t *loop, const struct server_options *options, struct err *e);
/* Further calls have no effect. The server calls it itself after a commit with unknown outcome. */
void server_drain(struct server *s);
/* Call after on_stopped, when the loop has ended. */
void server_fini(struct server *s);
