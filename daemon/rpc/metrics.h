/* SPDX-License-Identifier: Apache-2.0 */
/* What the daemon counts: calls, errors and latencies by method, connections. The loop's thread. */
#pragma once

#include "daemon/service/call/call.h"

/* Bucket b holds the calls that took less than 2^b microseconds and not less than half of it; the
 * last holds all that took longer than nine minutes. */
enum { METRICS_BUCKETS = 30 };

struct metrics_method {
    int64_t calls, errors;
    int64_t buckets[METRICS_BUCKETS];
};

struct metrics {
    struct instant started_at;
    int64_t connections, accepted, refused; /* kept by the transport */
    struct metrics_method methods[METHOD_COUNT];
};

void metrics_count(struct metrics *metrics, const struct method *method, int64_t us, bool failed);
/* Upper bound in microseconds of the bucket that holds the given share, in percent, of the calls. */
int64_t metrics_percentile(const struct metrics_method *m, int percent);
/* Fills what is kept here; the methods that were called, in the arena. */
int metrics_report(const struct metrics *metrics, struct arena *a, struct stats *ret, struct err *e);
