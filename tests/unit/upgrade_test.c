/* SPDX-License-Identifier: Apache-2.0 */
/* A database as the first release left it, with something in each of its tables, is brought to the newest schema: every
 * view answers, what was derived still follows from what it derives from, and the work goes on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/store/digest.h"
#include "daemon/store/migrate.h"
#include "tests/support/pool.h"
#include "tests/support/views.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static const char meta[] =
    "CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, "
    "applied_at TEXT NOT NULL)";

/* Blobs: $responses, $findings, $hash. */
static const char *const rows[] = {
    "INSERT INTO cluster VALUES (1, 'TAMBO', 'Tambo', 'PE', NULL)",
    "INSERT INTO holder VALUES (1, 'cooperative', 'COOP', 'Cooperative', NULL, 1, 'PE', NULL, NULL, NULL),"
    " (2, 'enterprise', 'E2', 'Second', 'farm', NULL, NULL, NULL, NULL, NULL),"
    " (3, 'enterprise', 'E3', 'Third', 'dairy', NULL, NULL, NULL, '2026-04-01', 'sold')",
    "INSERT INTO contact VALUES (2, 'Berta', NULL, NULL)",
    "INSERT INTO membership VALUES (1, 1, 2, '2026-01-01', NULL, NULL), (2, 1, 3, '2026-01-01', '2026-04-01', 'sold')",
    "INSERT INTO member_count VALUES (1, 1)",
    "INSERT INTO body VALUES (1, 'CB', 'Certifier', 'certification_body', NULL, NULL, NULL)",
    "INSERT INTO person VALUES (1, 'ana', 'Ana', NULL, NULL, NULL), (2, 'leo', 'Leo', NULL, NULL, NULL)",
    "INSERT INTO appointment VALUES (1, 1, 'auditor', 1, NULL, '2026-01-01', NULL),"
    " (2, 2, 'inspector', NULL, 1, '2026-01-01', '2026-05-01')",
    "INSERT INTO standard VALUES (1, 'iso', 'ISO', 'us', 'quality', 'management_system')",
    "INSERT INTO edition VALUES (1, 1, '2015', 'iso:2015', '2015-09-01', NULL, NULL, 1, 'made up', 2, 1)",
    "INSERT INTO requirement VALUES (1, 0, 'R1', NULL, 1, 'major', NULL, 1, 0, 0, NULL),"
    " (1, 1, 'R2', NULL, 1, 'minor', NULL, 1, 0, 0, NULL)",
    "INSERT INTO requirement_text VALUES (1, 0, 'en', 'First', NULL), (1, 1, 'en', 'Second', NULL)",
    "INSERT INTO pass_clause VALUES (1, 0, 'all', 'major', NULL, NULL, NULL, NULL)",
    "INSERT INTO pursuit VALUES (1, 2, 1, 'individual', 'preparing', '2026-01-02', NULL, '2026-01-03')",
    "INSERT INTO pursuit_step VALUES (1, 1, 'enrolled', '2026-01-02', NULL), (1, 2, 'preparing', '2026-01-03', NULL)",
    "INSERT INTO audit VALUES (1, 2, 1, 'stage_2', 'concluded', '2026-02-01', '2026-02-02', 1, 1, 'S/1', 0, 2, 0, 0, "
    "1, 1,"
    " 'twice', NULL, NULL, $responses),"
    " (2, 2, 1, 'surveillance', 'planned', '2027-02-01', NULL, 1, 1, NULL, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL),"
    " (3, 2, 1, 'follow_up', 'cancelled', '2026-03-05', NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 'rain', NULL, NULL, "
    "NULL)",
    "INSERT INTO finding VALUES (1, 1, 2, 1, 0, 'major', 1, '2026-02-02', NULL, NULL, NULL),"
    " (2, 1, 2, 1, 1, 'minor', 1, '2026-02-02', '2026-03-01', 'mended', 'ana')",
    "INSERT INTO standing VALUES (2, 1, 'not_ready', 1, 1, 0, 0, 1, 0, 1, '2026-02-02', 1, x'0201', $findings)",
    "INSERT INTO rollup VALUES (1, 1, 1, 0, 1, 0, 1, 0)",
    "INSERT INTO intervention VALUES (1, 1, 'training', 'Records', 'delivered', 1, 2, NULL, '2026-01-20', 5000, 'PEN',"
    " NULL, NULL)",
    "INSERT INTO participation VALUES (1, 2, 60, 60, NULL)",
    "INSERT INTO intervention_requirement VALUES (1, 1, 0)",
    "INSERT INTO payment VALUES (1, 1, 1, NULL, 5000, 'PEN')",
    "INSERT INTO certificate VALUES (1, 'C-1', 2, 1, 1, 1, NULL, '2026-03-01', '2026-03-01', '2027-03-01')",
    "INSERT INTO certificate_event VALUES (1, 1, 'active', '2026-03-01', NULL), (1, 2, 'suspended', '2026-04-01', "
    "'late')",
    "INSERT INTO access VALUES (1, 'user', 'eva', 1001, 'manager', 1, 1, NULL)",
    "INSERT INTO journal VALUES (1, 1, 0, 'root', 'coop.create', zeroblob(16), x'80', $hash, x'80')",
    "INSERT INTO journal_salt VALUES (1, zeroblob(16))",
};

