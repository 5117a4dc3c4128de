/* SPDX-License-Identifier: Apache-2.0 */
/* What the cycle of certificates asks for among what is due: each milestone on the first and the last day it shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"
#include "tests/support/sample.h"

#include <stdio.h>
#include <string.h>

static struct desk desk;

static void certify(const char *farm, const char *on, const char *until)
{
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = farm, .name = farm, .activity = ACTIVITY_FARM,
                         .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2020-01-01")));
    must(&desk.err, DESK(&desk, cert_grant, NULL, .holder = desk_ref(farm), .edition = desk_ref("iso"), .number = farm,
                         .body = desk_ref("CB"), .decided_on = desk_day(on), .valid_until = desk_day(until),
                         .override = "granted before the register began"));
}

static void survey(const char *farm, const char *on)
{
    struct response responses[] = { { .requirement = "1.1", .result = RESULT_CONFORMING } };
    must(&desk.err, DESK(&desk, audit_record, NULL, .holder = desk_ref(farm), .edition = desk_ref("iso"),
                         .kind = AUDIT_SURVEILLANCE, .on = desk_day(on), .body = desk_ref("CB"), .responses = responses,
                         .n_responses = 1));
}

/* Three years; a surveillance in the first twelve months and in each calendar year; renewed in the last six months,
 * restored in six more; suspended for six months at most. */
static int open_desk(void **state)
{
    (void)state;
    struct cycle_rule cycle = { .validity_months = 36,
                                .has_validity_months = true,
                                .first_surveillance_months = 12,
                                .has_first_surveillance_months = true,
                                .surveillance_each_year = true,
                                .has_surveillance_each_year = true,
                                .renewal_counts_from = RENEWAL_FROM_EXPIRY,
                                .renewal_months = 6,
                                .has_renewal_months = true,
                                .restoration_months = 6,
                                .has_restoration_months = true,
                                .suspension_months = 6,
                                .has_suspension_months = true,
                                .source = "made up" };
    struct rules rules = { .cycle = &cycle };
    struct standard_publish p = sample_edition("iso", "1");
    p.rules = &rules;
    p.valid_from = desk_day("2010-01-01");
    desk_start(&desk, "2027-01-01");
    must(&desk.err, desk_call(&desk, METHOD_standard_publish, &p, NULL));
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"));
    must(&desk.err, DESK(&desk, body_create, NULL, .code = "CB", .name = "Certifier", .kind = BODY_CERTIFICATION_BODY));
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

/* What is due on a day within so many more. */
struct telling {
    const char *as_of;
    int within;
    const char *told; /* "2024-03-10 surveillance: surveillance of certificate E1; …" */
};

static void tell(const struct telling *t)
{
    char text[1024] = "", day[DATE_TEXT];
    struct page page;
    must(&desk.err, DESK(&desk, due_list, &page, .as_of = desk_day(t->as_of), .within = t->within, .has_within = true));
    const struct due_item *rows = page.rows;
    for (size_t i = 0; i < page.n; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s %s: %s", i > 0 ? "; " : "",
                 date_format(rows[i].due_on, day), api_choice_text(ENUM_due_kind, (int)rows[i].kind), rows[i].what);
        assert_string_equal(rows[i].record, "C1");
        assert_string_equal(rows[i].holder.text, "E1");
        assert_string_equal(rows[i].edition.text, "iso:1");
    }
    if (strcmp(text, t->told) != 0)
        fail_msg("on %s within %d days: %s", t->as_of, t->within, text);
}
#define TELL_EACH(table)                                                                                               \
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)                                                          \
    tell(&table[i])

#define FIRST "2024-03-10 surveillance: surveillance of certificate E1"
#define SECOND "2025-12-31 surveillance: surveillance of certificate E1"
#define RENEWAL "2026-03-09 recertification: certificate E1 expires; renewed from 2025-09-09 on"
#define EXPIRED "2026-03-09 recertification: certificate E1 has expired"
#define RESTORE "2026-09-09 restoration: last day to restore certificate E1"

static void test_surveillance_in_time(void **state)
{
    (void)state;
    static const struct telling table[] = {
        { "2023-03-09", 3000, "" }, /* nothing was decided */
        { "2023-03-10", 365, "" },     { "2023-03-10", 366, FIRST },  { "2024-01-31", 39, FIRST },
        { "2024-02-01", 39, "" }, /* done: it also serves the year 2024 */
        { "2024-02-01", 698, "" },     { "2024-02-01", 699, SECOND }, { "2025-05-31", 213, "" },
        { "2025-05-31", 214, SECOND }, { "2025-06-01", 214, "" },
    };
    certify("E1", "2023-03-10", "2026-03-09");
    survey("E1", "2024-02-01");
    survey("E1", "2025-06-01");
    TELL_EACH(table);
}

