/* SPDX-License-Identifier: Apache-2.0 */
/* The ends of what the interface allows: a register of some days is written to and asked about with the first and the
 * last day that is taken, and with the least and the greatest of every number. Refusals are fine; a failure of the
 * daemon is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/field.h"
#include "tests/support/expect.h"
#include "tests/support/life.h"
#include "tests/support/sample.h"

#include <string.h>

enum { DAYS = 25, WRITES = 4, READS = 40 };

static struct life life;
static const char *const days[] = { "1900-01-01", "2200-12-31" };

static void stretch(struct pool *pool, const struct field *f, void *params)
{
    if (!field_is_set(f, params) || pool_pick(pool, 2) == 0)
        return;
    uint32_t end = pool_pick(pool, 2);
    if (f->type == FIELD_DATE)
        *(struct date *)field_at(f, params) = desk_day(days[end]);
    else if (f->type == FIELD_INT || f->type == FIELD_DURATION || f->type == FIELD_DECIMAL)
        field_set_number(f, params, end == 0 ? f->lo : f->hi);
}

static int call_at_the_ends(enum method_id id)
{
    const struct method *m = &api_methods[id];
    void *params = pool_params(&life.pool, m);
    if (params == NULL)
        return ERR_NOT_FOUND;
    for (size_t i = 0; i < m->n_params; i++)
        stretch(&life.pool, &m->params[i], params);
    int code = desk_call(&life.desk, id, params, NULL);
    if (code == ERR_INTERNAL)
        fail_msg("%s: %s %s", m->name, life.desk.err.field, life.desk.err.message);
    return code;
}

static bool is_left_out(const struct method *m)
{
    return strncmp(m->name, "backup.", 7) == 0 || strcmp(m->name, "enterprise.end") == 0
           || strcmp(m->name, "coop.end") == 0 || strcmp(m->name, "body.update") == 0;
}

/* How many of n calls were done. */
static size_t calls_at_the_ends(enum method_id id, int n)
{
    size_t done = 0;
    pool_stream(&life.pool, api_methods[id].name);
    for (int i = 0; i < n && !is_left_out(&api_methods[id]); i++)
        done += call_at_the_ends(id) == OK;
    return done;
}

static void nothing_breaks_at_the_ends(void **state)
{
    (void)state;
    size_t done = 0, told = 0;
    for (enum method_id id = 0; id < METHOD_COUNT; id++)
        if (api_methods[id].kind == WRITE)
            done += calls_at_the_ends(id, WRITES);
    pool_fill(&life.pool, &life.desk);
    for (enum method_id id = 0; id < METHOD_COUNT; id++)
        if (api_methods[id].kind != WRITE)
            told += calls_at_the_ends(id, READS);
    assert_true(done > 10);
    assert_true(told > 500);
}

static void publish_longest_cycle(void)
{
    struct cycle_rule cycle = { .validity_months = 1200,
                                .has_validity_months = true,
                                .restoration_months = 1200,
                                .has_restoration_months = true,
                                .surveillance_each_year = true,
                                .has_surveillance_each_year = true,
                                .renewal_counts_from = RENEWAL_FROM_EXPIRY,
                                .source = "made up" };
    struct rules rules = { .cycle = &cycle };
    struct standard_publish p = sample_edition("ever", "1");
    p.rules = &rules;
    must(&life.desk.err, desk_call(&life.desk, METHOD_standard_publish, &p, NULL));
}

/* Valid to the last day there is: what follows it has no day. */
static void a_certificate_for_ever(void **state)
{
    (void)state;
    struct certificate c;
    struct certificate_detail detail;
    publish_longest_cycle();
    must(&life.desk.err, DESK(&life.desk, cert_grant, &c, .holder = desk_ref("ALFA"), .edition = desk_ref("ever"),
                              .number = "ever", .body = desk_ref("CB"), .decided_on = life.pool.today,
                              .valid_until = desk_day(days[1]), .override = "made up"));
    must(&life.desk.err, DESK(&life.desk, cert_show, &detail, .certificate = c.certificate));
    assert_int_equal(detail.milestones[detail.n_milestones - 1].due.day, desk_day(days[1]).day);
    const struct cert_renew renewals[] = {
        { .certificate = c.certificate, .override = "made up" },
        { .certificate = c.certificate, .override = "made up", .valid_until = desk_day(days[1]) },
    };
    for (size_t i = 0; i < sizeof renewals / sizeof renewals[0]; i++) {
        refused(&life.desk.err, desk_call(&life.desk, METHOD_cert_renew, &renewals[i], NULL), ERR_CONFLICT,
                "valid_until", "validity");
    }
}

static int start(void **state)
{
    (void)state;
    life_begin(&life, 11);
    for (int i = 0; i < DAYS; i++) {
        life_day(&life);
        life_set_day(&life, (struct date){ life.pool.today.day + 9 });
    }
    return 0;
}

static int stop(void **state)
{
    (void)state;
    life_end(&life);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_certificate_for_ever),
                                        cmocka_unit_test(nothing_breaks_at_the_ends) };
    return cmocka_run_group_tests(tests, start, stop);
}
