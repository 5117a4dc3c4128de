/* SPDX-License-Identifier: Apache-2.0 */
/* The cycle of a certificate: its days by the rules of ISO/IEC 17021-1 and of a scheme with a cycle of one year. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/cert/cert_cycle.h"

#include <stdio.h>
#include <string.h>

/* Three years, surveillance in each, as management systems have it. */
static const struct cycle_rule three_years = { .validity_months = 36,
                                               .first_surveillance_months = 12,
                                               .has_first_surveillance_months = true,
                                               .surveillance_each_year = true,
                                               .renewal_counts_from = RENEWAL_FROM_EXPIRY,
                                               .renewal_months = 6,
                                               .has_renewal_months = true,
                                               .restoration_months = 6,
                                               .has_restoration_months = true,
                                               .suspension_months = 6,
                                               .has_suspension_months = true };
static const struct cycle_rule one_year = { .validity_months = 12 };

static struct date on(const char *text)
{
    struct date d = { 0 };
    if (text != NULL && text[0] != '\0')
        assert_true(date_parse(text, strlen(text), &d));
    return d;
}

/* "surveillance open 2026-01-10..2027-01-10; recertification done ..2028-01-09 2027-12-01 A7" */
static const char *written(const struct certificate_milestone *rows, size_t n)
{
    static char text[4096];
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        char from[DATE_TEXT], due[DATE_TEXT], done[DATE_TEXT];
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %s %s..%s", i > 0 ? "; " : "",
                                 api_choice_text(ENUM_milestone_kind, (int)rows[i].kind),
                                 api_choice_text(ENUM_milestone_state, (int)rows[i].state),
                                 date_format(rows[i].from, from), date_format(rows[i].due, due));
        if (date_is_set(rows[i].done_on))
            used += (size_t)snprintf(text + used, sizeof text - used, " %s A%lld", date_format(rows[i].done_on, done),
                                     (long long)rows[i].audit.id);
    }
    return text;
}

static void expect(const struct cert_cycle *cycle, const char *text)
{
    struct arena a;
    struct err e = { 0 };
    struct certificate_milestone *rows;
    size_t n;
    arena_init(&a, 1 << 20);
    assert_int_equal(cert_cycle_milestones(cycle, &a, &rows, &n, &e), OK);
    assert_string_equal(written(rows, n), text);
    arena_reset(&a);
}

static struct cert_term granted(const char *decided, const char *from, const char *until)
{
    return (struct cert_term){
        .kind = TERM_GRANT, .audit_id = 1, .decided_on = on(decided), .valid_from = on(from), .valid_until = on(until)
    };
}

