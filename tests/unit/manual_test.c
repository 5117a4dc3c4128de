/* SPDX-License-Identifier: Apache-2.0 */
/* sme-standard(5) is what it says: its examples can be published, and it tells of every key there is. */
#include "client/helper/standard/edition.h"
#include "client/helper/standard/overlay.h"
#include "client/xmalloc.h"
#include "tests/support/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char page[200000];
static struct desk desk;
static struct arena arena;

static int open_all(void **state)
{
    (void)state;
    FILE *in = fopen(SMED_SOURCE_DIR "/client/sme-standard.5.scd", "re");
    assert_non_null(in);
    size_t size = fread(page, 1, sizeof page - 1, in);
    fclose(in);
    page[size] = '\0';
    arena_init(&arena, SIZE_MAX);
    desk_start(&desk, "2026-03-10");
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    desk_stop(&desk);
    arena_reset(&arena);
    return 0;
}

/* The nth example below a heading, from 0. */
static const char *example(const char *heading, int nth)
{
    const char *from = strstr(page, heading), *to = NULL;
    assert_non_null(from);
    for (int i = 0; i <= nth; i++) {
        from = strstr(to != NULL ? to + 4 : from, "\n```\n");
        assert_non_null(from);
        to = strstr(from + 5, "\n```\n");
        assert_non_null(to);
    }
    return xmalloc_text(&arena, from + 5, (size_t)(to + 1 - (from + 5)));
}

static void publish(const char *text, const struct overlay *overlay, struct edition_detail *ret)
{
    struct yaml y;
    struct edition_file file;
    struct edition edition;
    bool good = yaml_read(&y, "edition", text, strlen(text), &arena) && edition_read(&y, overlay, &file);
    yaml_print_problems(&y);
    assert_true(good);
    assert_int_equal(desk_call(&desk, METHOD_standard_publish, &file.publish, &edition), OK);
    assert_int_equal(DESK(&desk, standard_show, ret, .edition = desk_ref(edition.edition.text)), OK);
    yaml_close(&y);
}

static void test_edition(void **state)
{
    (void)state;
    struct edition_detail detail;
    publish(example("\n# EXAMPLE\n", 0), NULL, &detail);
    assert_string_equal(detail.edition->edition.text, "village-cheese:2026");
    assert_int_equal(detail.n_requirements, 5);
    assert_int_equal(detail.rules->cycle->validity_months, 24);
    assert_int_equal(detail.rules->n_sampling, 2);
    assert_int_equal(detail.rules->n_deadlines, 4);
    assert_true(detail.rules->impartiality->unverified);
}

static void test_rules_file(void **state)
{
    (void)state;
    struct yaml y;
    struct overlay overlay;
    struct edition_detail detail;
    const char *text = example("\n# RULES FILES\n", 0);
    assert_true(yaml_read(&y, "rules", text, strlen(text), &arena));
    assert_true(overlay_read(&y, &overlay));
    publish(example("\n# RULES FILES\n", 1), &overlay, &detail);
    assert_string_equal(detail.edition->edition.text, "goat-cheese:2026");
    assert_int_equal(detail.n_pass, 2);
    assert_int_equal(detail.rules->internal->inspections, 2);
    yaml_close(&y);
}

static bool holds(const char *text, const char *format, const char *name)
{
    return strstr(text, xmalloc_printf(&arena, "%s%s%s", *format == '*' ? "*" : "", name, format + 1)) != NULL;
}

static bool is_second(const char *name)
{
    size_t length = strlen(name);
    return length > 3 && strcmp(name + length - 3, "_of") == 0;
}

/* Every key of every record of the rules has its words, and stands in the example. */
static void check_keys(enum record_id id, const char *rules, const char *shown)
{
    const struct record_type *r = &api_records[id];
    for (size_t i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        if (f->of != 0 && (f->type == FIELD_NEST || f->type == FIELD_LIST)) {
            check_keys((enum record_id)f->of, rules, shown);
            if (strstr(rules, xmalloc_printf(&arena, "\n## %s\n", f->name)) == NULL)
                fail_msg("no section of the page is about %s", f->name);
        } else if (!is_second(f->name) && !holds(rules, "**", f->name)) {
            fail_msg("the page does not tell of %s", f->name);
        }
        if (!is_second(f->name) && !holds(shown, " :", f->name))
            fail_msg("the example does not have %s", f->name);
    }
}

static void test_every_key(void **state)
{
    (void)state;
    const char *from = strstr(page, "\n# THE OTHER RULES\n");
    assert_non_null(from);
    const char *to = strstr(from, "\n# REQUIREMENTS\n");
    assert_non_null(to);
    check_keys(RECORD_rules, xmalloc_text(&arena, from, (size_t)(to - from)), example("\n# EXAMPLE\n", 0));
}

/* And every value that a choice of the rules can have. */
static void test_every_value(void **state)
{
    (void)state;
    static const enum enum_id choices[] = { ENUM_sample_purpose, ENUM_deadline_step,     ENUM_deadline_from,
                                            ENUM_rule_subject,   ENUM_inspection_period, ENUM_renewal_counts_from };
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++)
        for (int v = 1; v <= api_enums[choices[i]].count; v++) {
            const char *text = api_enums[choices[i]].choices[v].text;
            if (strstr(page, xmalloc_printf(&arena, "_%s_", text)) == NULL)
                fail_msg("the page does not tell of %s", text);
        }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_all, close_all)
    const struct CMUnitTest tests[] = {
        TEST(test_edition),
        TEST(test_rules_file),
        TEST(test_every_key),
        TEST(test_every_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
