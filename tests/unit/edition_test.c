/* SPDX-License-Identifier: Apache-2.0 */
/* Editions of standards from their files: what is read, and what is said of each kind of mistake,
 * with its line and column. */
#include "client/helper/standard/edition.h"
#include "client/xmalloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "standard: s\nname: N\nowner: O\ndomain: quality\ncertifies: product\nedition: 2015\nsource: own\n"
#define PASS "pass: [{no_open: {class: major}}]\n"
#define RULES "rules:\n"
#define PARTS "requirements:\n- {code: a, level: major, title: A}\n"

struct reading {
    struct arena arena;
    struct yaml yaml;
    struct edition_file edition;
    bool good;
};

static void read_text(struct reading *r, const char *text)
{
    arena_init(&r->arena, SIZE_MAX);
    r->good = yaml_read(&r->yaml, "e.yaml", text, strlen(text), &r->arena) && edition_read(&r->yaml, NULL, &r->edition);
}

static void forget(struct reading *r)
{
    yaml_close(&r->yaml);
    arena_reset(&r->arena);
}

static void test_whole(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, HEAD "valid_from: 2015-09-15\nclass_from_level: yes\n"
                       "pass:\n- all: {level: major}\n- ratio: {level: minor, at_least: 95/100, section: s1}\n"
                       "- points: {at_least: 80%}\n- gates\n- no_open: {class: minor}\n"
                       "requirements:\n"
                       "- code: s1\n  title: {en: One, es: Uno}\n  parts:\n"
                       "  - {code: 1.10, level: major, gate: yes, title: T, body: {en: B}}\n"
                       "  - {code: 1.2, level: points, points: 5, na_allowed: yes, evidence: record, title: P}\n"
                       "- {code: flat, parent: s1, level: minor, title: F}\n");
    assert_true(r.good);
    const struct standard_publish *p = &r.edition.publish;
    assert_string_equal(p->edition, "2015");
    assert_true(p->class_from_level);
    assert_int_equal(p->domain, DOMAIN_QUALITY);
    assert_int_equal(p->n_pass, 5);
    assert_int_equal(p->pass[1].at_least, 95);
    assert_int_equal(p->pass[1].out_of, 100);
    assert_string_equal(p->pass[1].section, "s1");
    assert_int_equal(p->pass[2].at_least, 80);
    assert_int_equal(p->pass[3].kind, CLAUSE_GATES);
    assert_int_equal(p->n_requirements, 4);
    assert_string_equal(p->requirements[0].texts[1].title, "Uno");
    assert_string_equal(p->requirements[1].code, "1.10");
    assert_string_equal(p->requirements[1].parent, "s1");
    assert_string_equal(p->requirements[1].texts[0].body, "B");
    assert_int_equal(p->requirements[2].points, 5);
    assert_string_equal(p->requirements[3].parent, "s1");
    forget(&r);
}

static void test_json(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "{\"standard\": \"s\", \"name\": \"N\", \"owner\": \"O\", \"domain\": \"quality\",\n"
              "\"certifies\": \"group\", \"edition\": \"1\", \"source\": \"own\",\n"
              "\"pass\": [\"gates\"], \"requirements\": [{\"code\": \"a\", \"level\": \"major\", \"title\": \"A\"}]}");
    assert_true(r.good);
    assert_int_equal(r.edition.publish.certifies, CERTIFIES_GROUP);
    forget(&r);
}

static void test_rules(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, HEAD "rules:\n  cycle: {validity_months: 36, surveillance_each_year: yes, source: C}\n"
                       "  sampling:\n"
                       "  - {purpose: initial, root: 1/1, random: 25%, source: S, unverified: yes}\n"
                       "  - {purpose: surveillance, root: 6/10, floor: 2, high_risk: yes, source: S}\n"
                       "  deadlines:\n  - {class: major, step: close, days: 0, from: notice, source: D}\n"
                       "  group: {ready: 100%, newcomers: 1/10, source: G}\n"
                       "  told:\n  - {about: control, text: T, source: O}\n" PASS PARTS);
    yaml_print_problems(&r.yaml);
    assert_true(r.good);
    const struct rules *rules = r.edition.publish.rules;
    assert_int_equal(rules->cycle->validity_months, 36);
    assert_true(rules->cycle->surveillance_each_year);
    assert_int_equal(rules->n_sampling, 2);
    assert_int_equal(rules->sampling[0].root, 1);
    assert_int_equal(rules->sampling[0].random, 25);
    assert_int_equal(rules->sampling[0].random_of, 100);
    assert_true(rules->sampling[0].unverified);
    assert_int_equal(rules->sampling[1].root, 6);
    assert_int_equal(rules->sampling[1].root_of, 10);
    assert_int_equal(rules->sampling[1].floor, 2);
    assert_false(rules->sampling[1].has_random);
    assert_int_equal(rules->n_deadlines, 1);
    assert_int_equal(rules->deadlines[0].from, DEADLINE_FROM_NOTICE);
    assert_true(rules->group->has_ready && rules->group->has_ready_of);
    assert_int_equal(rules->group->newcomers_of, 10);
    assert_int_equal(rules->told[0].about, RULE_OF_CONTROL);
    assert_null(rules->internal);
    forget(&r);
}

