/* SPDX-License-Identifier: Apache-2.0 */
/* Codes: what may stand in one, when two are the same, and what becomes of those of before that are. */
#include "daemon/service/call/code.h"
#include "daemon/service/call/upgrade.h"
#include "tests/support/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include <cmocka.h>

static struct desk desk;

static int start(void **state)
{
    (void)state;
    desk_start(&desk, "2026-06-15");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static int create(const char *code)
{
    return DESK(&desk, enterprise_create, NULL, .code = code, .name = "Finca", .activity = ACTIVITY_FARM);
}

static void finds(const char *typed, const char *code)
{
    struct enterprise e;
    assert_int_equal(DESK(&desk, enterprise_show, &e, .enterprise = desk_ref(typed)), OK);
    assert_string_equal(e.enterprise.text, code);
}

static void test_folded(void **state)
{
    (void)state;
    static const struct {
        const char *text, *folded;
    } rows[] = {
        { "GA0010000", "ga0010000" },
        { "Peña", "peña" },
        { "PEN\xcc\x83"
          "A",
          "peña" }, /* the tilde a character of its own */
        { "STRASSE", "strasse" },
        { "Straße", "strasse" },
        { "ＧＡ１", "ga1" }, /* full-width */
        { "ﬁnca", "finca" },
        { "ΣΊΣΥΦΟΣ", "σίσυφοσ" },
        { "Ⅷ", "viii" },
        { "नेपाल-१", "नेपाल-१" },
        { "ԱՐԱՐԱՏ", "արարատ" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *folded = code_fold(&desk.arena, rows[i].text);
        assert_string_equal(folded, rows[i].folded);
        assert_string_equal(code_fold(&desk.arena, folded), folded);
    }
}

/* At every door that makes a code. */
static int make(enum noun noun, const char *code)
{
    switch (noun) {
    case NOUN_cluster:
        return DESK(&desk, cluster_create, NULL, .code = code, .name = "X");
    case NOUN_cooperative:
        return DESK(&desk, coop_create, NULL, .code = code, .name = "X");
    case NOUN_body:
        return DESK(&desk, body_create, NULL, .code = code, .name = "X", .kind = BODY_LABORATORY);
    case NOUN_person:
        return DESK(&desk, person_create, NULL, .code = code, .name = "X");
    case NOUN_holder: {
        struct enterprise_row row = { .row = 1, .has_row = true, .code = code, .name = "X", .activity = ACTIVITY_FARM };
        struct import_report report;
        int done = DESK(&desk, import_enterprises, &report, .rows = &row, .n_rows = 1);
        return done == OK && report.n_errors > 0 ? ERR_INVALID_PARAM : done;
    }
    default:
        return create(code);
    }
}
static const enum noun doors[] = {
    NOUN_cluster, NOUN_cooperative, NOUN_body, NOUN_person, NOUN_holder, NOUN_enterprise
};

static void test_good(void **state)
{
    (void)state;
    static const char *const good[] = { "GA0010000", "1.2-b/c", "(a)_[b]#c@d%", "Peña", "नेपाल-१", "蜂蜜" };
    static const char *const bad[] = { "",
                                       "-a",
                                       "a b",
                                       "a\tb",
                                       "a\xc2\xa0"
                                       "b",
                                       "a,b",
                                       "a;b",
                                       "a:b",
                                       "a$b",
                                       "a`b",
                                       "a\\b",
                                       "a\"b",
                                       "a'b",
                                       "a<b",
                                       "a>b",
                                       "a|b",
                                       "a&b",
                                       "a*b",
                                       "a?b",
                                       "a!b",
                                       "a{b",
                                       "a}b",
                                       "a\xe2\x80\x8d"
                                       "b",
                                       "a\xe2\x80\xae"
                                       "b",
                                       "a，b",
                                       "－a",
                                       "a　b",
                                       "a＄b",
                                       "a\x7f"
                                       "b",
                                       "a\xef\xbf\xbd",
                                       "🐝" };
    for (size_t d = 0; d < sizeof doors / sizeof doors[0]; d++) {
        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
            if (make(doors[d], bad[i]) != ERR_INVALID_PARAM)
                fail_msg("%s: '%s' is %d", api_nouns[doors[d]].name, bad[i], desk.err.code);
        for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
            if (make(doors[d], arena_printf(&desk.arena, "%zu%s", d, good[i])) != OK)
                fail_msg("%s: '%s': %s", api_nouns[doors[d]].name, good[i], desk.err.message);
    }
}

static void test_same(void **state)
{
    (void)state;
    for (size_t d = 0; d < sizeof doors / sizeof doors[0]; d++) {
        if (doors[d] == NOUN_holder) /* an import takes the row as the enterprise that is there */
            continue;
        assert_int_equal(make(doors[d], arena_printf(&desk.arena, "Peña%zu", d)), OK);
        assert_int_equal(make(doors[d], arena_printf(&desk.arena,
                                                     "PEN\xcc\x83"
                                                     "A%zu",
                                                     d)),
                         ERR_EXISTS);
        assert_non_null(strstr(desk.err.message, arena_printf(&desk.arena, "with the code Peña%zu already", d)));
    }
    /* Cooperatives and enterprises share one set. */
    assert_int_equal(make(NOUN_cooperative, "Otero"), OK);
    assert_int_equal(make(NOUN_enterprise, "OTERO"), ERR_EXISTS);
}

static void test_found_in_any_case(void **state)
{
    (void)state;
    assert_int_equal(create("GA0010000"), OK);
    assert_int_equal(create("GA00100001"), OK);
    finds("GA0010000", "GA0010000");
    finds("ga0010000", "GA0010000"); /* all of it, though another goes on */
    finds("ＧＡ0010000", "GA0010000");
    finds("ga00100001", "GA00100001");
    assert_int_equal(create("Ñandú"), OK);
    finds("ñan", "Ñandú");
    struct enterprise e;
    assert_int_equal(DESK(&desk, enterprise_show, &e, .enterprise = desk_ref("ga001")), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.message, "'ga001' is ambiguous: more than one enterprise begins with it, such as "
                                          "GA0010000 and GA00100001");
}

/* A row of a sheet, a participant, a member: doors that take a whole code. */
static void test_whole_codes(void **state)
{
    (void)state;
    struct import_report report;
    struct enterprise_row row = { .row = 1, .has_row = true, .code = "F1", .name = "Finca", .activity = ACTIVITY_FARM };
    assert_int_equal(create("f1"), OK);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "otero", .name = "Otero"), OK);
    assert_int_equal(DESK(&desk, import_enterprises, &report, .rows = &row, .n_rows = 1), OK);
    assert_int_equal(report.created, 0);
    assert_int_equal(report.unchanged, 1);
    assert_int_equal(DESK(&desk, member_join, NULL, .cooperative = desk_ref("OTERO"), .enterprise = "F1"), OK);
}

