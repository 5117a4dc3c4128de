/* SPDX-License-Identifier: Apache-2.0 */
/* Who advised may not audit, in every standard that is shipped. */
#include "client/xmalloc.h"
#include "tests/support/expect.h"
#include "tests/support/shipped.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct desk desk;
static struct arena arena;

/* A cooperative, two people of one firm and one of none. */
static void settle(void)
{
    static const char *const people[] = { "ana", "ben", "cid" };
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"));
    must(&desk.err, DESK(&desk, body_create, NULL, .code = "FIRM", .name = "F", .kind = BODY_TA_PROVIDER));
    for (size_t i = 0; i < 3; i++)
        must(&desk.err, DESK(&desk, person_create, NULL, .code = people[i], .name = people[i]));
    for (size_t i = 0; i < 2; i++)
        must(&desk.err, DESK(&desk, person_appoint, NULL, .person = desk_ref(people[i]), .role = PERSON_ADVISER,
                             .body = desk_ref("FIRM"), .from = desk_day("2024-01-01")));
}

/* A farm that Ana advised. */
static void add_farm(const char *code)
{
    struct participation farm = { .enterprise = code };
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
                         .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2024-01-01")));
    must(&desk.err, DESK(&desk, assist_record, NULL, .title = "x", .kind = TA_TRAINING, .adviser = desk_ref("ana"),
                         .delivered_on = desk_day("2025-06-01"), .participations = &farm, .n_participations = 1));
}

static int audit(const char *standard, const char *farm, const char *who, enum audit_kind kind)
{
    struct edition_detail detail;
    must(&desk.err, DESK(&desk, standard_show, &detail, .edition = desk_ref(standard)));
    size_t i = 0;
    while (i < detail.n_requirements && detail.requirements[i].level == 0)
        i++;
    struct response one = { .requirement = detail.requirements[i].code, .result = RESULT_CONFORMING };
    return DESK(&desk, audit_record, NULL, .holder = desk_ref(farm), .edition = desk_ref(standard), .kind = kind,
                .on = desk_day("2026-03-01"), .auditor = desk_ref(who), .responses = &one, .n_responses = 1);
}

/* Who advised, whose colleague advised, and who inspected may not audit for certification; another may. */
static void check_impartial(const char *standard, const char *farm)
{
    add_farm(farm);
    refused(&desk.err, audit(standard, farm, "ana", AUDIT_STAGE_2), ERR_CONFLICT, "auditor", "(training");
    refused(&desk.err, audit(standard, farm, "ben", AUDIT_STAGE_2), ERR_CONFLICT, "auditor", "through the body FIRM");
    must(&desk.err, audit(standard, farm, "cid", AUDIT_EXTERNAL_INSPECTION));
    must(&desk.err, audit(standard, farm, "cid", AUDIT_INTERNAL_INSPECTION));
    refused(&desk.err, audit(standard, farm, "cid", AUDIT_STAGE_2), ERR_CONFLICT, "auditor", "internal_inspection");
}

/* The promise of README: in every standard that is shipped, by its newest edition, and with every file of rules. */
static void test_impartiality_is_enforced(void **state)
{
    (void)state;
    struct page standards;
    desk_start(&desk, "2026-03-10");
    arena_init(&arena, SIZE_MAX);
    glob_t files = shipped_files(STANDARDS "*.yaml", 10);
    for (size_t i = 0; i < files.gl_pathc; i++)
        shipped_publish(&desk, &arena, files.gl_pathv[i], false);
    globfree(&files);
    settle();
    must(&desk.err, DESK(&desk, standard_list, &standards, .page = { 0 }));
    assert_true(standards.n >= 5);
    for (size_t i = 0; i < standards.n; i++)
        check_impartial(((const struct standard *)standards.rows)[i].standard.text, xmalloc_printf(&arena, "E%zu", i));
    files = shipped_files(STANDARDS "overlays/*.yaml", 6);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        desk_stop(&desk);
        desk_start(&desk, "2026-03-10");
        shipped_publish(&desk, &arena, files.gl_pathv[i], true);
        settle();
        check_impartial("own", "E1");
    }
    globfree(&files);
    desk_stop(&desk);
    arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_impartiality_is_enforced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