static const struct mistake {
    const char *text;
    int line, column;
    const char *says; /* part of the first complaint */
} mistakes[] = {
    { "", 1, 1, "empty" },
    { "standard: [", 1, 1, "invalid YAML" },
    { "- a\n", 1, 3, "must be a map" },
    { HEAD "nam: x\n" PASS PARTS, 8, 1, "did you mean 'name'" },
    { HEAD "name: again\n" PASS PARTS, 8, 1, "the first is on line 2" },
    { HEAD "valid_from: 2015-02-30\n" PASS PARTS, 8, 13, "valid_from" },
    { HEAD "valid_from:\n" PASS PARTS, 8, 1, "missing value" },
    { HEAD "class_from_level: perhaps\n" PASS PARTS, 8, 19, "class_from_level" },
    { HEAD "a: &x 1\nb: *x\n" PASS PARTS, 9, 5, "aliases" },
    { HEAD "valid_from: !!str 2015-01-01\n" PASS PARTS, 8, 19, "tags" },
    { HEAD PASS PARTS "---\na: 1\n", 12, 1, "more than one document" },
    { "name: N\n" PASS PARTS, 1, 1, "missing key 'standard'" },
    { HEAD PARTS, 1, 1, "at least one clause is required" },
    { HEAD "pass: []\n" PARTS, 1, 1, "at least one clause is required" },
    { HEAD "pass: gates\n" PARTS, 8, 7, "must be a list" },
    { HEAD "pass: [most]\n" PARTS, 8, 8, "kinds: all, ratio" },
    { HEAD "pass: [all]\n" PARTS, 8, 8, "needs the key 'level'" },
    { HEAD "pass: [{all: {level: major, section: a}}]\n" PARTS, 8, 29, "unknown key 'section'" },
    { HEAD "pass: [{gates: {level: major}}]\n" PARTS, 8, 17, "unknown key 'level'" },
    { HEAD "pass: [{ratio: {level: major}}]\n" PARTS, 8, 9, "needs the key 'at_least'" },
    { HEAD "pass: [{ratio: {at_least: 95}}]\n" PARTS, 8, 27, "95/100 or 95%" },
    { HEAD "pass: [{ratio: {at_least: 9/0}}]\n" PARTS, 8, 27, "at least 1" },
    { HEAD "pass: [{ratio: {at_least: 9/8}}]\n" PARTS, 8, 9, "more than 1" },
    { HEAD "pass: [{ratio: {at_least: 9/9, section: z}}]\n" PARTS, 8, 9, "unknown requirement z" },
    { HEAD "pass: [{gates: , all: {level: major}}]\n" PARTS, 8, 18, "a clause can have only one kind" },
    { HEAD PASS, 1, 1, "none has a level" },
    { HEAD PASS "requirements:\n- {code: a, title: A}\n", 1, 1, "none has a level" },
    { HEAD PASS PARTS "- {code: a, level: major, title: A}\n", 11, 4, "the first is on line 10" },
    { HEAD PASS PARTS "- {code: b, level: main, title: A}\n", 11, 20, "level" },
    { HEAD PASS PARTS "- {code: b, parent: z, level: major, title: A}\n", 11, 4, "its parent z" },
    { HEAD PASS PARTS "- {code: b, parent: b, level: major, title: A}\n", 11, 4, "its parent b" },
    { HEAD PASS PARTS "- {code: b, level: points, title: A}\n", 11, 4, "points are required for the level points" },
    { HEAD PASS PARTS "- {code: b, level: major, points: 3, title: A}\n", 11, 4,
      "points are required for the level points" },
    { HEAD PASS PARTS "- {code: b, gate: yes, title: A}\n", 11, 4, "only an assessable requirement" },
    { HEAD PASS PARTS "- {code: b, assessable: yes, title: A}\n", 11, 4, "needs a level" },
    { HEAD PASS PARTS "- {code: b, level: major}\n", 11, 4, "missing key 'title'" },
    { HEAD PASS PARTS "- {level: major, title: A}\n", 11, 4, "missing key 'code'" },
    { HEAD PASS PARTS "- {code: b, level: major, title: {en: A}, body: {es: B}}\n", 11, 4, "body without title" },
    { HEAD PASS PARTS "- {code: b, level: major, title: {x: A}}\n", 11, 35, "lang" },
    { HEAD PASS PARTS "- {code: b, title: B, parts: [{code: c, parent: b, level: major, title: C}]}\n", 11, 41,
      "not allowed for parts" },
    { HEAD PASS PARTS "- {code: b, title: B, parts: {code: c}}\n", 11, 31, "must be a list" },
    { HEAD PASS PARTS "- {code: b, level: major, title: [A]}\n", 11, 35, "single value" },
    { HEAD PASS PARTS "- [b]\n", 11, 4, "must be a map" },
    { HEAD RULES PASS PARTS, 8, 1, "must be a map" },
    { HEAD "rules: []\n" PASS PARTS, 8, 1, "must be a map" },
    { HEAD RULES "  cycles: {}\n" PASS PARTS, 9, 3, "did you mean 'cycle'" },
    { HEAD RULES "  cycle: {source: C}\n" PASS PARTS, 9, 11, "missing key 'validity_months'" },
    { HEAD RULES "  cycle: {validity_months: 1}\n" PASS PARTS, 9, 11, "missing key 'source'" },
    { HEAD RULES "  cycle: {validity_months: 3y, source: C}\n" PASS PARTS, 9, 28, "validity_months" },
    { HEAD RULES "  cycle: {validity_months: 1201, source: C}\n" PASS PARTS, 9, 28, "1200" },
    { HEAD RULES "  cycle: {validity: 1, source: C}\n" PASS PARTS, 9, 11, "unknown key 'validity'" },
    { HEAD RULES "  cycle: 36\n" PASS PARTS, 9, 10, "must be a map" },
    { HEAD RULES "  sampling: {purpose: initial}\n" PASS PARTS, 9, 14, "must be a list" },
    { HEAD RULES "  sampling: [{purpose: first, source: S}]\n" PASS PARTS, 9, 24, "purpose" },
    { HEAD RULES "  sampling: [{purpose: initial, root: 0.6, source: S}]\n" PASS PARTS, 9, 39, "95/100 or 95%" },
    { HEAD RULES "  sampling: [{purpose: initial, root: 6, source: S}]\n" PASS PARTS, 9, 39, "95/100 or 95%" },
    { HEAD RULES "  sampling: [{purpose: initial, root: 6/0, source: S}]\n" PASS PARTS, 9, 39, "at least 1" },
    { HEAD RULES "  sampling: [{purpose: initial, share: -5%, source: S}]\n" PASS PARTS, 9, 40, "share" },
    { HEAD RULES "  sampling: [{purpose: initial, share: 4294967396%, source: S}]\n" PASS PARTS, 9, 40,
      "at most 1000000" },
    { HEAD RULES "  sampling: [{purpose: initial, root: 1001/1000, source: S}]\n" PASS PARTS, 9, 39, "1000" },
    { HEAD RULES "  sampling: [{purpose: initial, root_of: 1, source: S}]\n" PASS PARTS, 9, 33,
      "unknown key 'root_of'" },
    { HEAD RULES "  sampling: [{purpose: initial, root: 1/1}]\n" PASS PARTS, 9, 15, "missing key 'source'" },
    { HEAD RULES "  deadlines: [{class: major, step: shut, days: 1, source: D}]\n" PASS PARTS, 9, 36, "step" },
    { HEAD RULES "  told: [{about: weather, text: T, source: O}]\n" PASS PARTS, 9, 18, "about" },
    { HEAD RULES "  group: {source: G, source: H}\n" PASS PARTS, 9, 22, "duplicate key" },
    { HEAD RULES "  told: []\n  told: []\n  told: []\n  told: []\n  told: []\n" PASS PARTS, 10, 3, "duplicate key" },
    { HEAD PASS PARTS "- {code: \"b\\0\", level: major, title: A}\n", 11, 11, "NUL" },
};

