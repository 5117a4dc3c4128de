/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of foreign files by their maps: wide and long audits, codes, counts, days, amounts, what is
 * skipped, what is said once more, and what is told of bad rows. */
#include "client/helper/import/convert.h"
#include "client/xmalloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct work {
    struct arena arena;
    struct yaml yaml;
    struct map map;
    struct problems problems;
    struct gather gather;
    bool read;
};

/* map: NULL for none. */
static void convert(struct work *w, const char *noun, const char *map, const char *csv)
{
    *w = (struct work){ 0 };
    arena_init(&w->arena, SIZE_MAX);
    problem_init(&w->problems, &w->arena);
    map_default(&w->map, &w->arena);
    if (map != NULL) {
        assert_true(yaml_read(&w->yaml, "map", map, strlen(map), &w->arena));
        bool good = map_read(&w->yaml, noun_find(noun), &w->map);
        yaml_print_problems(&w->yaml);
        assert_true(good);
    }
    gather_init(&w->gather, noun_find(noun), &w->map, &w->problems, &w->arena);
    w->read = convert_text(&w->gather, csv, strlen(csv));
}

static void finish(struct work *w)
{
    yaml_close(&w->yaml);
    arena_reset(&w->arena);
}

static const void *record(const struct work *w, size_t i)
{
    assert_true(i < w->gather.items.n);
    assert_false(w->gather.items.all[i].bad);
    return w->gather.items.all[i].record;
}

#define WIDE_MAP                                                                                                       \
    "columns: {holder: H, source: S, on: D}\n"                                                                         \
    "constants: {kind: external_inspection}\n"                                                                         \
    "date: \"%m/%d/%Y\"\n"                                                                                             \
    "skip_if_empty: [D]\n"                                                                                             \
    "results:\n"                                                                                                       \
    "  N: conforming\n"                                                                                                \
    "  R: {result: conforming, class: opportunity}\n"                                                                  \
    "  M: {result: nonconforming, class: minor}\n"                                                                     \
    "  Z: {result: not_applicable, note: reported}\n"                                                                  \
    "requirements: {A1: r.1, A2: r.2}\n"

static void test_wide(void **state)
{
    (void)state;
    struct work w;
    convert(&w, "audits", WIDE_MAP,
            "H,S,D,A1,A2,other\nh1,1,2/3/2020,N,M,x\nh1,2,02/04/2020,R,Z,x\nh2,1,,N,N,x\nh2,2,1/1/2021,,,x\n");
    assert_true(w.read);
    assert_int_equal(w.problems.n, 0);
    assert_int_equal(w.gather.items.n, 3);
    const struct audit_row *one = record(&w, 0), *two = record(&w, 1), *empty = record(&w, 2);
    assert_int_equal(one->row, 2);
    assert_string_equal(one->holder, "h1");
    assert_int_equal(one->kind, AUDIT_EXTERNAL_INSPECTION);
    assert_int_equal(one->on.day, date_of(2020, 2, 3).day);
    assert_int_equal(one->n_responses, 2);
    assert_string_equal(one->responses[1].requirement, "r.2");
    assert_int_equal(one->responses[1].result, RESULT_NONCONFORMING);
    assert_int_equal(one->responses[1].class, CLASS_MINOR);
    assert_int_equal(two->responses[0].class, CLASS_OPPORTUNITY);
    assert_string_equal(two->responses[1].note, "reported");
    assert_int_equal(empty->n_responses, 0);
    assert_int_equal(w.gather.rows, 4);
    assert_int_equal(w.gather.skipped, 1);
    const struct result_code *n = &w.map.results.codes[0];
    assert_string_equal(n->code, "N");
    assert_int_equal(n->taken, 1);
    assert_int_equal(n->skipped, 2);
    finish(&w);
}

/* Without a map the columns are fields, and in audits the others requirements. */
static void test_by_name(void **state)
{
    (void)state;
    struct work w;
    convert(&w, "audits", NULL, "holder;source;kind;on;4.1;4.2\nh;1;internal_audit;2020-01-02;conforming;minor\n");
    const struct audit_row *a = record(&w, 0);
    assert_string_equal(a->responses[0].requirement, "4.1");
    assert_int_equal(a->responses[1].class, CLASS_MINOR);
    assert_int_equal(a->responses[1].result, RESULT_NONCONFORMING);
    finish(&w);
    convert(&w, "enterprises", NULL, "code,name,activity,joined_on\nE1,One,farm,2020-02-03\nE2,Two,dairy,\n");
    assert_int_equal(w.problems.n, 0);
    const struct enterprise_row *e = record(&w, 1);
    assert_string_equal(e->name, "Two");
    assert_int_equal(e->activity, ACTIVITY_DAIRY);
    assert_false(date_is_set(e->joined_on));
    finish(&w);
}

