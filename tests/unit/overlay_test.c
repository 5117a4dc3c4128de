/* SPDX-License-Identifier: Apache-2.0 */
/* A checklist of one's own with the rules of a scheme from another file: what comes from which, and where each mistake
 * is told. */
#include "client/helper/standard/edition.h"
#include "client/helper/standard/overlay.h"
#include "client/xmalloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define LIST "standard: s\nname: N\nedition: 5\nsource: mine\n"
#define PARTS "requirements:\n- {code: a, level: major, title: A}\n"
#define SCHEME                                                                                                         \
    "owner: O\ndomain: sanitary\ncertifies: group\nclass_from_level: yes\nsource: theirs\n"                            \
    "pass:\n- all: {level: major}\n- ratio: {level: minor, at_least: 95%}\n"                                           \
    "rules:\n  cycle: {validity_months: 12, source: C}\n"                                                              \
    "  sampling:\n  - {purpose: initial, root: 1/1, source: S}\n"

struct reading {
    struct arena arena;
    struct yaml list, scheme;
    struct overlay overlay;
    struct edition_file edition;
    bool scheme_good, good;
};

static void read_both(struct reading *r, const char *list, const char *scheme)
{
    *r = (struct reading){ 0 };
    arena_init(&r->arena, SIZE_MAX);
    r->scheme_good = yaml_read(&r->scheme, "scheme.yaml", scheme, strlen(scheme), &r->arena)
                     && overlay_read(&r->scheme, &r->overlay);
    r->good = yaml_read(&r->list, "list.yaml", list, strlen(list), &r->arena) && r->scheme_good
              && edition_read(&r->list, &r->overlay, &r->edition);
}

static void forget(struct reading *r)
{
    yaml_close(&r->list);
    yaml_close(&r->scheme);
    arena_reset(&r->arena);
}

static void test_merged(void **state)
{
    (void)state;
    struct reading r;
    read_both(&r, LIST PARTS, SCHEME);
    yaml_print_problems(&r.scheme);
    yaml_print_problems(&r.list);
    assert_true(r.good);
    const struct standard_publish *p = &r.edition.publish;
    assert_string_equal(p->standard, "s");
    assert_string_equal(p->owner, "O");
    assert_int_equal(p->domain, DOMAIN_SANITARY);
    assert_int_equal(p->certifies, CERTIFIES_GROUP);
    assert_true(p->class_from_level);
    assert_string_equal(p->source, "mine; rules: theirs");
    assert_int_equal(p->n_requirements, 1);
    assert_int_equal(p->n_pass, 2);
    assert_int_equal(p->pass[1].at_least, 95);
    assert_int_equal(p->rules->cycle->validity_months, 12);
    assert_int_equal(p->rules->n_sampling, 1);
    forget(&r);
}

/* What the checklist says of itself counts; rules that only it has are kept. */
static void test_own(void **state)
{
    (void)state;
    struct reading r;
    read_both(&r, LIST "owner: Me\nclass_from_level: no\nrules:\n  group: {largest: 9, source: G}\n" PARTS, SCHEME);
    assert_true(r.good);
    assert_string_equal(r.edition.publish.owner, "Me");
    assert_false(r.edition.publish.class_from_level);
    assert_int_equal(r.edition.publish.rules->group->largest, 9);
    assert_int_equal(r.edition.publish.rules->cycle->validity_months, 12);
    forget(&r);
    read_both(&r, LIST "pass: [{all: {level: major}}]\n" PARTS,
              "owner: O\ndomain: quality\ncertifies: group\nsource: t\nrules:\n  group: {largest: 9, source: G}\n");
    assert_true(r.good);
    assert_int_equal(r.edition.publish.n_pass, 1);
    assert_int_equal(r.edition.publish.rules->group->largest, 9);
    forget(&r);
}

static const struct mistake {
    const char *list, *scheme;
    bool in_scheme;
    int line, column;
    const char *says;
} mistakes[] = {
    { LIST "pass: [gates]\n" PARTS, SCHEME, false, 5, 1, "also in scheme.yaml, line 6" },
    { LIST "rules:\n  cycle: {validity_months: 1, source: C}\n" PARTS, SCHEME, false, 6, 3,
      "also in scheme.yaml, line 10" },
    { LIST "rules:\n  sampling: []\n" PARTS, SCHEME, false, 6, 3, "also in scheme.yaml, line 11" },
    { LIST PARTS, SCHEME "requirements: []\n", true, 13, 1, "unknown key 'requirements'" },
    { LIST PARTS, "standard: s\n" SCHEME, true, 1, 1, "unknown key 'standard'" },
    { LIST PARTS, SCHEME "edition: 1\n", true, 13, 1, "unknown key 'edition'" },
    { LIST PARTS, "owner: O\n", true, 1, 1, "missing key 'source'" },
    { LIST PARTS, "source: S\n", true, 1, 1, "neither 'pass' nor 'rules'" },
    { LIST PARTS, "source: S\npass: [most]\n", true, 2, 8, "kinds: all" },
    { LIST PARTS, "source: S\npass: [gates]\n", false, 1, 1, "missing key 'owner'" },
    { LIST PARTS, SCHEME "  deadlines: [{class: major, step: shut}]\n", true, 13, 36, "step" },
    { LIST PARTS,
      "owner: O\ndomain: quality\ncertifies: group\nsource: S\npass: [{ratio: {at_least: 1/1, section: z}}]\n", true, 5,
      9, "unknown requirement z" },
    { LIST, SCHEME, false, 1, 1, "none has a level" },
};

static bool is_told(const struct mistake *m)
{
    struct reading r;
    read_both(&r, m->list, m->scheme);
    const struct yaml_problem *p = m->in_scheme ? r.scheme.problems : r.list.problems;
    bool told = !r.good && p != NULL && p->line == m->line && p->column == m->column && strstr(p->message, m->says);
    if (!told) {
        print_error("%d:%d: %s was expected for:\n%s\n%s\n", m->line, m->column, m->says, m->list, m->scheme);
        yaml_print_problems(&r.list);
        yaml_print_problems(&r.scheme);
    }
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

/* What the daemon says of a rule is told in the file that the rule stands in. */
static void test_places_of_the_daemon(void **state)
{
    (void)state;
    struct reading r;
    struct err e = { .code = ERR_INVALID_PARAM, .field = "rules.sampling[0].root", .message = "no" };
    read_both(&r, LIST "rules:\n  group: {largest: 9, source: G}\n" PARTS, SCHEME);
    assert_true(r.good);
    edition_complain(&r.list, &r.edition, &e);
    assert_int_equal(r.scheme.last_problem->line, 12);
    strcpy(e.field, "pass[1].level");
    edition_complain(&r.list, &r.edition, &e);
    assert_int_equal(r.scheme.last_problem->line, 8);
    assert_int_equal(r.list.n_problems, 0);
    strcpy(e.field, "rules.group.largest");
    edition_complain(&r.list, &r.edition, &e);
    assert_int_equal(r.list.last_problem->line, 6);
    forget(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_merged),
        cmocka_unit_test(test_own),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_places_of_the_daemon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