static void test_editions(void **state)
{
    (void)state;
    struct edition_detail e;
    desk_publish(&desk, "Hill", "2026a");
    assert_int_equal(DESK(&desk, standard_show, &e, .edition = desk_ref("hill:2026A")), OK);
    assert_int_equal(DESK(&desk, standard_show, &e, .edition = desk_ref("HI")), OK);
    assert_string_equal(e.edition->edition.text, "Hill:2026a");
    struct requirement_text texts[] = { { .lang = "en", .title = "Something" } };
    struct requirement both[] = { { .code = "A1", .level = LEVEL_MAJOR, .texts = texts, .n_texts = 1 },
                                  { .code = "a1", .level = LEVEL_MAJOR, .texts = texts, .n_texts = 1 } };
    struct pass_clause pass[] = { { .kind = CLAUSE_ALL, .level = LEVEL_MAJOR } };
    struct standard_publish p = { .standard = "hill",
                                  .name = "Hill",
                                  .owner = "us",
                                  .domain = DOMAIN_QUALITY,
                                  .certifies = CERTIFIES_MANAGEMENT_SYSTEM,
                                  .edition = "2027",
                                  .source = "made up",
                                  .pass = pass,
                                  .n_pass = 1,
                                  .requirements = both,
                                  .n_requirements = 1 };
    assert_int_equal(desk_call(&desk, METHOD_standard_publish, &p, NULL), ERR_EXISTS);
    assert_string_equal(desk.err.field, "standard");
    p.standard = "Hill";
    p.name = "Hill";
    p.edition = "2026A";
    desk_call(&desk, METHOD_standard_publish, &p, NULL);
    assert_true(desk.err.code == ERR_EXISTS || desk.err.code == ERR_CONFLICT);
    p.standard = "Dale";
    p.n_requirements = 2;
    assert_int_equal(desk_call(&desk, METHOD_standard_publish, &p, NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "requirements[1].code");
    assert_string_equal(desk.err.message, "A1 and a1 differ only in case or form; give one of them another code");
    both[1].code = "A 2";
    assert_int_equal(desk_call(&desk, METHOD_standard_publish, &p, NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "requirements[1].code");
}

static void run_sql(const char *sql)
{
    char path[DESK_PATH], *why = NULL;
    sqlite3 *db;
    desk_path(&desk, path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s", why);
    sqlite3_close(db);
}

/* A register of before, that has GA1 and ga1: both stay, each answers exactly; the upgrade folds what is there. */
static void test_alike_of_before(void **state)
{
    (void)state;
    struct enterprise e;
    struct err err = { 0 };
    assert_int_equal(create("GA1"), OK);
    assert_int_equal(create("Solo"), OK);
    run_sql("INSERT INTO holder (id, kind, code, name, activity) VALUES (99, 'enterprise', 'ga1', 'Other', 'farm');"
            "DELETE FROM folded_code");
    struct upgrade_progress p = { 0 };
    struct job job;
    job_init(&job, NULL, NULL);
    struct call call = run_call(&desk.run, &job, desk.now);
    for (int i = 0; !p.finished; i++) {
        assert_true(i < 20);
        assert_int_equal(code_fold_known(&call, &p), OK);
    }
    job_fini(&job);
    assert_int_equal(p.done, 3);
    finds("GA1", "GA1");
    finds("ga1", "ga1");
    finds("solo", "Solo");
    assert_int_equal(DESK(&desk, enterprise_show, &e, .enterprise = desk_ref("Ga1")), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.message,
                        "'Ga1' may be GA1 or ga1, which differ only in case or form; write it exactly");
    assert_int_equal(create("gA1"), ERR_EXISTS);
    assert_int_equal(code_tell_alike(desk.run.store, &err), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_folded, start, stop),
        cmocka_unit_test_setup_teardown(test_good, start, stop),
        cmocka_unit_test_setup_teardown(test_same, start, stop),
        cmocka_unit_test_setup_teardown(test_found_in_any_case, start, stop),
        cmocka_unit_test_setup_teardown(test_whole_codes, start, stop),
        cmocka_unit_test_setup_teardown(test_editions, start, stop),
        cmocka_unit_test_setup_teardown(test_alike_of_before, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