#define LONG_MAP                                                                                                       \
    "columns:\n"                                                                                                       \
    "  holder: {any_of: [License, Facility], prefix: m-}\n"                                                            \
    "  source: {join: [Year, No], with: /}\n"                                                                          \
    "  on: Day\n"                                                                                                      \
    "  requirement: Code\n"                                                                                            \
    "  class: {column: Critical, values: {Yes: major}, default: minor}\n"                                              \
    "constants: {kind: external_inspection, result: nonconforming}\n"
#define LONG_HEAD "License,Facility,Year,No,Day,Code,Critical\n"

static void test_long(void **state)
{
    (void)state;
    struct work w;
    convert(&w, "audits", LONG_MAP "repeated: count\n",
            LONG_HEAD "7,,20,1,2020-01-01,a,Yes\n,8,20,2,2020-01-02,a,No\n7,,20,1,2020-01-01,b,\n"
                      "7,,20,1,2020-01-01,a,Yes\n,8,20,2,2020-01-02,,No\n");
    assert_int_equal(w.problems.n, 1);
    assert_string_equal(w.problems.all[0].reason, "missing requirement");
    assert_int_equal(w.gather.items.n, 2);
    const struct audit_row *one = record(&w, 0);
    assert_string_equal(one->holder, "m-7");
    assert_string_equal(one->source, "20/1");
    assert_int_equal(one->n_responses, 2);
    assert_int_equal(one->responses[0].count, 2);
    assert_int_equal(one->responses[0].class, CLASS_MAJOR);
    assert_int_equal(one->responses[1].class, CLASS_MINOR);
    assert_false(one->responses[1].has_count);
    assert_true(w.gather.items.all[1].bad);
    finish(&w);
}

static void test_counts(void **state)
{
    (void)state;
    struct work w;
    convert(&w, "audits", "counts: {class: minor}\nrequirements: {F1: f1, F2: f2, F3: f3}\n",
            "holder,source,kind,on,F1,F2,F3\nh,1,follow_up,2020-01-01,0,2,\n");
    const struct audit_row *a = record(&w, 0);
    assert_int_equal(a->n_responses, 2);
    assert_int_equal(a->responses[0].result, RESULT_CONFORMING);
    assert_int_equal(a->responses[1].count, 2);
    assert_int_equal(a->responses[1].class, CLASS_MINOR);
    assert_int_equal(w.map.results.times, 2);
    finish(&w);
}

/* Participations and a payment gathered from rows; the payment stands on both. */
static void test_assists(void **state)
{
    (void)state;
    struct work w;
    convert(&w, "assists", "date: \"%d.%m.%Y\"\n",
            "source;title;kind;delivered_on;cost;enterprise;attended;payer;amount\n"
            "T1;Hygiene;training;03.02.2026;1.200,50 USD;E1;1,5h;donor;1200,50 USD\n"
            "T1;Hygiene;training;03.02.2026;1.200,50 USD;E2;2h;donor;1200,50 USD\n");
    assert_int_equal(w.problems.n, 0);
    assert_int_equal(w.gather.items.n, 1);
    const struct assist_row *a = record(&w, 0);
    assert_int_equal(a->cost.minor, 120050);
    assert_int_equal(a->n_participations, 2);
    assert_int_equal(a->participations[0].attended, 90);
    assert_int_equal(a->n_payments, 1);
    assert_int_equal(a->payments[0].amount.minor, 120050);
    finish(&w);
}

static void test_repeated_rows(void **state)
{
    (void)state;
    static const char csv[] = "code,name,activity\nE1,One,farm\nE1,One,farm\nE1,Uno,farm\n";
    struct work w;
    convert(&w, "enterprises", NULL, csv);
    assert_int_equal(w.gather.items.n, 1);
    assert_int_equal(w.problems.n, 1);
    assert_int_equal(w.problems.all[0].line, 4);
    assert_string_equal(w.problems.all[0].column, "name");
    finish(&w);
    convert(&w, "enterprises", "repeated: first\n", csv);
    assert_int_equal(w.problems.n, 0);
    assert_string_equal(((const struct enterprise_row *)record(&w, 0))->name, "One");
    finish(&w);
}

