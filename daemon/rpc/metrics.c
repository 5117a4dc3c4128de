/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/rpc/metrics.h"

static int bucket_of(int64_t us)
{
    int bucket = 0;
    while (us > 0 && bucket < METRICS_BUCKETS - 1) {
        us >>= 1;
        bucket++;
    }
    return bucket;
}

void metrics_count(struct metrics *metrics, const struct method *method, int64_t us, bool failed)
{
    struct metrics_method *m = &metrics->methods[method - api_methods];
    m->calls++;
    m->errors += failed;
    m->buckets[bucket_of(us)]++;
}

int64_t metrics_percentile(const struct metrics_method *m, int percent)
{
    int64_t seen = 0;
    for (int bucket = 0; bucket < METRICS_BUCKETS; bucket++) {
        seen += m->buckets[bucket];
        if (seen > 0 && seen * 100 >= m->calls * percent)
            return (int64_t)1 << bucket;
    }
    return 0;
}

static void describe(const struct metrics *metrics, size_t method, struct latency *ret)
{
    const struct metrics_method *m = &metrics->methods[method];
    *ret = (struct latency){ .method = api_methods[method].name,
                             .calls = m->calls,
                             .has_calls = true,
                             .errors = m->errors,
                             .has_errors = true,
                             .p50_us = metrics_percentile(m, 50),
                             .has_p50_us = true,
                             .p99_us = metrics_percentile(m, 99),
                             .has_p99_us = true };
}

int metrics_report(const struct metrics *metrics, struct arena *a, struct stats *ret, struct err *e)
{
    ret->started_at = metrics->started_at;
    ret->connections = metrics->connections;
    ret->accepted = metrics->accepted;
    ret->refused = metrics->refused;
    ret->has_connections = ret->has_accepted = ret->has_refused = true;
    ret->methods = arena_array(a, METHOD_COUNT, sizeof *ret->methods);
    if (ret->methods == NULL)
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    for (size_t i = 0; i < METHOD_COUNT; i++)
        if (metrics->methods[i].calls > 0)
            describe(metrics, i, &ret->methods[ret->n_methods++]);
    return OK;
}
