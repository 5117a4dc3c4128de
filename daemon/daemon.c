/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/daemon.h"

#include "common/log.h"
#include "daemon/transport/notify.h"
#include "daemon/transport/socket.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

struct daemon_options daemon_defaults(void)
{
    return (struct daemon_options){ .limits = limits_default(), .group = DAEMON_GROUP, .clock = &clock_system };
}

static void drain(struct daemon *d, const char *why)
{
    log_write(LOG_INFO, "stopping why=%s in_flight=%zu", why, d->dispatch.in_flight);
    notify_send("STOPPING=1");
    server_drain(&d->server);
}

static void on_stop(uv_async_t *stop)
{
    drain(stop->data, "asked");
}

static void on_signal(uv_signal_t *handle, int number)
{
    drain(handle->data, number == SIGINT ? "SIGINT" : "SIGTERM");
}

/* Running this proves that the loop is alive; the writer must have answered since the last time. */
static void on_watchdog(uv_timer_t *timer)
{
    struct daemon *d = timer->data;
    if (dispatch_is_alive(&d->dispatch))
        notify_send("WATCHDOG=1");
}

static void close_handles(struct daemon *d)
{
    uv_close((uv_handle_t *)&d->stop, NULL);
    uv_close((uv_handle_t *)&d->terminate, NULL);
    uv_close((uv_handle_t *)&d->interrupt, NULL);
    uv_close((uv_handle_t *)&d->watchdog, NULL);
}

static void on_stopped(void *context)
{
    struct daemon *d = context;
    dispatch_stop(&d->dispatch);
    close_handles(d);
}

static void init_handles(struct daemon *d)
{
    uv_async_init(&d->loop, &d->stop, on_stop);
    uv_signal_init(&d->loop, &d->terminate);
    uv_signal_init(&d->loop, &d->interrupt);
    uv_timer_init(&d->loop, &d->watchdog);
    d->stop.data = d->terminate.data = d->interrupt.data = d->watchdog.data = d;
}

static void start_handles(struct daemon *d, const struct daemon_options *options)
{
    uint64_t patience = notify_watchdog_ms();
    if (patience > 0)
        uv_timer_start(&d->watchdog, on_watchdog, 0, patience / 3 + 1);
    if (!options->handle_signals)
        return;
    uv_signal_start(&d->terminate, on_signal, SIGTERM);
    uv_signal_start(&d->interrupt, on_signal, SIGINT);
}

static int open_socket(const struct daemon_options *options, struct server_options *ret, struct err *e)
{
    if (socket_inherited(&ret->fd, e) != OK)
        return e->code;
    if (ret->fd >= 0)
        return OK;
    ret->path = options->socket;
    return socket_bind(options->socket, &ret->fd, e);
}

/* systemd waits that much longer for READY=1. */
static void tell_upgrade(const char *doing, int64_t seconds)
{
    char state[256];
    snprintf(state, sizeof state, "STATUS=%s\nEXTEND_TIMEOUT_USEC=%lld", doing, (long long)seconds * 1000000);
    notify_send(state);
}

static int start_dispatch(struct daemon *d, const struct daemon_options *options, struct err *e)
{
    struct dispatch_options dispatch = { .database = options->database,
                                         .clock = options->clock,
                                         .tell = tell_upgrade,
                                         .writes_waiting = options->limits.writes_waiting,
                                         .longs_waiting = options->limits.longs_waiting,
                                         .group = options->group,
                                         .turn_reads = options->limits.turn_reads,
                                         .threads = true };
    return dispatch_start(&d->dispatch, &d->loop, &dispatch, e);
}

static int start_parts(struct daemon *d, const struct daemon_options *options, struct err *e)
{
    struct server_options server = {
        .dispatch = &d->dispatch, .limits = options->limits, .fd = -1, .on_stopped = on_stopped, .context = d
    };
    if (start_dispatch(d, options, e) != OK)
        return e->code;
    if (open_socket(options, &server, e) == OK && server_start(&d->server, &d->loop, &server, e) == OK)
        return OK;
    dispatch_stop(&d->dispatch);
    return e->code;
}

int daemon_start(struct daemon *d, const struct daemon_options *options, struct err *e)
{
    /* If a client goes away during a write, that write fails; the daemon goes on. */
    signal(SIGPIPE, SIG_IGN);
    if (uv_loop_init(&d->loop) != 0)
        return err_set(e, ERR_INTERNAL, NULL, "cannot create an event loop");
    init_handles(d);
    if (start_parts(d, options, e) != OK) {
        close_handles(d);
        uv_run(&d->loop, UV_RUN_DEFAULT);
        uv_loop_close(&d->loop);
        return e->code;
    }
    start_handles(d, options);
    notify_send("READY=1\nSTATUS=");
    return OK;
}

int daemon_run(struct daemon *d)
{
    uv_run(&d->loop, UV_RUN_DEFAULT);
    uv_loop_close(&d->loop);
    server_fini(&d->server);
    return d->dispatch.failed ? ERR_OUTCOME_UNKNOWN : OK;
}

void daemon_stop(struct daemon *d)
{
    uv_async_send(&d->stop);
}
