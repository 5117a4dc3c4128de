/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/report.h"

#include "tests/bench/load.h"

#include <stdlib.h>
#include <string.h>

enum { FIGURES_MAX = 64, RATIOS_MAX = 64, SAMPLES_MAX = 128 };

struct figure {
    const char *name, *unit, *aim;
    size_t connections, n;
    double samples[SAMPLES_MAX];
};

struct ratio {
    const char *name, *aim;
    size_t connections;
    double value;
};

struct report {
    struct figure figures[FIGURES_MAX];
    struct ratio ratios[RATIOS_MAX];
    size_t n_figures, n_ratios;
};

struct report *report_new(void)
{
    return calloc(1, sizeof(struct report));
}

void report_free(struct report *r)
{
    free(r);
}

static struct figure *figure(struct report *r, const char *name, size_t connections)
{
    for (size_t i = 0; i < r->n_figures; i++)
        if (strcmp(r->figures[i].name, name) == 0 && r->figures[i].connections == connections)
            return &r->figures[i];
    if (r->n_figures == FIGURES_MAX)
        abort();
    struct figure *f = &r->figures[r->n_figures++];
    f->name = name;
    f->connections = connections;
    f->unit = f->aim = "";
    return f;
}

void report_add(struct report *r, const char *name, size_t connections, const char *unit, double value)
{
    struct figure *f = figure(r, name, connections);
    f->unit = unit;
    if (f->n < SAMPLES_MAX)
        f->samples[f->n++] = value;
}

static double median(const struct figure *f)
{
    double values[SAMPLES_MAX];
    memcpy(values, f->samples, f->n * sizeof(double));
    return f->n == 0 ? 0 : load_median(values, f->n);
}

void report_ratio(struct report *r, const char *name, size_t connections, const char *over, size_t over_connections,
                  const char *under, size_t under_connections, const char *aim)
{
    if (r->n_ratios == RATIOS_MAX)
        abort();
    double below = median(figure(r, under, under_connections));
    r->ratios[r->n_ratios++] = (struct ratio){ .name = name,
                                               .aim = aim,
                                               .connections = connections,
                                               .value = below > 0 ? median(figure(r, over, over_connections)) / below
                                                                  : 0 };
}

void report_aim(struct report *r, const char *name, size_t connections, const char *aim)
{
    figure(r, name, connections)->aim = aim;
}

static void print_label(const char *name, size_t connections, FILE *out)
{
    if (connections > 0)
        fprintf(out, "%-46s %6zu ", name, connections);
    else
        fprintf(out, "%-46s %6s ", name, "");
}

void report_table(const struct report *r, FILE *out)
{
    fprintf(out, "%-46s %6s %10s  %s\n", "RATIO OF MEDIANS", "CONNS", "RATIO", "AIM");
    for (size_t i = 0; i < r->n_ratios; i++) {
        print_label(r->ratios[i].name, r->ratios[i].connections, out);
        fprintf(out, "%10.2f  %s\n", r->ratios[i].value, r->ratios[i].aim);
    }
    fprintf(out, "\n%-46s %6s %10s\n", "MEDIAN (for orientation)", "CONNS", "VALUE");
    for (size_t i = 0; i < r->n_figures; i++) {
        print_label(r->figures[i].name, r->figures[i].connections, out);
        fprintf(out, "%10.*f %s  %s\n", median(&r->figures[i]) < 100 ? 3 : 0, median(&r->figures[i]),
                r->figures[i].unit, r->figures[i].aim);
    }
}

void report_json(const struct report *r, FILE *out)
{
    fprintf(out, "{\"ratios\": [");
    for (size_t i = 0; i < r->n_ratios; i++)
        fprintf(out, "%s\n  {\"name\": \"%s\", \"connections\": %zu, \"value\": %.4f, \"aim\": \"%s\"}",
                i > 0 ? "," : "", r->ratios[i].name, r->ratios[i].connections, r->ratios[i].value, r->ratios[i].aim);
    fprintf(out, "],\n \"medians\": [");
    for (size_t i = 0; i < r->n_figures; i++)
        fprintf(out,
                "%s\n  {\"name\": \"%s\", \"connections\": %zu, \"unit\": \"%s\", \"value\": %.4f, \"samples\": %zu}",
                i > 0 ? "," : "", r->figures[i].name, r->figures[i].connections, r->figures[i].unit,
                median(&r->figures[i]), r->figures[i].n);
    fprintf(out, "]}\n");
}