static struct desk desk;

static void must(const sqlite3 *db, bool holds, const char *what)
{
    if (!holds)
        fail_msg("%s: %s", what, sqlite3_errmsg((sqlite3 *)(uintptr_t)db));
}

static void bind_blob(sqlite3_stmt *s, const char *name, const void *data, size_t size)
{
    int at = sqlite3_bind_parameter_index(s, name);
    if (at > 0)
        assert_int_equal(sqlite3_bind_blob(s, at, data, (int)size, SQLITE_TRANSIENT), SQLITE_OK);
}

/* Finding 1, of requirement 0, major, with its day: seven bits a byte, the lowest first. */
static size_t pack_finding(uint8_t to[8])
{
    uint32_t day = (uint32_t)desk_day("2026-02-02").day;
    size_t n = 3;
    memcpy(to, (uint8_t[]){ 1, 0, CLASS_MAJOR }, n);
    for (; day >= 0x80; day >>= 7)
        to[n++] = (uint8_t)(day | 0x80);
    to[n++] = (uint8_t)day;
    return n;
}

static void insert(sqlite3 *db, const char *sql, const struct buf *responses)
{
    uint8_t findings[8], hash[DIGEST_SIZE] = { 0 };
    sqlite3_stmt *s;
    must(db, sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, sql);
    bind_blob(s, "$responses", responses->data, responses->size);
    bind_blob(s, "$findings", findings, pack_finding(findings));
    bind_blob(s, "$hash", hash, sizeof hash);
    must(db, sqlite3_step(s) == SQLITE_DONE, sql);
    sqlite3_finalize(s);
}

static void pack_responses(struct buf *to)
{
    const struct response given[] = { { .requirement = "R1", .result = RESULT_NONCONFORMING, .note = "none kept" },
                                      { .requirement = "R2", .result = RESULT_NONCONFORMING } };
    struct err e = { 0 };
    buf_init(to, 1024);
    assert_int_equal(codec_pack_list(RECORD_response, given, 2, to, &e), OK);
}

