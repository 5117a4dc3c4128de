/* SPDX-License-Identifier: Apache-2.0 */
/* An edition's file that is based on another: what comes from which, and where each mistake is told. */
#include "client/helper/standard/edition.h"
#include "client/helper/standard/overlay.h"
#include "client/xmalloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char old[] = "standard: s\nname: N\nowner: O\ndomain: sanitary\ncertifies: group\nclass_from_level: yes\n"
                          "edition: 1\nvalid_from: 2020-01-01\nsource: theirs\n"
                          "pass: [{all: {level: major}}]\n"
                          "rules:\n  cycle: {validity_months: 12, source: C}\n"
                          "  told: [{about: audits, text: T, source: S}, {about: members, text: U, source: S}]\n"
                          "requirements:\n- {code: A, title: A}\n- {code: a1, parent: A, level: major, title: one}\n"
                          "- {code: B, title: B, parts: [{code: b1, level: minor, title: two}]}\n";

static char directory[] = "/tmp/base-test-XXXXXX";
static struct arena arena;
static struct yaml yaml;
static struct edition_file edition;

static const char *path_of(const char *name)
{
    return xmalloc_printf(&arena, "%s/%s", directory, name);
}

static void write_file(const char *name, const char *text)
{
    FILE *out = fopen(path_of(name), "we");
    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_int_equal(fclose(out), 0);
}

static int make(void **state)
{
    (void)state;
    arena_init(&arena, SIZE_MAX);
    strcpy(strchr(directory, '\0') - 6, "XXXXXX");
    assert_non_null(mkdtemp(directory));
    write_file("old.yaml", old);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    static const char *const names[] = { "old.yaml", "new.yaml", "other.yaml" };
    yaml_close(&yaml);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlink(path_of(names[i]));
    assert_int_equal(rmdir(directory), 0);
    arena_reset(&arena);
    return 0;
}

static bool read_new(const char *text)
{
    write_file("new.yaml", text);
    return yaml_open(&yaml, path_of("new.yaml"), &arena) && edition_read(&yaml, NULL, &edition);
}

static void test_says_what_differs(void **state)
{
    (void)state;
    bool good = read_new("based_on: old.yaml\nedition: 2\nsource: ours\n"
                         "rules:\n  told: [{about: control, text: V, source: W, ours: yes}]\n"
                         "requirements:\n- {code: b1, level: major, title: mended}\n"
                         "- {code: a2, parent: A, level: minor, title: new}\n- {code: C, level: minor, title: last}\n");
    yaml_print_problems(&yaml);
    assert_true(good);
    const struct standard_publish *p = &edition.publish;
    assert_string_equal(p->standard, "s");
    assert_string_equal(p->name, "N");
    assert_string_equal(p->owner, "O");
    assert_string_equal(p->edition, "2");
    assert_string_equal(p->source, "ours");
    assert_int_equal(p->domain, DOMAIN_SANITARY);
    assert_int_equal(p->certifies, CERTIFIES_GROUP);
    assert_true(p->class_from_level);
    assert_false(date_is_set(p->valid_from)); /* its days are its own */
    assert_int_equal(p->n_pass, 1);
    assert_int_equal(p->rules->cycle->validity_months, 12);
    assert_int_equal(p->rules->n_told, 1); /* a key is taken whole */
    assert_int_equal(p->rules->told[0].about, RULE_OF_CONTROL);
    static const char *const codes[] = { "A", "a1", "a2", "B", "b1", "C" };
    assert_int_equal(p->n_requirements, 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(p->requirements[i].code, codes[i]);
    assert_string_equal(p->requirements[4].parent, "B");
    assert_int_equal(p->requirements[4].level, LEVEL_MAJOR);
    assert_string_equal(p->requirements[4].texts[0].title, "mended");
}

static void test_days_and_pass_of_its_own(void **state)
{
    (void)state;
    assert_true(
        read_new("based_on: old.yaml\nedition: 2\nvalid_from: 2021-01-01\npass: [gates, {all: {level: minor}}]\n"));
    assert_int_equal(edition.publish.n_pass, 2);
    assert_true(date_is_set(edition.publish.valid_from));
    assert_int_equal(edition.publish.n_requirements, 4);
}

static void fails(const char *text, int line, const char *says)
{
    assert_false(read_new(text));
    assert_non_null(yaml.problems);
    assert_int_equal(yaml.problems->line, line);
    if (strstr(yaml.problems->message, says) == NULL)
        fail_msg("'%s' does not say '%s'", yaml.problems->message, says);
    yaml_close(&yaml);
}

static void test_mistakes(void **state)
{
    (void)state;
    fails("edition: 2\nbased_on: nowhere.yaml\n", 2, "based_on: nowhere.yaml is no edition's file without errors");
    fails("based_on: old.yaml\n", 1, "missing key 'edition'");
    fails("edition: 2\nbased_on: old.yaml\nrequirements: [{code: x, parent: Z, level: minor, title: t}]\n", 3,
          "parent Z");
    fails("edition: 2\nbased_on: new.yaml\n", 2, "based_on");
    write_file("other.yaml", "standard: t\nname: broken\n");
    fails("edition: 2\nbased_on: other.yaml\n", 2, "other.yaml is no edition's file");
    fails("edition: 2\nbased_on: old.yaml\nrules: {surveillance: [{requirement: Z, source: S}]}\n", 3,
          "surveillance: unknown requirement Z");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, make, clean)
    const struct CMUnitTest tests[] = {
        TEST(test_says_what_differs),
        TEST(test_days_and_pass_of_its_own),
        TEST(test_mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
