/* SPDX-License-Identifier: Apache-2.0 */
/* What stands of the results of a requirement: bad news from anybody, good news only from whoever is independent
 * enough; and the order in which audits of one day follow each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/standing/standing_order.h"
#include "daemon/service/standing/standing_result.h"

#include <string.h>

struct one {
    struct standing_results results;
    uint8_t latest;
    int32_t days[GRADES];
};

static void begin(struct one *o)
{
    memset(o, 0, sizeof *o);
    o->results = (struct standing_results){ &o->latest, { &o->days[0], &o->days[1], &o->days[2] } };
}

/* A word per event: the grade s, i, e and the result c, x, n; a capital grade is carried over. */
static void play(struct one *o, const char *events)
{
    static const char grades[] = "-s-i-e", carried[] = "-S-I-E", results[] = "-cxn";
    int32_t day = 100;
    begin(o);
    for (const char *e = events; *e != '\0'; e += e[2] == ' ' ? 3 : 2, day++) {
        const char *seen = strchr(grades, e[0]), *brought = strchr(carried, e[0]);
        enum standing_result result = (enum standing_result)(strchr(results, e[1]) - results);
        if (seen != NULL)
            standing_result_take(&o->results, 0, (enum grade)((seen - grades + 1) / 2), result, (struct date){ day });
        else
            standing_result_carry(&o->results, 0, (enum grade)((brought - carried + 1) / 2), result,
                                  (struct date){ day });
    }
}

static void test_what_stands(void **state)
{
    (void)state;
    static const struct {
        const char *events, *by; /* the result by no proof, internal, external */
    } cases[] = {
        { "", "---" },         { "sc", "c--" },       { "ic", "cc-" },
        { "ec", "ccc" },       { "ex sc", "xxx" }, /* the holder cannot take away what the auditor found */
        { "ex sn", "xxx" },                        /* nor say that it does not apply */
        { "ex ic", "xxx" },                        /* nor can its cooperative */
        { "ex ec", "ccc" },    { "ix ec", "ccc" }, /* the auditor can */
        { "sx ic", "cc-" },    { "ec sx", "xxx" }, /* bad news counts from anybody */
        { "ec sx sc", "ccc" },                     /* and once it is mended, the auditor's word stands again */
        { "ec ix sc", "xxx" }, { "ec ix ic", "ccc" }, { "sx ix ic", "cc-" },
        { "ex ix ic", "xxx" }, { "en sc", "nnn" },                           /* the most independent good word counts */
        { "ec sn", "ccc" },    { "sn ec", "ccc" },    { "ec e- s-", "ccc" }, /* not assessed says nothing */
        { "Ec", "ccc" },                                                     /* carried over with its grade */
        { "Ic", "cc-" },       { "Ec sc", "c--" },                        /* what is carried yields to what is seen */
        { "Ec sx", "xxx" },    { "Ec sx sc", "c--" }, { "Ex sc", "xxx" }, /* but not its bad news */
        { "Ex ec", "ccc" },    { "Ix ic", "cc-" },    { "Sn ic", "cc-" },
        { "sc Ex", "xxx" },    { "sc Ex sc", "xxx" }, { "sc Ix ic", "cc-" }, /* in the place where it was seen */
        { "ec Ix sc", "xxx" }, { "ec Ix ic", "ccc" },                        /* and what was seen there stays */
    };
    static const char letters[] = "-cxn";
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct one o;
        play(&o, cases[i].events);
        for (int proof = GRADE_SELF; proof <= GRADE_EXTERNAL; proof++)
            if (letters[standing_result(&o.results, 0, (enum grade)proof)] != cases[i].by[proof - 1])
                fail_msg("'%s' by proof %d: %c", cases[i].events, proof,
                         letters[standing_result(&o.results, 0, (enum grade)proof)]);
        assert_int_equal(standing_result(&o.results, 0, 0), standing_result(&o.results, 0, GRADE_SELF));
    }
}

