/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/cmd.h"
#include "client/write/writer.h"

#include <inttypes.h>

static void put_metric(struct buf *b, const char *name, const char *type, const char *help, int64_t value)
{
    const char *suffix = *type == 'c' ? "_total" : "";
    buf_printf(b, "# TYPE %s %s\n# HELP %s %s\n%s%s %" PRId64 "\n", name, type, name, help, name, suffix, value);
}

static void put_methods(struct buf *b, const struct stats *s)
{
    buf_text(b, "# TYPE smed_calls counter\n# HELP smed_calls Calls answered, by method\n");
    for (size_t i = 0; i < s->n_methods; i++)
        buf_printf(b, "smed_calls_total{method=\"%s\"} %" PRId64 "\n", s->methods[i].method, s->methods[i].calls);
    buf_text(b, "# TYPE smed_call_errors counter\n# HELP smed_call_errors Calls answered with an error, by method\n");
    for (size_t i = 0; i < s->n_methods; i++)
        buf_printf(b, "smed_call_errors_total{method=\"%s\"} %" PRId64 "\n", s->methods[i].method,
                   s->methods[i].errors);
    buf_text(b, "# TYPE smed_call_seconds gauge\n# UNIT smed_call_seconds seconds\n"
                "# HELP smed_call_seconds Upper bound of a quantile of how long calls took\n");
    for (size_t i = 0; i < s->n_methods; i++) {
        const struct latency *l = &s->methods[i];
        buf_printf(b, "smed_call_seconds{method=\"%s\",quantile=\"0.5\"} %" PRId64 ".%06d\n", l->method,
                   l->p50_us / 1000000, (int)(l->p50_us % 1000000));
        buf_printf(b, "smed_call_seconds{method=\"%s\",quantile=\"0.99\"} %" PRId64 ".%06d\n", l->method,
                   l->p99_us / 1000000, (int)(l->p99_us % 1000000));
    }
}

static void put_openmetrics(struct buf *b, const struct stats *s)
{
    put_metric(b, "smed_connections", "gauge", "Open connections", s->connections);
    put_metric(b, "smed_accepted", "counter", "Connections accepted", s->accepted);
    put_metric(b, "smed_refused", "counter", "Connections refused", s->refused);
    put_metric(b, "smed_queued", "gauge", "Waiting writes", s->queued);
    put_metric(b, "smed_groups", "counter", "Commits", s->groups);
    put_metric(b, "smed_writes", "counter", "Writes committed", s->writes);
    put_metric(b, "smed_start_time_seconds", "gauge", "Started at", s->started_at.us / 1000000);
    put_methods(b, s);
    buf_text(b, "# EOF\n");
}

int cmd_system_stats(struct client *c, struct args *args, struct err *e)
{
    if (command_extra(args, "openmetrics") == NULL)
        return cmd_method_run(c, args, e);
    struct stats stats = { 0 };
    if (rpc_call(&c->rpc, args->command.method, args->params, &c->arena, &stats, e) == OK)
        put_openmetrics(&c->out.b, &stats);
    return e->code;
}

int cmd_system_version(struct client *c, struct args *args, struct err *e)
{
    if (c->settings.style.format == WRITER_TABLE) {
        buf_text(&c->out.b, "sme-ctl " SMED_VERSION "\n");
        out_flush(&c->out);
    }
    return cmd_method_run(c, args, e);
}

int cmd_system_standing(struct client *c, struct args *args, struct err *e)
{
    struct standing_check check = { 0 };
    if (rpc_call(&c->rpc, args->command.method, args->params, &c->arena, &check, e) != OK)
        return e->code;
    struct writer w;
    writer_init(&w, &c->out, &c->settings.style, RECORD_standing_check, &c->arena);
    writer_one(&w, &check);
    c->exit_status = check.differing > 0 ? EXIT_NO : 0;
    return OK;
}
