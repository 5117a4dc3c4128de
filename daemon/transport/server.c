/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/transport/server.h"

#include "common/log.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

static void on_connection(uv_stream_t *listener, int status)
{
    struct server *s = listener->data;
    if (status == 0)
        conn_accept(&s->hub, listener);
    else
        log_write(LOG_WARNING, "accept failed: %s", uv_strerror(status));
}

static void on_closed(uv_handle_t *handle)
{
    struct server *s = handle->data;
    if (s->options.on_stopped != NULL)
        s->options.on_stopped(s->options.context);
}

/* Called once nobody is connected and nothing is in flight. */
static void stop_if_drained(struct server *s)
{
    if (!s->hub.draining || s->is_stopped || s->hub.conns != NULL || s->hub.dispatch->in_flight > 0)
        return;
    s->is_stopped = true;
    uv_close((uv_handle_t *)&s->turn, NULL);
    uv_close((uv_handle_t *)&s->again, NULL);
    uv_timer_stop(&s->sweep);
    uv_close((uv_handle_t *)&s->sweep, on_closed);
}

static void on_again(uv_idle_t *again)
{
    (void)again;
}

static void on_turn(uv_check_t *turn)
{
    struct server *s = turn->data;
    dispatch_turn(s->hub.dispatch);
    bool more = conn_serve_ready(&s->hub);
    if (more || dispatch_has_reads(s->hub.dispatch))
        uv_idle_start(&s->again, on_again);
    else
        uv_idle_stop(&s->again);
    if (s->hub.dispatch->failed)
        server_drain(s);
    stop_if_drained(s);
}

static void on_sweep(uv_timer_t *timer)
{
    struct server *s = timer->data;
    conn_sweep(&s->hub, s->hub.draining && uv_now(s->hub.loop) >= s->stop_at);
}

/* Raises the descriptor limit to the maximum, and keeps connections below it. */
static void fit_files(struct limits *limits)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur != RLIM_INFINITY && files.rlim_cur < limits->connections + LIMITS_FILES_KEPT)
        limits->connections = files.rlim_cur > LIMITS_FILES_KEPT ? (size_t)files.rlim_cur - LIMITS_FILES_KEPT : 1;
    if (limits->connections_admin > limits->connections)
        limits->connections_admin = limits->connections - limits->connections / 4;
}

static void start_handles(struct server *s, uv_loop_t *loop)
{
    uv_pipe_init(loop, &s->listener, 0);
    uv_check_init(loop, &s->turn);
    uv_idle_init(loop, &s->again);
    uv_timer_init(loop, &s->sweep);
    s->listener.data = s->turn.data = s->again.data = s->sweep.data = s;
    uv_check_start(&s->turn, on_turn);
    uv_timer_start(&s->sweep, on_sweep, s->hub.limits.sweep_ms, s->hub.limits.sweep_ms);
}

int server_start(struct server *s, uv_loop_t *loop, const struct server_options *options, struct err *e)
{
    memset(s, 0, sizeof *s);
    s->options = *options;
    s->hub.loop = loop;
    s->hub.limits = options->limits;
    s->hub.dispatch = options->dispatch;
    fit_files(&s->hub.limits);
    peer_book_init(&s->hub.peers);
    start_handles(s, loop);
    int r = uv_pipe_open(&s->listener, options->fd);
    if (r == 0)
        r = uv_listen((uv_stream_t *)&s->listener, BACKLOG, on_connection);
    if (r == 0)
        return OK;
    err_set(e, ERR_INTERNAL, "socket", "cannot listen on the socket: %s", uv_strerror(r));
    s->options.on_stopped = NULL;
    server_drain(s);
    stop_if_drained(s);
    return e->code;
}

void server_drain(struct server *s)
{
    if (s->hub.draining)
        return;
    s->hub.draining = true;
    s->stop_at = uv_now(s->hub.loop) + s->hub.limits.stop_ms;
    if (s->options.path != NULL)
        unlink(s->options.path);
    uv_close((uv_handle_t *)&s->listener, NULL);
    conn_wake_all(&s->hub);
    uv_idle_start(&s->again, on_again);
}

void server_fini(struct server *s)
{
    peer_book_fini(&s->hub.peers);
}