/* Whether the first complaint is the one expected. */
static bool is_told(const struct mistake *m)
{
    struct reading r;
    read_text(&r, m->text);
    const struct yaml_problem *p = r.yaml.problems;
    bool told = !r.good && p->line == m->line && p->column == m->column && strstr(p->message, m->says) != NULL;
    if (!told)
        print_error("%d:%d: %s was expected for:\n%s\n", m->line, m->column, m->says, m->text);
    if (!told)
        yaml_print_problems(&r.yaml);
    forget(&r);
    return told;
}

static void test_mistakes(void **state)
{
    (void)state;
    size_t told = 0, n = sizeof mistakes / sizeof mistakes[0];
    for (size_t i = 0; i < n; i++)
        told += is_told(&mistakes[i]);
    assert_int_equal(told, n);
}

/* One reading tells every mistake. */
static void test_all_at_once(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "standard: s\nnam: x\ndomain: sanitry\npass: [all]\nrequirements:\n- {code: a, level: big}\n");
    assert_false(r.good);
    assert_int_equal(r.yaml.n_problems, 4);
    forget(&r);
}

static void test_places_of_the_daemon(void **state)
{
    (void)state;
    struct reading r;
    struct err e = { .code = ERR_INVALID_PARAM, .field = "requirements[1].level", .message = "no" };
    read_text(&r, HEAD PASS PARTS "- {code: b, level: minor, title: B}\n");
    assert_true(r.good);
    edition_complain(&r.yaml, &r.edition, &e);
    assert_int_equal(r.yaml.last_problem->line, 11);
    strcpy(e.field, "pass[0].class");
    edition_complain(&r.yaml, &r.edition, &e);
    assert_int_equal(r.yaml.last_problem->line, 8);
    strcpy(e.field, "pass[7].class");
    edition_complain(&r.yaml, &r.edition, &e);
    assert_int_equal(r.yaml.last_problem->line, 1);
    forget(&r);
}

