/* SPDX-License-Identifier: Apache-2.0 */
/* The order in which audits are recorded, one by one or imported, decides nothing: any order makes the same standing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"
#include "tests/support/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AUDITS = 7, ROUNDS = 12 };

/* On few days, so that many share one; of every grade, with and without a number. */
struct visit {
    enum audit_kind kind;
    const char *on, *source, *results;
};

static const struct visit visits[AUDITS] = {
    { AUDIT_STAGE_2, "2026-03-01", "V2", "1.1=c 1.2=M 1.3=c 2.1=m 2.2=c 2.3=c" },
    { AUDIT_STAGE_2, "2026-03-01", "V10", "1.1=c 1.2=M 2.1=c" },
    { AUDIT_SELF_ASSESSMENT, "2026-03-01", "V9", "1.1=M 1.2=c 1.3=m 2.2=n" },
    { AUDIT_INTERNAL_INSPECTION, "2026-03-02", NULL, "1.1=c 1.3=m 2.2=m" },
    { AUDIT_INTERNAL_INSPECTION, "2026-03-02", NULL, "1.1=M 1.3=c 2.2=n" },
    { AUDIT_INTERNAL_INSPECTION, "2026-03-02", "V1", "2.3=c 1.2=c" },
    { AUDIT_FOLLOW_UP, "2026-03-03", NULL, "1.2=c 1.3=c" },
};

static void shuffle(int order[], unsigned *random)
{
    for (int i = 0; i < AUDITS; i++)
        order[i] = i;
    for (int i = AUDITS - 1; i > 0; i--) {
        *random = *random * 1103515245U + 12345U;
        int j = (int)((*random >> 16) % (unsigned)(i + 1)), at = order[i];
        order[i] = order[j];
        order[j] = at;
    }
}

static void open_desk(struct desk *desk)
{
    desk_start(desk, "2026-03-10");
    sample_publish(desk, "sample", "1");
    assert_int_equal(DESK(desk, enterprise_create, NULL, .code = "E1", .name = "x", .activity = ACTIVITY_FARM), OK);
}

static void record(struct desk *desk, const struct visit *v)
{
    size_t n;
    struct response copy[16];
    const struct response *rows = sample_responses(v->results, &n);
    memcpy(copy, rows, n * sizeof *rows);
    assert_int_equal(DESK(desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("sample"),
                          .kind = v->kind, .on = desk_day(v->on), .source = v->source, .again = true, .has_again = true,
                          .responses = copy, .n_responses = n),
                     OK);
}

/* What the status says, without the numbers of audits and findings. */
static char *look(struct desk *desk)
{
    struct status status;
    struct standing_check check;
    char *text = malloc(4096);
    assert_non_null(text);
    assert_int_equal(DESK(desk, status_show, &status, .holder = desk_ref("E1")), OK);
    const struct standing *s = &status.standings[0];
    int n = snprintf(text, 4096, "%d %d %d %lld/%lld/%lld/%lld %lld %lld:", (int)s->verdict, (int)s->grade,
                     s->oldest_on.day, (long long)s->conforming, (long long)s->nonconforming,
                     (long long)s->not_applicable, (long long)s->not_assessed, (long long)s->major,
                     (long long)s->minor);
    for (size_t i = 0; i < s->n_clauses; i++)
        n += snprintf(text + n, 4096 - (size_t)n, " %lld", (long long)s->clauses[i].margin);
    assert_int_equal(desk_call(desk, METHOD_standing_verify, &(struct standing_verify){ 0 }, &check), OK);
    assert_int_equal(check.differing, 0);
    return text;
}

/* Every desk says what the first said. */
static void say_the_same(struct desk *desk, char **first)
{
    char *text = look(desk);
    if (*first == NULL)
        *first = strdup(text);
    assert_string_equal(text, *first);
    free(text);
    desk_stop(desk);
}

static void test_recorded_in_any_order(void **state)
{
    (void)state;
    char *first = NULL;
    unsigned random = 7;
    for (int round = 0; round < ROUNDS; round++) {
        struct desk desk;
        int order[AUDITS];
        shuffle(order, &random);
        open_desk(&desk);
        for (int i = 0; i < AUDITS; i++)
            record(&desk, &visits[order[i]]);
        say_the_same(&desk, &first);
    }
    free(first);
}

/* The codes live only until the next responses are made. */
static void keep(struct response to[], char codes[][8], const struct response *from, size_t n)
{
    memcpy(to, from, n * sizeof *from);
    for (size_t i = 0; i < n; i++) {
        snprintf(codes[i], sizeof codes[i], "%s", from[i].requirement);
        to[i].requirement = codes[i];
    }
}

/* As one file; a row has a number. */
static void import(struct desk *desk, const int order[AUDITS])
{
    struct audit_row rows[AUDITS];
    struct response copies[AUDITS][16];
    char codes[AUDITS][16][8];
    struct import_report report;
    size_t n_rows = 0;
    for (int i = 0; i < AUDITS; i++) {
        const struct visit *v = &visits[order[i]];
        size_t n;
        const struct response *from = sample_responses(v->results, &n);
        if (v->source == NULL)
            continue;
        keep(copies[n_rows], codes[n_rows], from, n);
        rows[n_rows] = (struct audit_row){ .row = (int64_t)n_rows + 1,
                                           .has_row = true,
                                           .holder = "E1",
                                           .source = v->source,
                                           .kind = v->kind,
                                           .on = desk_day(v->on),
                                           .responses = copies[n_rows],
                                           .n_responses = n };
        n_rows++;
    }
    must(&desk->err, DESK(desk, import_audits, &report, .edition = desk_ref("sample"), .again = true, .has_again = true,
                          .rows = rows, .n_rows = n_rows));
    if (report.failed > 0)
        fail_msg("%s: %s", report.errors[0].field, report.errors[0].message);
}

static void test_imported_in_any_order(void **state)
{
    (void)state;
    char *first = NULL;
    unsigned random = 11;
    for (int round = 0; round < ROUNDS; round++) {
        struct desk desk;
        int order[AUDITS];
        shuffle(order, &random);
        open_desk(&desk);
        import(&desk, order);
        say_the_same(&desk, &first);
    }
    free(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_recorded_in_any_order),
        cmocka_unit_test(test_imported_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