static void test_last_day(void **state)
{
    (void)state;
    static const struct {
        int months;
        const char *from, *last;
    } cases[] = {
        { 12, "2026-06-15", "2027-06-14" }, { 36, "2026-06-15", "2029-06-14" }, { 12, "2024-02-29", "2025-02-28" },
        { 48, "2024-02-29", "2028-02-28" }, { 36, "2026-01-01", "2028-12-31" }, { 6, "2026-08-31", "2027-02-28" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct cycle_rule rule = { .validity_months = cases[i].months };
        assert_int_equal(cert_cycle_last_day(&rule, on(cases[i].from)).day, on(cases[i].last).day);
    }
    assert_false(date_is_set(cert_cycle_last_day(NULL, on("2026-06-15"))));
    assert_int_equal(cert_cycle_lift_by(&three_years, on("2026-08-31")).day, on("2027-02-28").day);
    assert_false(date_is_set(cert_cycle_lift_by(&one_year, on("2026-08-31"))));
    assert_false(date_is_set(cert_cycle_lift_by(NULL, on("2026-08-31"))));
}

/* One certificate of three years, asked about on one day after the other. */
static void test_surveillance(void **state)
{
    (void)state;
    static const struct {
        const char *as_of, *visits[3], *milestones;
    } cases[] = {
        { "2026-06-15",
          { NULL },
          "surveillance open 2026-06-15..2027-06-15; surveillance coming 2028-01-01..2028-12-31; "
          "recertification coming 2028-12-14..2029-06-14" },
        /* on its last day the first is still in time, the day after it is missed, and the year asks for one */
        { "2027-06-15",
          { NULL },
          "surveillance open 2026-06-15..2027-06-15; surveillance coming 2028-01-01..2028-12-31; "
          "recertification coming 2028-12-14..2029-06-14" },
        { "2027-06-16",
          { NULL },
          "surveillance missed 2026-06-15..2027-06-15; surveillance open 2027-01-01..2027-12-31; "
          "surveillance coming 2028-01-01..2028-12-31; recertification coming 2028-12-14..2029-06-14" },
        { "2027-09-01",
          { "2027-08-31" },
          "surveillance missed 2026-06-15..2027-06-15; surveillance done 2027-01-01..2027-12-31 2027-08-31 A11; "
          "surveillance coming 2028-01-01..2028-12-31; recertification coming 2028-12-14..2029-06-14" },
        /* a second one in that year settles the one that was missed */
        { "2027-12-31",
          { "2027-08-31", "2027-10-01" },
          "surveillance late 2026-06-15..2027-06-15 2027-10-01 A12; "
          "surveillance done 2027-01-01..2027-12-31 2027-08-31 A11; "
          "surveillance coming 2028-01-01..2028-12-31; recertification coming 2028-12-14..2029-06-14" },
        /* done in the year it is due in, it serves for that year; done in the year of the decision it does not */
        { "2028-02-01",
          { "2027-06-15", "2028-02-01" },
          "surveillance done 2026-06-15..2027-06-15 2027-06-15 A11; "
          "surveillance done 2028-01-01..2028-12-31 2028-02-01 A12; recertification coming 2028-12-14..2029-06-14" },
        { "2027-02-01",
          { "2026-12-01" },
          "surveillance done 2026-06-15..2027-06-15 2026-12-01 A11; surveillance open 2027-01-01..2027-12-31; "
          "surveillance coming 2028-01-01..2028-12-31; recertification coming 2028-12-14..2029-06-14" },
        { "2029-06-14",
          { "2027-06-15", "2028-02-01" },
          "surveillance done 2026-06-15..2027-06-15 2027-06-15 A11; "
          "surveillance done 2028-01-01..2028-12-31 2028-02-01 A12; recertification open 2028-12-14..2029-06-14" },
        { "2029-06-15",
          { "2027-06-15", "2028-02-01" },
          "surveillance done 2026-06-15..2027-06-15 2027-06-15 A11; "
          "surveillance done 2028-01-01..2028-12-31 2028-02-01 A12; "
          "recertification missed 2028-12-14..2029-06-14; restoration open 2029-06-15..2029-12-14" },
        { "2029-12-15",
          { "2027-06-15", "2028-02-01" },
          "surveillance done 2026-06-15..2027-06-15 2027-06-15 A11; "
          "surveillance done 2028-01-01..2028-12-31 2028-02-01 A12; "
          "recertification missed 2028-12-14..2029-06-14; restoration missed 2029-06-15..2029-12-14" },
    };
    const struct cert_term term = granted("2026-06-15", "2026-06-15", "2029-06-14");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct cert_visit visits[3] = { 0 };
        size_t n = 0;
        for (; n < 3 && cases[i].visits[n] != NULL; n++)
            visits[n] = (struct cert_visit){ 11 + (int64_t)n, on(cases[i].visits[n]), NULL, true };
        const struct cert_cycle cycle = { .rule = &three_years,
                                          .terms = &term,
                                          .n_terms = 1,
                                          .visits = visits,
                                          .n_visits = n,
                                          .as_of = on(cases[i].as_of) };
        expect(&cycle, cases[i].milestones);
    }
}

