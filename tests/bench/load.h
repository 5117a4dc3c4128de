/* SPDX-License-Identifier: Apache-2.0 */
/* A closed-loop load: so many connections, each with one call in flight, for so many seconds. One
 * thread; the messages are made beforehand so that the load costs the machine little. */
#pragma once

#include "common/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Appends the next request with this message id. */
typedef void load_request(void *context, uint32_t id, struct buf *out);

struct load {
    const char *socket;
    size_t connections;
    double seconds;
    load_request *request;
    void *context;
};

struct load_result {
    uint64_t calls, errors;
    double per_second, p50_ms, p99_ms;
};

/* Exits with a message when the daemon cannot be spoken to: a bench has nobody to report to. */
struct load_result load_run(const struct load *load);

/* Until the daemon there takes connections. */
void load_wait(const char *socket);

/* Connections that each make one call and then stay; closed by load_close_idle. */
int *load_open_idle(const char *socket, size_t n, load_request *request, void *context);
void load_close_idle(int *fds, size_t n);

double load_seconds(void); /* monotonic */
double load_median(double *values, size_t n);