static void test_places_of_rules(void **state)
{
    (void)state;
    struct reading r;
    struct err e = { .code = ERR_INVALID_PARAM, .field = "rules.sampling[1].root", .message = "no" };
    read_text(&r, HEAD PASS "rules:\n  cycle: {validity_months: 1, source: C}\n  sampling:\n"
                            "  - {purpose: initial, floor: 1, source: S}\n"
                            "  - {purpose: surveillance, floor: 1, source: S}\n" PARTS);
    assert_true(r.good);
    edition_complain(&r.yaml, &r.edition, &e);
    assert_int_equal(r.yaml.last_problem->line, 13);
    assert_int_equal(r.yaml.last_problem->column, 6);
    strcpy(e.field, "rules.cycle.validity_months");
    edition_complain(&r.yaml, &r.edition, &e);
    assert_int_equal(r.yaml.last_problem->line, 10);
    strcpy(e.field, "rules.sampling[2].root");
    edition_complain(&r.yaml, &r.edition, &e);
    assert_int_equal(r.yaml.last_problem->line, 11);
    strcpy(e.field, "rules.group.ready");
    edition_complain(&r.yaml, &r.edition, &e);
    assert_int_equal(r.yaml.last_problem->line, 9);
    forget(&r);
}

/* More rows than there is room for, at the first that has none. */
static void test_too_many_rules(void **state)
{
    (void)state;
    struct reading r;
    char text[4000] = HEAD PASS "rules:\n  sampling:\n";
    for (int i = 0; i < 21; i++)
        strcat(text, "  - {purpose: initial, floor: 1, source: S}\n");
    strcat(text, PARTS);
    read_text(&r, text);
    assert_false(r.good);
    assert_int_equal(r.yaml.problems->line, 31);
    assert_non_null(strstr(r.yaml.problems->message, "sampling: at most 20 rows"));
    forget(&r);
}

static void check_shipped(const char *name, size_t at_least)
{
    struct reading r;
    char path[1000];
    snprintf(path, sizeof path, SMED_SOURCE_DIR "/schema/standards/%s.yaml", name);
    arena_init(&r.arena, SIZE_MAX);
    r.good = yaml_open(&r.yaml, path, &r.arena) && edition_read(&r.yaml, NULL, &r.edition);
    yaml_print_problems(&r.yaml);
    assert_true(r.good);
    assert_true(r.edition.publish.n_requirements >= at_least);
    for (size_t i = 0; i < r.edition.publish.n_requirements; i++) {
        const struct requirement *q = &r.edition.publish.requirements[i];
        assert_int_equal(q->n_texts, 4);
        assert_true(q->level == 0 || q->texts[0].body != NULL);
        assert_true(q->level == 0 || q->texts[1].body != NULL);
    }
    forget(&r);
}

static void test_shipped(void **state)
{
    (void)state;
    check_shipped("iso-9001-2015", 70);
    check_shipped("iso-14001-2015", 40);
    check_shipped("codex-cxc-1-2020", 90);
    check_shipped("water-sanitary-survey-2025", 13);
    check_shipped("eu-organic-group-2021", 17);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),           cmocka_unit_test(test_json),
        cmocka_unit_test(test_rules),           cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_all_at_once),     cmocka_unit_test(test_places_of_the_daemon),
        cmocka_unit_test(test_places_of_rules), cmocka_unit_test(test_too_many_rules),
        cmocka_unit_test(test_shipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