static void record_first_step(sqlite3 *db)
{
    struct bytes text = { (const uint8_t *)sqlite_schema.steps[0].text, strlen(sqlite_schema.steps[0].text) };
    uint8_t digest[DIGEST_SIZE];
    char hex[DIGEST_HEX], sql[256];
    assert_true(digest_parts(&text, 1, digest));
    snprintf(sql, sizeof sql, "INSERT INTO migration VALUES (1, '%s', '%s', '2026-01-01T00:00:00Z')",
             sqlite_schema.steps[0].name, digest_hex(digest, hex));
    must(db, sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static void first_release(const char *path)
{
    sqlite3 *db;
    struct buf responses;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    must(db, sqlite3_exec(db, "PRAGMA application_id = 0x534d4544", NULL, NULL, NULL) == SQLITE_OK, "application");
    must(db, sqlite3_exec(db, meta, NULL, NULL, NULL) == SQLITE_OK, "migration");
    must(db, sqlite3_exec(db, sqlite_schema.steps[0].text, NULL, NULL, NULL) == SQLITE_OK, sqlite_schema.steps[0].name);
    record_first_step(db);
    pack_responses(&responses);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        insert(db, rows[i], &responses);
    buf_fini(&responses);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static int64_t count(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s;
    must(db, sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, sql);
    must(db, sqlite3_step(s) == SQLITE_ROW, sql);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return n;
}

static int start(void **state)
{
    (void)state;
    desk_start_on(&desk, "2026-06-01", first_release);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

/* That the list above leaves no table out, and that nothing points to what is not there. */
static void every_table_was_filled_and_fits(void **state)
{
    (void)state;
    char path[DESK_PATH], sql[256];
    sqlite3 *db, *old;
    sqlite3_stmt *tables;
    desk_path(&desk, path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_open(":memory:", &old), SQLITE_OK);
    must(old, sqlite3_exec(old, sqlite_schema.steps[0].text, NULL, NULL, NULL) == SQLITE_OK, "first");
    must(old,
         sqlite3_prepare_v2(old, "SELECT name FROM sqlite_schema WHERE type = 'table'", -1, &tables, NULL) == SQLITE_OK,
         "tables");
    int n = 0;
    for (; sqlite3_step(tables) == SQLITE_ROW; n++) {
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", (const char *)sqlite3_column_text(tables, 0));
        if (count(db, sql) == 0)
            fail_msg("nothing was put into %s", (const char *)sqlite3_column_text(tables, 0));
    }
    sqlite3_finalize(tables);
    assert_true(n > 20);
    assert_int_equal(count(db, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_int_equal(count(db, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
    sqlite3_close(old);
    sqlite3_close(db);
}

/* As the first release left it, but for what it never had. */
static void the_way_back_is_kept(void **state)
{
    (void)state;
    char path[DESK_PATH], copy[DESK_PATH + 32];
    sqlite3 *db;
    desk_path(&desk, path);
    snprintf(copy, sizeof copy, "%s.before-" SMED_VERSION, path);
    assert_int_equal(sqlite3_open_v2(copy, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(count(db, "SELECT count(*) FROM migration"), 1);
    assert_int_equal(count(db, "SELECT count(*) FROM finding"), 2);
    sqlite3_close(db);
}

/* A past day is refused for what began later: that is an answer. */
static void answers(const char *today)
{
    struct pool pool;
    struct views views;
    desk_set_today(&desk, today);
    pool_init(&pool, 1);
    pool.today = desk_day(today);
    pool_fill(&pool, &desk);
    views_take(&views, &pool, &desk);
    size_t told = 0;
    for (size_t i = 0; i < views.n; i++) {
        if (views.rows[i].code == ERR_INTERNAL)
            fail_msg("%s: %.*s", api_methods[views.rows[i].method].name, (int)views.rows[i].size, views.rows[i].bytes);
        told += views.rows[i].code == OK;
    }
    assert_true(told > 50);
    views_fini(&views);
    pool_fini(&pool);
}

static void every_view_answers(void **state)
{
    (void)state;
    answers("2026-06-01");
    answers("2027-06-01");
    desk_set_today(&desk, "2026-06-01");
}

static void what_was_derived_still_follows(void **state)
{
    (void)state;
    struct standing_check check;
    assert_int_equal(desk_call(&desk, METHOD_standing_verify, &(struct standing_verify){ 0 }, &check), OK);
    if (check.differing > 0)
        fail_msg("%s", check.first);
    assert_int_equal(check.standings, 1);
    assert_int_equal(check.rollups, 1);
}

static void what_was_known_is_told(void **state)
{
    (void)state;
    struct audit_detail audit;
    struct finding_detail finding;
    struct certificate_detail certificate;
    assert_int_equal(DESK(&desk, audit_show, &audit, .audit = desk_ref("A1")), OK);
    assert_int_equal(audit.n_responses, 2);
    assert_int_equal(audit.audit->kind, AUDIT_STAGE_2);
    assert_int_equal(audit.audit->concluded_on.day, desk_day("2026-02-02").day);
    assert_int_equal(DESK(&desk, finding_show, &finding, .finding = desk_ref("F2")), OK);
    assert_int_equal(finding.finding->state, FINDING_CLOSED);
    assert_int_equal(DESK(&desk, finding_show, &finding, .finding = desk_ref("F1")), OK);
    assert_int_equal(finding.finding->state, FINDING_OPEN);
    assert_int_equal(DESK(&desk, cert_show, &certificate, .certificate = desk_ref("C1")), OK);
    assert_int_equal(certificate.certificate->state, CERT_SUSPENDED);
    assert_int_equal(certificate.certificate->valid_until.day, desk_day("2027-03-01").day);
}

static void the_work_goes_on(void **state)
{
    (void)state;
    struct response mended[] = { { .requirement = "R1", .result = RESULT_CONFORMING } };
    struct standing_check check;
    assert_int_equal(DESK(&desk, cert_lift, NULL, .certificate = desk_ref("C1"), .reason = "paid"), OK);
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref("E2"), .edition = desk_ref("iso"),
                          .kind = AUDIT_SURVEILLANCE, .on = desk_day("2026-05-30"), .planned = desk_ref("A2"),
                          .responses = mended, .n_responses = 1),
                     OK);
    assert_int_equal(DESK(&desk, finding_close, NULL, .finding = desk_ref("F1"), .reason = "mended",
                          .audit = desk_ref("A2"), .on = desk_day("2026-06-01")),
                     OK);
    assert_int_equal(desk_call(&desk, METHOD_standing_verify, &(struct standing_verify){ 0 }, &check), OK);
    assert_int_equal(check.differing, 0);
}

/* Whatever stands where a standing keeps its findings: told as damaged, or read. */
static void damaged_findings_are_told(void **state)
{
    (void)state;
    static const char *const blobs[] = {
        "x'00'",       "x'ffffffffffffffffff01000101'", "x'01ffffffffffffffffff010101'",
        "x'01007f01'", "x'010001ffffffffffffffffff01'", "x'ffffffffffffffff7f000101ffffffffffffffff7f000101'",
    };
    char path[DESK_PATH], sql[128];
    sqlite3 *db;
    desk_path(&desk, path);
    for (size_t i = 0; i < sizeof blobs / sizeof blobs[0]; i++) {
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        snprintf(sql, sizeof sql, "UPDATE standing SET findings = %s", blobs[i]);
        must(db, sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
        sqlite3_close(db);
        assert_int_equal(DESK(&desk, status_show, NULL, .holder = desk_ref("E2")), ERR_INTERNAL);
        assert_non_null(strstr(desk.err.message, "damaged"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_was_filled_and_fits),
        cmocka_unit_test(the_way_back_is_kept),
        cmocka_unit_test(every_view_answers),
        cmocka_unit_test(what_was_derived_still_follows),
        cmocka_unit_test(what_was_known_is_told),
        cmocka_unit_test(the_work_goes_on),
        cmocka_unit_test(damaged_findings_are_told),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
