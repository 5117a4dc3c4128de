/* SPDX-License-Identifier: Apache-2.0 */
/* The daemon's counters: calls, errors and latencies by method, connections. The loop's thread. */
#pragma once

#include "daemon/service/call/call.h"

/* Bucket b counts calls that took less than 2^b microseconds and at least half of that; the last counts all that took
 * longer than nine minutes. */
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
/* Upper bound, in microseconds, of the bucket at the given percentile of calls. */
int64_t metrics_percentile(const struct metrics_method *m, int percent);
/* Fills in the counters kept here, and the methods called, in the arena. */
int metrics_report(const struct metrics *metrics, struct arena *a, struct stats *ret, struct err *e);
