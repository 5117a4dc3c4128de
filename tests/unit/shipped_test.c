/* SPDX-License-Identifier: Apache-2.0 */
/* The editions and files of rules that are shipped: every one can be published and says, when it is shown, the figures
 * that its page or regulation has. */
#include "client/helper/standard/edition.h"
#include "client/helper/standard/overlay.h"
#include "client/xmalloc.h"
#include "common/field.h"
#include "common/text.h"
#include "tests/support/shipped.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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

static void test_every_edition(void **state)
{
    (void)state;
    glob_t files = shipped_files(STANDARDS "*.yaml", 5);
    for (size_t i = 0; i < files.gl_pathc; i++)
        shipped_publish(&desk, &arena, files.gl_pathv[i], false);
    struct page page;
    assert_int_equal(DESK(&desk, standard_editions, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, files.gl_pathc);
    globfree(&files);
}

/* A number that nobody read where it is written, or that is our own, is marked, and a comment of its file says so too.
 */
static void check_comment(const char *path, const char *mark, const char *word)
{
    char line[1000];
    bool marked = false, told = false;
    FILE *in = fopen(path, "re");
    assert_non_null(in);
    while (fgets(line, sizeof line, in) != NULL) {
        const char *text = line + strspn(line, " ");
        marked = marked || strcmp(text, mark) == 0;
        told = told || (*text == '#' && strstr(text, word) != NULL);
    }
    fclose(in);
    if (marked && !told)
        fail_msg("%s has %s and no comment says so", path, mark);
}

static void check_comments(const char *path)
{
    check_comment(path, "unverified: yes\n", "unverified");
    check_comment(path, "ours: yes\n", " our");
}

static void test_comments(void **state)
{
    (void)state;
    glob_t files = shipped_files(STANDARDS "*.yaml", 5);
    for (size_t i = 0; i < files.gl_pathc; i++)
        check_comments(files.gl_pathv[i]);
    globfree(&files);
    files = shipped_files(STANDARDS "overlays/*.yaml", 6);
    for (size_t i = 0; i < files.gl_pathc; i++)
        check_comments(files.gl_pathv[i]);
    globfree(&files);
}

/* A rule as every kind of it has them. */
static void check_source(const char *of, const struct record_type *r, const void *row)
{
    const struct field *source = field_find(r->fields, r->n_fields, "source", strlen("source"));
    const struct field *unverified = field_find(r->fields, r->n_fields, "unverified", strlen("unverified"));
    const struct field *ours = field_find(r->fields, r->n_fields, "ours", strlen("ours"));
    assert_true(source != NULL && unverified != NULL && ours != NULL);
    const char *text = text_from_field(source, row, &arena);
    bool is_unverified = text_from_field(unverified, row, &arena) != NULL;
    bool is_ours = text_from_field(ours, row, &arena) != NULL;
    assert_non_null(text);
    bool of_memory = strcasestr(text, "memory") != NULL, own = strncmp(text, "Own rule", strlen("Own rule")) == 0;
    if ((of_memory && !is_unverified) || (own && !is_ours))
        fail_msg("%s: a rule of kind %s is not marked: %s", of, r->name, text);
}

static void check_sources(const char *of, const struct rules *rules)
{
    const struct record_type *r = &api_records[RECORD_rules];
    for (size_t i = 0; rules != NULL && i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        const void *owner = *(void *const *)field_in(f, rules);
        if (f->type == FIELD_LIST)
            for (size_t k = 0; k < field_count(f, rules); k++)
                check_source(of, &api_records[f->of], field_row(f, rules, k));
        else if (owner != NULL)
            check_source(of, &api_records[f->of], owner);
    }
}

/* Each rule has its source; what nobody read and what is our own is marked. */
static void test_sources(void **state)
{
    (void)state;
    glob_t files = shipped_files(STANDARDS "*.yaml", 10);
    for (size_t i = 0; i < files.gl_pathc; i++)
        check_sources(files.gl_pathv[i], shipped_publish(&desk, &arena, files.gl_pathv[i], false));
    globfree(&files);
    files = shipped_files(STANDARDS "overlays/*.yaml", 6);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        desk_stop(&desk);
        desk_start(&desk, "2026-03-10");
        check_sources(files.gl_pathv[i], shipped_publish(&desk, &arena, files.gl_pathv[i], true));
    }
    globfree(&files);
}

