/* SPDX-License-Identifier: Apache-2.0 */
/* The editions and files of rules that are shipped: every one can be published and says, when it is shown, the figures
 * that its page or regulation has. */
#include "client/helper/standard/edition.h"
#include "client/helper/standard/overlay.h"
#include "client/xmalloc.h"
#include "common/field.h"
#include "common/text.h"
#include "tests/support/sample.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define STANDARDS SMED_SOURCE_DIR "/schema/standards/"

/* What a file of rules is given to, fit for all of them. */
#define LIST "standard: own\nname: N\nowner: O\ndomain: quality\ncertifies: group\nedition: 1\nsource: own\n"
#define PARTS                                                                                                          \
    "requirements:\n- code: G\n  title: G\n  parts:\n"                                                                 \
    "  - {code: G-1, level: points, points: 5, gate: yes, title: A}\n"                                                 \
    "- {code: M, level: major, title: M}\n- {code: N, level: minor, title: N}\n"

static struct desk desk;
static struct arena arena;

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    arena_init(&arena, SIZE_MAX);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    arena_reset(&arena);
    return 0;
}

static glob_t files_of(const char *pattern, size_t at_least)
{
    glob_t files;
    assert_int_equal(glob(pattern, 0, NULL, &files), 0);
    assert_true(files.gl_pathc >= at_least);
    return files;
}

/* Publishes a file as it is, or as the rules of a list. */
static const struct rules *publish(const char *path, bool overlay)
{
    struct yaml yaml, list = { 0 };
    struct overlay rules;
    struct edition_file file;
    struct edition edition;
    struct edition_detail *detail = xmalloc_array(&arena, 1, sizeof *detail);
    const char *text = LIST PARTS;
    bool good = yaml_open(&yaml, path, &arena);
    if (overlay) {
        good = good && overlay_read(&yaml, &rules);
        text = rules.part.publish.n_pass > 0 ? text : LIST "pass: [gates]\n" PARTS;
        good = good && yaml_read(&list, "list.yaml", text, strlen(text), &arena) && edition_read(&list, &rules, &file);
    } else {
        good = good && edition_read(&yaml, NULL, &file);
    }
    yaml_print_problems(&yaml);
    yaml_print_problems(&list);
    assert_true(good);
    assert_int_equal(desk_call(&desk, METHOD_standard_publish, &file.publish, &edition), OK);
    assert_int_equal(DESK(&desk, standard_show, detail, .edition = desk_ref(edition.edition.text)), OK);
    yaml_close(&yaml);
    yaml_close(&list);
    return detail->rules;
}