static void test_days(void **state)
{
    (void)state;
    struct one o;
    play(&o, "ec ic sc"); /* on 100, 101, 102 */
    assert_int_equal(standing_result_day(&o.results, 0, GRADE_SELF).day, 102);
    assert_int_equal(standing_result_day(&o.results, 0, GRADE_INTERNAL).day, 101);
    assert_int_equal(standing_result_day(&o.results, 0, GRADE_EXTERNAL).day, 100);
    play(&o, "ec ix sc");
    assert_int_equal(standing_result_day(&o.results, 0, GRADE_EXTERNAL).day, 101);
    begin(&o);
    assert_int_equal(standing_result_day(&o.results, 0, GRADE_SELF).day, 0);
}

/* A good result serves up to its last day; a bad one stays. */
static void test_results_get_too_old(void **state)
{
    (void)state;
    struct date day = date_of(2026, 1, 31);
    for (int bad = 0; bad < 2; bad++) {
        struct one o;
        begin(&o);
        standing_result_take(&o.results, 0, GRADE_INTERNAL, bad ? STANDING_NONCONFORMING : STANDING_CONFORMING, day);
        struct date next = standing_result_expire(&o.results, 1, 1, date_of(2026, 2, 28));
        assert_int_equal(next.day, bad ? 0 : date_of(2026, 3, 1).day);
        assert_int_equal(standing_result(&o.results, 0, 0), bad ? STANDING_NONCONFORMING : STANDING_CONFORMING);
        next = standing_result_expire(&o.results, 1, 1, date_of(2026, 3, 1));
        assert_int_equal(next.day, 0);
        assert_int_equal(standing_result(&o.results, 0, 0), bad ? STANDING_NONCONFORMING : STANDING_NOT_ASSESSED);
    }
}

static void test_natural_order(void **state)
{
    (void)state;
    static const char *const ordered[] = { "",
                                           "09",
                                           "9",
                                           "9a",
                                           "10",
                                           "10-2",
                                           "10-10",
                                           "A",
                                           "A-9",
                                           "A-10",
                                           "A-100",
                                           "B",
                                           "a12345678901234567890",
                                           "a12345678901234567891" };
    enum { ALL = sizeof ordered / sizeof ordered[0] };
    for (int i = 0; i < ALL; i++)
        for (int j = 0; j < ALL; j++) {
            int order = standing_order_natural(ordered[i], ordered[j]);
            if ((order > 0) - (order < 0) != (i > j) - (i < j))
                fail_msg("'%s' and '%s': %d", ordered[i], ordered[j], order);
        }
}

static void test_order_within_a_day(void **state)
{
    (void)state;
    struct standing_audit audits[] = {
        { .id = 1, .performed_on = { 5 }, .grade = GRADE_EXTERNAL, .source = "1" },
        { .id = 2, .performed_on = { 5 }, .grade = GRADE_INTERNAL, .source = "10" },
        { .id = 3, .performed_on = { 5 }, .grade = GRADE_INTERNAL, .source = "9" },
        { .id = 4, .performed_on = { 4 }, .grade = GRADE_EXTERNAL },
        { .id = 5, .performed_on = { 5 }, .grade = GRADE_SELF },
        { .id = 6, .performed_on = { 9 }, .is_carried = true },
        { .id = 7, .performed_on = { 5 }, .grade = GRADE_INTERNAL },
    };
    static const int64_t expected[] = { 6, 4, 5, 7, 3, 2, 1 };
    standing_order_sort(audits, 7);
    for (int i = 0; i < 7; i++)
        assert_int_equal(audits[i].id, expected[i]);
    struct standing_audit a = { .id = 1, .performed_on = { 5 }, .grade = GRADE_SELF }, b = a;
    b.id = 2;
    assert_int_equal(standing_order_compare(&a, &b), 0); /* the number decides nothing */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_stands),         cmocka_unit_test(test_days),
        cmocka_unit_test(test_results_get_too_old), cmocka_unit_test(test_natural_order),
        cmocka_unit_test(test_order_within_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