/* The rules of own control go with the standards that know no groups. */
static void test_own_control_goes_with(void **state)
{
    (void)state;
    static const char *const names[] = { "codex-cxc-1-2020-2", "water-sanitary-survey-2025-2" };
    struct yaml rules, list;
    struct overlay overlay;
    struct edition_file file;
    for (size_t i = 0; i < 2; i++) {
        bool good = yaml_open(&rules, STANDARDS "overlays/own-control.yaml", &arena) && overlay_read(&rules, &overlay)
                    && yaml_open(&list, xmalloc_printf(&arena, STANDARDS "%s.yaml", names[i]), &arena)
                    && edition_read(&list, &overlay, &file);
        yaml_print_problems(&rules);
        yaml_print_problems(&list);
        assert_true(good);
        assert_int_equal(file.publish.rules->group->structural, 1);
        yaml_close(&rules);
        yaml_close(&list);
    }
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
    const struct rules *rules = shipped_publish(&desk, &arena, path, overlay);
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
    { "impartiality.cooling_off_months", "24" },
    { "group.central", "yes" },
    { "internal.inspections", "-" },
};

static void test_iso(void **state)
{
    (void)state;
    static const struct figure older[] = {
        { "escalation.unverified", "yes" },
        { "impartiality.unverified", "yes" },
        { "impartiality.internal_months", "-" },
    };
    static const struct figure corrected[] = {
        { "escalation.unverified", "-" },       { "escalation.ours", "yes" },
        { "impartiality.unverified", "-" },     { "impartiality.internal_months", "24" },
        { "impartiality.through_body", "yes" },
    };
    static const struct figure amended[] = {
        { "surveillance[0].requirement", "6.2" },
        { "surveillance[0].ours", "yes" },
        { "transition.unverified", "yes" },
    };
    static const char *const names[] = { "iso-9001-2015", "iso-14001-2015" };
    for (size_t i = 0; i < 2; i++) {
        CHECK(names[i], false, iso);
        CHECK(names[i], false, older);
        CHECK(xmalloc_printf(&arena, "%s-amd1", names[i]), false, iso);
        CHECK(xmalloc_printf(&arena, "%s-amd1", names[i]), false, corrected);
        CHECK(xmalloc_printf(&arena, "%s-amd1", names[i]), false, amended);
    }
    CHECK("iso-management-system", true, iso);
    CHECK("iso-management-system", true, corrected);
}

/* Who would certify a mere gathering of firms by sampling is warned. */
static void test_caution(void **state)
{
    (void)state;
    const struct rules *rules = shipped_publish(&desk, &arena, STANDARDS "iso-9001-2015.yaml", false);
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
    static const struct figure corrected[] = {
        { "sampling[0].floor", "10" },
        { "internal.inspections", "1" },
        { "internal.unverified", "-" },
        { "internal.ours", "yes" },
        { "impartiality.cooling_off_months", "24" },
        { "impartiality.internal_months", "24" },
        { "impartiality.ours", "yes" },
        { "group.largest", "2000" },
    };
    CHECK("eu-organic-group-2021", false, figures);
    CHECK("eu-organic-group-2021-771", false, corrected);
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
    assert_null(shipped_publish(&desk, &arena, STANDARDS "codex-cxc-1-2020.yaml", false));
}

static void test_globalgap(void **state)
{
    (void)state;
    static const struct figure figures[] = {
        { "cycle.validity_months", "12" },    { "decision.decide_days", "28" },
        { "sampling[0].root", "1" },          { "sampling[0].root_of", "1" },
        { "sampling[1].root_of", "2" },       { "sampling[1].unverified", "yes" },
        { "deadlines[0].days", "28" },        { "deadlines[0].unverified", "yes" },
        { "internal.inspections", "1" },      { "internal.approved", "yes" },
        { "internal.unverified", "yes" },     { "impartiality.unverified", "yes" },
        { "transition.surveillance", "yes" }, { "transition.additions", "yes" },
        { "group.newcomers", "10" },          { "group.newcomers_of", "100" },
        { "group.leave_clean", "yes" },       { "group.unverified", "-" },
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
    shipped_publish(&desk, &arena, STANDARDS "overlays/usda-gap-ghp.yaml", true);
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
        TEST(test_every_edition), TEST(test_comments),  TEST(test_sources), TEST(test_own_control_goes_with),
        TEST(test_iso),           TEST(test_caution),   TEST(test_organic), TEST(test_water),
        TEST(test_codex),         TEST(test_globalgap), TEST(test_usda),    TEST(test_npop),
        TEST(test_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