static void test_every_edition(void **state)
{
    (void)state;
    glob_t files = files_of(STANDARDS "*.yaml", 5);
    for (size_t i = 0; i < files.gl_pathc; i++)
        publish(files.gl_pathv[i], false);
    struct page page;
    assert_int_equal(DESK(&desk, standard_editions, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, files.gl_pathc);
    globfree(&files);
}

/* A number that nobody read where it is written is marked, and a comment of its file says so too. */
static void check_comment(const char *path)
{
    char line[1000];
    bool marked = false, told = false;
    FILE *in = fopen(path, "re");
    assert_non_null(in);
    while (fgets(line, sizeof line, in) != NULL) {
        const char *text = line + strspn(line, " ");
        marked = marked || strcmp(text, "unverified: yes\n") == 0;
        told = told || (*text == '#' && strstr(text, "unverified") != NULL);
    }
    fclose(in);
    if (marked && !told)
        fail_msg("%s marks a rule as unverified and no comment says so", path);
}

static void test_comments(void **state)
{
    (void)state;
    glob_t files = files_of(STANDARDS "*.yaml", 5);
    for (size_t i = 0; i < files.gl_pathc; i++)
        check_comment(files.gl_pathv[i]);
    globfree(&files);
    files = files_of(STANDARDS "overlays/*.yaml", 6);
    for (size_t i = 0; i < files.gl_pathc; i++)
        check_comment(files.gl_pathv[i]);
    globfree(&files);
}

/* cycle.validity_months, sampling[0].root; '-' where it is not given. */
static const char *value_at(const struct rules *rules, const char *path)
{
    char part[40], name[40];
    size_t row = 0;
    const struct record_type *r = &api_records[RECORD_rules];
    if (sscanf(path, "%39[a-z][%zu].%39[a-z_]", part, &row, name) != 3)
        assert_int_equal(sscanf(path, "%39[a-z].%39[a-z_]", part, name), 2);
    const struct field *f = field_find(r->fields, r->n_fields, part, strlen(part));
    assert_non_null(f);
    const void *owner = *(void *const *)field_in(f, rules);
    if (owner == NULL || (f->type == FIELD_LIST && row >= field_count(f, rules)))
        return "-";
    if (f->type == FIELD_LIST)
        owner = field_row(f, rules, row);
    const struct record_type *of = &api_records[f->of];
    const struct field *g = field_find(of->fields, of->n_fields, name, strlen(name));
    assert_non_null(g);
    const char *text = text_from_field(g, owner, &arena);
    return text != NULL ? text : "-";
}

struct figure {
    const char *path, *value;
};

static void check(const char *file, bool overlay, const struct figure *figures, size_t n)
{
    char path[1000];
    snprintf(path, sizeof path, STANDARDS "%s%s.yaml", overlay ? "overlays/" : "", file);
    const struct rules *rules = publish(path, overlay);
    assert_non_null(rules);
    for (size_t i = 0; i < n; i++) {
        const char *value = value_at(rules, figures[i].path);
        if (strcmp(value, figures[i].value) != 0)
            fail_msg("%s: %s is %s, not %s", file, figures[i].path, value, figures[i].value);
    }
}
#define CHECK(file, overlay, figures) check(file, overlay, figures, sizeof(figures) / sizeof *(figures))

/* ISO/IEC 17021-1:2015 9.1.3, 9.5, 9.6 and IAF MD 1. */
static const struct figure iso[] = {
    { "cycle.validity_months", "36" },
    { "cycle.first_surveillance_months", "12" },
    { "cycle.surveillance_each_year", "yes" },
    { "cycle.renewal_counts_from", "expiry" },
    { "cycle.renewal_months", "-" },
    { "cycle.restoration_months", "6" },
    { "cycle.suspension_months", "6" },
    { "cycle.unverified", "-" },
    { "decision.minor_plans_accepted", "yes" },
    { "decision.majors_months", "6" },
    { "sampling[0].purpose", "initial" },
    { "sampling[0].root", "1" },
    { "sampling[0].root_of", "1" },
    { "sampling[0].random", "25" },
    { "sampling[0].random_of", "100" },
    { "sampling[1].purpose", "surveillance" },
    { "sampling[1].root", "6" },
    { "sampling[1].root_of", "10" },
    { "sampling[2].purpose", "recertification" },
    { "sampling[2].root", "8" },
    { "sampling[2].root_of", "10" },
    { "sampling[3].root", "-" },
    { "deadlines[0].class", "major" },
    { "deadlines[0].step", "close" },
    { "deadlines[0].days", "90" },
    { "deadlines[1].class", "minor" },
    { "deadlines[1].step", "plan" },
    { "escalation.minors", "3" },
    { "escalation.unverified", "yes" },
    { "impartiality.cooling_off_months", "24" },
    { "impartiality.unverified", "yes" },
    { "group.central", "yes" },
    { "internal.inspections", "-" },
};

static void test_iso(void **state)
{
    (void)state;
    CHECK("iso-9001-2015", false, iso);
    CHECK("iso-14001-2015", false, iso);
    CHECK("iso-management-system", true, iso);
}

/* Who would certify a mere gathering of firms by sampling is warned. */
static void test_caution(void **state)
{
    (void)state;
    const struct rules *rules = publish(STANDARDS "iso-9001-2015.yaml", false);
    assert_non_null(strstr(rules->group->caution, "not for independent firms"));
}

/* Regulations (EU) 2018/848 Art. 36 and 2021/279 Art. 7. */
static void test_organic(void **state)
{
    (void)state;
    static const struct figure figures[] = {
        { "sampling[0].purpose", "reinspection" },
        { "sampling[0].share", "5" },
        { "sampling[0].share_of", "100" },
        { "sampling[0].floor", "10" },
        { "sampling[0].all_if_at_most", "10" },
        { "sampling[0].unverified", "-" },
        { "sampling[1].purpose", "laboratory" },
        { "sampling[1].share", "2" },
        { "sampling[1].share_of", "100" },
        { "internal.inspections", "1" },
        { "internal.period", "calendar_year" },
        { "internal.whole_checklist", "yes" },
        { "internal.appointed", "yes" },
        { "internal.unverified", "yes" },
        { "group.largest", "2000" },
        { "group.central", "yes" },
        { "cycle.validity_months", "-" },
    };
    CHECK("eu-organic-group-2021", false, figures);
}

/* 40 CFR 141.403(a). */
static void test_water(void **state)
{
    (void)state;
    static const struct figure figures[] = {
        { "deadlines[0].step", "plan" },     { "deadlines[0].days", "30" },  { "deadlines[0].from", "notice" },
        { "deadlines[1].step", "evidence" }, { "deadlines[1].days", "120" }, { "deadlines[1].from", "notice" },
        { "sampling[0].root", "-" },         { "group.largest", "-" },       { "cycle.validity_months", "-" },
    };
    CHECK("water-sanitary-survey-2025", false, figures);
}

/* Codex certifies nobody. */
static void test_codex(void **state)
{
    (void)state;
    assert_null(publish(STANDARDS "codex-cxc-1-2020.yaml", false));
}

static void test_globalgap(void **state)
{
    (void)state;
    static const struct figure figures[] = {
        { "cycle.validity_months", "12" }, { "decision.decide_days", "28" },     { "sampling[0].root", "1" },
        { "sampling[0].root_of", "1" },    { "sampling[1].root_of", "2" },       { "sampling[1].unverified", "yes" },
        { "deadlines[0].days", "28" },     { "deadlines[0].unverified", "yes" }, { "internal.inspections", "1" },
        { "internal.approved", "yes" },    { "internal.unverified", "yes" },     { "impartiality.unverified", "yes" },
        { "group.newcomers", "10" },       { "group.newcomers_of", "100" },      { "group.leave_clean", "yes" },
        { "group.unverified", "-" },
    };
    struct edition_detail detail;
    CHECK("globalgap-ifa-5", true, figures);
    assert_int_equal(DESK(&desk, standard_show, &detail, .edition = desk_ref("own")), OK);
    assert_int_equal(detail.n_pass, 3);
    assert_int_equal(detail.pass[0].kind, CLAUSE_ALL);
    assert_int_equal(detail.pass[0].level, LEVEL_MAJOR);
    assert_int_equal(detail.pass[1].at_least, 95);
    assert_int_equal(detail.pass[1].out_of, 100);
    assert_int_equal(detail.pass[1].level, LEVEL_MINOR);
    assert_true(detail.edition->class_from_level);
}

static void test_usda(void **state)
{
    (void)state;
    static const struct figure nop[] = {
        { "sampling[0].root", "14" },       { "sampling[0].root_of", "10" },     { "sampling[0].share", "2" },
        { "sampling[0].high_risk", "yes" }, { "sampling[0].unverified", "yes" },
    };
    struct edition_detail detail;
    publish(STANDARDS "overlays/usda-gap-ghp.yaml", true);
    assert_int_equal(DESK(&desk, standard_show, &detail, .edition = desk_ref("own")), OK);
    assert_int_equal(detail.n_pass, 3);
    assert_int_equal(detail.pass[0].kind, CLAUSE_POINTS);
    assert_string_equal(detail.pass[0].section, "G");
    assert_int_equal(detail.pass[1].at_least, 80);
    assert_int_equal(detail.pass[2].kind, CLAUSE_GATES);
    desk_stop(&desk);
    desk_start(&desk, "2026-03-10");
    CHECK("usda-nop-group", true, nop);
}

static void test_npop(void **state)
{
    (void)state;
    static const struct figure figures[] = {
        { "internal.inspections", "2" },
        { "group.smallest", "25" },
        { "group.largest", "500" },
    };
    CHECK("npop-group", true, figures);
}

static void test_own(void **state)
{
    (void)state;
    static const struct figure figures[] = {
        { "sampling[3].purpose", "reinspection" }, { "sampling[3].floor", "3" }, { "group.ready", "100" },
        { "internal.inspections", "1" },           { "group.structural", "1" },  { "group.structural_of", "4" },
    };
    CHECK("own-control", true, figures);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_every_edition), TEST(test_comments), TEST(test_iso),   TEST(test_caution),
        TEST(test_organic),       TEST(test_water),    TEST(test_codex), TEST(test_globalgap),
        TEST(test_usda),          TEST(test_npop),     TEST(test_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
