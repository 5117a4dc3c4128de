/* SPDX-License-Identifier: Apache-2.0 */
/* The listening socket, the turn of the loop, and the end of it. The loop's thread.
 *
 * Each turn: reads of the sockets, then all waiting calls that only read, in one transaction, then
 * what there is to write. server_drain takes no more calls, finishes those in flight, closes every
 * connection, and calls on_stopped once. */
#pragma once

#include "daemon/transport/conn.h"

struct server_options {
    struct dispatch *dispatch;
    struct limits limits; /* connections is lowered to what the file descriptors allow */
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
    uv_idle_t again; /* keeps the loop from sleeping while something is left to do */
    uv_timer_t sweep;
    uint64_t stop_at; /* when draining ends whatever is in flight */
    bool is_stopped;
};

/* path is borrowed until on_stopped. After a failure run the loop once more: handles are closing, and
 * on_stopped is not called. */
int server_start(struct server *s, uv_loop_t *loop, const struct server_options *options, struct err *e);
/* May be called again, to no effect. Called by the server itself when a commit had an unknown outcome. */
void server_drain(struct server *s);
/* After on_stopped, when the loop has ended. */
void server_fini(struct server *s);
