/* SPDX-License-Identifier: Apache-2.0 */
/* The daemon: opens the database and the socket, runs the loop until stopped, drains. One thread, except for
 * daemon_stop. */
#pragma once

#include "daemon/transport/server.h"

struct daemon_options {
    const char *database;
    const char *socket; /* ours, unless one is inherited */
    struct limits limits;
    size_t group; /* most writes of one commit */
    const struct clock *clock;
    bool handle_signals; /* SIGTERM and SIGINT stop it */
};

struct daemon {
    uv_loop_t loop;
    struct dispatch dispatch;
    struct server server;
    uv_async_t stop;
    uv_signal_t terminate, interrupt;
    uv_timer_t watchdog;
};

enum { DAEMON_GROUP = 256 };

/* Default limits and the system clock; the caller sets the paths. */
struct daemon_options daemon_defaults(void);
/* After OK the socket accepts connections; daemon_run answers them. */
int daemon_start(struct daemon *d, const struct daemon_options *options, struct err *e);
/* Returns once everything is closed. ERR_OUTCOME_UNKNOWN: a commit failed; restart. */
int daemon_run(struct daemon *d);
/* From any thread: drain and return from daemon_run. */
void daemon_stop(struct daemon *d);