static const struct mistake {
    const char *noun, *map, *csv;
    int line;
    const char *column, *says;
} mistakes[] = {
    { "enterprises", NULL, "code,name\n", 1, "", "no column for 'activity'" },
    { "enterprises", NULL, "code,name,activity,colour\n", 1, "colour", "not a field of enterprises" },
    { "enterprises", NULL, "code,code,activity\n", 1, "code", "duplicate column" },
    { "enterprises", "columns: {code: C, name: N}\nconstants: {activity: farm}\n", "C,M\n", 1, "N", "no such column" },
    { "enterprises", NULL, "code,name,activity\nE1,,farm\n", 2, "name", "missing" },
    { "enterprises", NULL, "code,name,activity\n,x,farm\n", 2, "code", "missing" },
    { "enterprises", NULL, "code,name,activity\nE1,x,mine\n", 2, "activity", "must be one of" },
    { "enterprises", NULL, "code,name,activity,joined_on\nE1,x,farm,1/2/2020\n", 2, "joined_on", "form %Y-%m-%d" },
    { "enterprises", "columns: {code: C, name: C, activity: {column: A, values: {x: farm}}}\n", "C,A\n1,y\n", 2, "A",
      "do not contain 'y'" },
    { "audits", NULL, "holder,source,kind,on,requirement\n", 1, "", "missing 'result'" },
    { "audits", NULL, "holder,source,kind,on\n", 1, "", "no requirements" },
    { "audits", NULL, "holder,source,kind,on,4.1\nh,1,follow_up,2020-01-01,ok\n", 2, "4.1", "(results: conforming" },
    { "audits", "counts: yes\n", "holder,source,kind,on,4.1\nh,1,follow_up,2020-01-01,-1\n", 2, "4.1", "not a result" },
    { "audits", NULL,
      "holder,source,kind,on,requirement,result\nh,1,follow_up,2020-01-01,a,minor\nh,1,follow_up,2020-01-01,a,minor\n",
      3, "requirement", "on line 2" },
    { "audits", "repeated: count\n",
      "holder,source,kind,on,requirement,result\nh,1,follow_up,2020-01-01,a,minor\nh,1,follow_up,2020-01-01,a,major\n",
      3, "requirement", "not an equal nonconformity" },
    { "audits", NULL,
      "holder,source,kind,on,requirement,result\nh,1,follow_up,2020-01-01,a,minor\nh,1,follow_up,2020-01-02,b,minor\n",
      3, "on", "'2020-01-02' contradicts '2020-01-01' on line 2" },
    { "assists", NULL, "source,title,kind,cost\nT1,x,training,\"1,200 USD\"\n", 2, "cost", "amount and a currency" },
};

static void test_mistakes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        const struct mistake *m = &mistakes[i];
        struct work w;
        convert(&w, m->noun, m->map, m->csv);
        assert_true(w.problems.n > 0);
        const struct problem *p = &w.problems.all[0];
        if (p->line != m->line || strcmp(p->column, m->column) != 0 || strstr(p->reason, m->says) == NULL)
            fail_msg("%zu: %d %s: %s; expected %d %s: %s", i, p->line, p->column, p->reason, m->line, m->column,
                     m->says);
        finish(&w);
    }
}

static const struct bad_map {
    const char *map;
    int line;
    const char *says;
} bad_maps[] = {
    { "columnss: {code: C}\n", 1, "did you mean 'columns'" },
    { "columns: {colour: C}\n", 1, "'colour' is not a field" },
    { "columns:\n  code:\n", 2, "missing value" },
    { "columns: {code: {columnn: C}}\n", 1, "did you mean 'column'" },
    { "columns: {code: {prefix: x}}\n", 1, "missing column" },
    { "columns: {code: {column: C, from: x}}\n", 1, "a number" },
    { "columns: [code]\n", 1, "must be a map" },
    { "date: \"%d/%m\"\n", 1, "%m and %d once each" },
    { "date: \"%m/%d/%y\"\n", 1, "years of two digits (%y) need the key years_from" },
    { "years_from: 1950\n", 1, "only for years of two digits" },
    { "date: \"%m/%d/%y\"\nyears_from: 50\n", 2, "must be a year from 1900 to 2101" },
    { "date: \"%m/%d/%y\"\nyears_from: 2102\n", 2, "must be a year from 1900 to 2101" },
    { "results: {N: fine}\n", 1, "result" },
    { "results:\n  N: {class: minor}\n", 2, "missing key 'result'" },
    { "results: {N: {result: conforming, kind: x}}\n", 1, "unknown key 'kind'" },
    { "counts: no\n", 1, "counts: yes" },
    { "repeated: often\n", 1, "refuse, first or count" },
    { "skip_if_empty: D\n", 1, "must be a list" },
};

static void test_bad_maps(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_maps / sizeof bad_maps[0]; i++) {
        const struct bad_map *m = &bad_maps[i];
        struct work w = { 0 };
        arena_init(&w.arena, SIZE_MAX);
        assert_true(yaml_read(&w.yaml, "map", m->map, strlen(m->map), &w.arena));
        assert_false(map_read(&w.yaml, noun_find("enterprises"), &w.map));
        const struct yaml_problem *p = w.yaml.problems;
        if (p->line != m->line || strstr(p->message, m->says) == NULL)
            fail_msg("%zu: %d: %s; expected %d: %s", i, p->line, p->message, m->line, m->says);
        finish(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wide),     cmocka_unit_test(test_by_name),  cmocka_unit_test(test_long),
        cmocka_unit_test(test_counts),   cmocka_unit_test(test_assists),  cmocka_unit_test(test_repeated_rows),
        cmocka_unit_test(test_mistakes), cmocka_unit_test(test_bad_maps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