static void test_without_rules(void **state)
{
    (void)state;
    const struct cert_term term = granted("2026-06-15", "2026-07-01", "2027-06-30");
    struct cert_cycle cycle = { .terms = &term, .n_terms = 1, .as_of = on("2026-06-15") };
    expect(&cycle, "recertification open ..2027-06-30");
    cycle.as_of = on("2027-07-01");
    expect(&cycle, "recertification missed ..2027-06-30");
    cycle.rule = &one_year;
    cycle.suspended_on = on("2027-01-01");
    expect(&cycle, "recertification missed ..2027-06-30");
}

/* Longer than the certificate itself, the first surveillance is never due. */
static void test_short_life(void **state)
{
    (void)state;
    struct cycle_rule rule = three_years;
    rule.validity_months = 12;
    const struct cert_term term = granted("2026-06-15", "2026-06-15", "2027-06-14");
    const struct cert_cycle cycle = { .rule = &rule, .terms = &term, .n_terms = 1, .as_of = on("2026-07-01") };
    expect(&cycle, "recertification coming 2026-12-14..2027-06-14");
}

static void test_suspended_and_withdrawn(void **state)
{
    (void)state;
    const struct cert_term term = granted("2026-06-15", "2026-06-15", "2029-06-14");
    struct cert_cycle cycle = {
        .rule = &three_years, .terms = &term, .n_terms = 1, .suspended_on = on("2027-08-31"), .as_of = on("2028-02-29")
    };
    expect(&cycle, "surveillance missed 2026-06-15..2027-06-15; surveillance missed 2027-01-01..2027-12-31; "
                   "suspension open 2027-08-31..2028-02-29; surveillance open 2028-01-01..2028-12-31; "
                   "recertification coming 2028-12-14..2029-06-14");
    cycle.as_of = on("2028-03-01");
    expect(&cycle, "surveillance missed 2026-06-15..2027-06-15; surveillance missed 2027-01-01..2027-12-31; "
                   "suspension missed 2027-08-31..2028-02-29; surveillance open 2028-01-01..2028-12-31; "
                   "recertification coming 2028-12-14..2029-06-14");
    cycle.suspended_on = (struct date){ 0 };
    cycle.withdrawn_on = on("2027-12-31");
    expect(&cycle, "surveillance missed 2026-06-15..2027-06-15");
}

static void test_renewal(void **state)
{
    (void)state;
    struct cycle_rule from_decision = three_years;
    from_decision.renewal_counts_from = 0;
    static const struct {
        bool from_decision;
        const char *on;
        enum cert_renewal answer;
        const char *from, *until, *limit;
    } cases[] = {
        { false, "2028-12-13", RENEWAL_TOO_EARLY, "2029-06-15", "2032-06-14", "2028-12-14" },
        { false, "2028-12-14", RENEWAL_FINE, "2029-06-15", "2032-06-14", "2029-12-14" },
        { true, "2028-12-14", RENEWAL_FINE, "2028-12-14", "2031-12-13", "2029-12-14" },
        { false, "2029-06-14", RENEWAL_FINE, "2029-06-15", "2032-06-14", "2029-12-14" },
        { true, "2029-06-14", RENEWAL_FINE, "2029-06-14", "2032-06-13", "2029-12-14" },
        /* restored: valid again from the decision, until the day it would have been valid to */
        { false, "2029-06-15", RENEWAL_FINE, "2029-06-15", "2032-06-14", "2029-12-14" },
        { true, "2029-12-14", RENEWAL_FINE, "2029-12-14", "2032-06-14", "2029-12-14" },
        { true, "2029-12-15", RENEWAL_TOO_LATE, "2029-12-15", "2032-06-14", "2029-12-14" },
    };
    const struct cert_term old = granted("2026-06-15", "2026-06-15", "2029-06-14");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct cert_term term;
        struct date limit;
        const struct cycle_rule *rule = cases[i].from_decision ? &from_decision : &three_years;
        assert_int_equal(cert_cycle_renew(rule, &old, on(cases[i].on), &term, &limit), cases[i].answer);
        assert_int_equal(term.valid_from.day, on(cases[i].from).day);
        assert_int_equal(term.valid_until.day, on(cases[i].until).day);
        assert_int_equal(limit.day, on(cases[i].limit).day);
        bool late = date_before(old.valid_until, on(cases[i].on));
        assert_int_equal(term.kind, late ? TERM_RESTORATION : TERM_RENEWAL);
    }
    struct cert_term term;
    struct date limit;
    assert_int_equal(cert_cycle_renew(NULL, &old, on("2026-06-16"), &term, &limit), RENEWAL_FINE);
    assert_false(date_is_set(term.valid_until));
    assert_int_equal(cert_cycle_renew(&one_year, &old, on("2029-06-15"), &term, &limit), RENEWAL_TOO_LATE);
}

