/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/handmade.h"

#include <string.h>

enum { N = HANDMADE_REQUIREMENTS };

static const struct catalogue_requirement requirements[N] = {
    { .code = "a", .ordinal = 0, .parent = -1, .end = 4 },
    { .code = "b", .ordinal = 1, .parent = 0, .end = 2, .level = LEVEL_MAJOR, .assessable = true, .gate = true },
    { .code = "c", .ordinal = 2, .parent = 0, .end = 3, .level = LEVEL_MINOR, .assessable = true },
    { .code = "d", .ordinal = 3, .parent = 0, .end = 4, .level = LEVEL_MINOR, .assessable = true, .autofail = true },
    { .code = "e", .ordinal = 4, .parent = -1, .end = 8 },
    { .code = "f", .ordinal = 5, .parent = 4, .end = 6, .level = LEVEL_MINOR, .assessable = true },
    { .code = "g", .ordinal = 6, .parent = 4, .end = 7, .level = LEVEL_POINTS, .points = 30, .assessable = true },
    { .code = "h", .ordinal = 7, .parent = 4, .end = 8, .level = LEVEL_POINTS, .points = 10, .assessable = true },
};
static const int32_t by_code[N] = { 0, 1, 2, 3, 4, 5, 6, 7 };

void handmade_init(struct handmade *w, const struct pass_clause *clauses, size_t n, const char *results,
                   const char *findings)
{
    static const char letters[] = "-cXn"; /* in the order of enum standing_result */
    static const char classes[] = " Mmoi";
    memset(w, 0, sizeof *w);
    w->edition = (struct catalogue_edition){ .code = "s:1",
                                             .requirements = requirements,
                                             .by_code = by_code,
                                             .n_requirements = N,
                                             .n_assessable = 6,
                                             .clauses = clauses,
                                             .n_clauses = n,
                                             .kept_class = CLASS_OPPORTUNITY };
    for (int i = 0; i < N; i++)
        if (results[i] != 'x')
            w->results[i] = (uint8_t)(strchr(letters, results[i]) - letters);
    w->state = (struct standing_state){ .edition = &w->edition,
                                        .results = { w->results, { w->days[0], w->days[1], w->days[2] } },
                                        .findings = w->findings };
    size_t n_findings = 0;
    for (const char *f = findings; *f != '\0'; f += f[2] == ' ' ? 3 : 2) {
        w->findings[n_findings] = (struct standing_finding){ .id = (int64_t)n_findings + 1,
                                                             .ordinal = f[0] - 'a',
                                                             .class = (enum class)(strchr(classes, f[1]) - classes),
                                                             .raised_on = { 700000 } };
        n_findings++;
    }
    w->state.n_findings = n_findings;
}