/* What was missed stays due until the next term; the year asks for its own then. */
static void test_surveillance_missed(void **state)
{
    (void)state;
    static const struct telling table[] = {
        { "2024-03-10", 0, FIRST },
        { "2024-03-10", 660, FIRST },
        { "2024-03-11", 294, FIRST },
        { "2024-03-11", 295, FIRST "; 2024-12-31 surveillance: surveillance of certificate E1" },
        { "2024-04-01", 295, FIRST }, /* came late: the year is served, the first was not */
        { "2025-09-30", 92, FIRST "; " SECOND },
        { "2025-10-01", 92, "" },
        { "2025-10-01", 820, "" },
        { "2025-10-01", 821, "2027-12-31 surveillance: surveillance of certificate E1" },
    };
    certify("E1", "2023-03-10", "2026-03-09");
    survey("E1", "2024-04-01");
    must(&desk.err, DESK(&desk, cert_renew, NULL, .certificate = desk_ref("C1"), .decided_on = desk_day("2025-10-01"),
                         .override = "old"));
    TELL_EACH(table);
}

static void test_renewal_and_restoration(void **state)
{
    (void)state;
    static const struct telling table[] = {
        { "2025-06-02", 279, "" },
        { "2025-06-02", 280, RENEWAL },
        { "2026-03-09", 0, RENEWAL },
        { "2026-03-09", 184, RENEWAL }, /* in force: nothing is to be restored */
        { "2026-03-10", 182, EXPIRED },
        { "2026-03-10", 183, EXPIRED "; " RESTORE },
        { "2026-09-08", 1, EXPIRED "; " RESTORE },
        { "2026-09-09", 0, "" }, /* restored on its last day */
        { "2026-09-10", 476, "" },
        { "2026-09-10", 477, "2027-12-31 surveillance: surveillance of certificate E1" },
    };
    certify("E1", "2023-03-10", "2026-03-09");
    survey("E1", "2024-02-01");
    survey("E1", "2025-06-01");
    must(&desk.err, DESK(&desk, cert_renew, NULL, .certificate = desk_ref("C1"), .decided_on = desk_day("2026-09-09"),
                         .override = "old"));
    TELL_EACH(table);
}

static void test_suspension(void **state)
{
    (void)state;
#define LIMIT "2026-02-28 suspension_limit: last day of the suspension of certificate E1"
    static const struct telling table[] = {
        { "2025-08-30", 182, "" },
        { "2025-08-31", 180, "" },
        { "2025-08-31", 181, LIMIT }, /* six months after the 31st: the last of February */
        { "2025-11-30", 90, LIMIT },
        { "2025-12-01", 90, "" }, /* lifted */
        { "2026-01-15", 0, "" },
        { "2026-07-15", 0,
          "2026-03-10 surveillance: surveillance of certificate E1; "
          "2026-07-15 suspension_limit: last day of the suspension of certificate E1" },
        { "2026-07-16", 0,
          "2026-03-10 surveillance: surveillance of certificate E1; "
          "2026-07-15 suspension_limit: last day of the suspension of certificate E1" },
        { "2026-07-17", 3000, "" }, /* withdrawn */
    };
    certify("E1", "2025-03-10", "2028-03-09");
    must(&desk.err,
         DESK(&desk, cert_suspend, NULL, .certificate = desk_ref("C1"), .on = desk_day("2025-08-31"), .reason = "x"));
    must(&desk.err,
         DESK(&desk, cert_lift, NULL, .certificate = desk_ref("C1"), .on = desk_day("2025-12-01"), .reason = "x"));
    must(&desk.err,
         DESK(&desk, cert_suspend, NULL, .certificate = desk_ref("C1"), .on = desk_day("2026-01-15"), .reason = "x"));
    must(&desk.err,
         DESK(&desk, cert_withdraw, NULL, .certificate = desk_ref("C1"), .on = desk_day("2026-07-17"), .reason = "x"));
    TELL_EACH(table);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_surveillance_in_time),
        TEST(test_surveillance_missed),
        TEST(test_renewal_and_restoration),
        TEST(test_suspension),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