/* The years go on after a renewal; what the old term left open at its end is asked no more. */
static void test_terms(void **state)
{
    (void)state;
    const struct cert_term terms[] = { granted("2026-06-15", "2026-06-15", "2029-06-14"),
                                       { .kind = TERM_RENEWAL,
                                         .audit_id = 20,
                                         .decided_on = on("2029-05-01"),
                                         .valid_from = on("2029-06-15"),
                                         .valid_until = on("2032-06-14") } };
    const struct cert_visit visits[] = { { 11, on("2027-03-01"), NULL, true },
                                         { 12, on("2028-03-01"), NULL, true },
                                         { 20, on("2029-04-01"), NULL, false } };
    struct cert_cycle cycle = {
        .rule = &three_years, .terms = terms, .n_terms = 2, .visits = visits, .n_visits = 3, .as_of = on("2030-01-01")
    };
    expect(&cycle, "surveillance done 2026-06-15..2027-06-15 2027-03-01 A11; "
                   "surveillance done 2028-01-01..2028-12-31 2028-03-01 A12; "
                   "recertification done 2028-12-14..2029-06-14 2029-05-01 A20; "
                   "surveillance open 2030-01-01..2030-12-31; surveillance coming 2031-01-01..2031-12-31; "
                   "recertification coming 2031-12-14..2032-06-14");
    struct cert_term late[] = { terms[0], terms[1] };
    late[1].kind = TERM_RESTORATION;
    late[1].decided_on = late[1].valid_from = on("2029-07-01");
    cycle.terms = late;
    expect(&cycle, "surveillance done 2026-06-15..2027-06-15 2027-03-01 A11; "
                   "surveillance done 2028-01-01..2028-12-31 2028-03-01 A12; "
                   "recertification missed 2028-12-14..2029-06-14; "
                   "restoration done 2029-06-15..2029-12-14 2029-07-01 A20; "
                   "surveillance open 2030-01-01..2030-12-31; surveillance coming 2031-01-01..2031-12-31; "
                   "recertification coming 2031-12-14..2032-06-14");
    /* Without a surveillance for each year, every term has a first one. */
    struct cycle_rule rule = three_years;
    rule.surveillance_each_year = false;
    cycle.rule = &rule;
    cycle.terms = terms;
    expect(&cycle, "surveillance done 2026-06-15..2027-06-15 2027-03-01 A11; "
                   "recertification done 2028-12-14..2029-06-14 2029-05-01 A20; "
                   "surveillance open 2029-05-01..2030-05-01; recertification coming 2031-12-14..2032-06-14");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_last_day),
        cmocka_unit_test(test_surveillance),
        cmocka_unit_test(test_without_rules),
        cmocka_unit_test(test_short_life),
        cmocka_unit_test(test_suspended_and_withdrawn),
        cmocka_unit_test(test_renewal),
        cmocka_unit_test(test_terms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
