/* SPDX-License-Identifier: Apache-2.0 */
/* Tables, JSON and CSV of the same records. */
#include "client/view/status_view.h"
#include "client/write/utf8.h"
#include "client/write/writer.h"
#include "client/write/writer_csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct cooperative coops[] = {
    { .cooperative = { "mel", 1 }, .name = "Coopé \"Mel\"", .country = "CR", .members = 48, .has_members = true },
    { .cooperative = { "sol", 2 }, .name = "=SUM(1), Sol", .members = 3, .has_members = true, .phone = "+506 1" },
};

struct fixture {
    struct arena arena;
    struct out out;
    struct writer_style style;
    struct writer writer;
};

static void start(struct fixture *f, enum writer_format format, enum record_id record)
{
    *f = (struct fixture){ .style = { .format = format } };
    arena_init(&f->arena, SIZE_MAX);
    buf_init(&f->out.b, SIZE_MAX);
    f->out.fd = -1;
    f->out.utf8 = true;
    writer_init(&f->writer, &f->out, &f->style, record, &f->arena);
}

static void expect(struct fixture *f, const char *text)
{
    buf_append(&f->out.b, "", 1);
    assert_string_equal((const char *)f->out.b.data, text);
    buf_fini(&f->out.b);
    arena_reset(&f->arena);
}

static void put_list(struct fixture *f)
{
    writer_begin(&f->writer);
    for (size_t i = 0; i < 2; i++)
        writer_row(&f->writer, &coops[i]);
    writer_end(&f->writer);
}

static void test_nothing_is_told_at_a_terminal(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, WRITER_TABLE, RECORD_cooperative);
    writer_begin(&f.writer);
    writer_end(&f.writer);
    expect(&f, "");
    start(&f, WRITER_TABLE, RECORD_cooperative);
    f.out.columns = 80;
    writer_begin(&f.writer);
    writer_end(&f.writer);
    expect(&f, "Nothing to show.\n");
}

static void test_table(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, WRITER_TABLE, RECORD_cooperative);
    put_list(&f);
    expect(&f, "COOPERATIVE  NAME          COUNTRY  MEMBERS\n"
               "mel          Coopé \"Mel\"   CR            48\n"
               "sol          =SUM(1), Sol                 3\n");
    start(&f, WRITER_TABLE, RECORD_cooperative);
    f.writer.wide = true;
    put_list(&f);
    expect(&f, "COOPERATIVE  NAME          COUNTRY  MEMBERS  PHONE\n"
               "mel          Coopé \"Mel\"   CR            48\n"
               "sol          =SUM(1), Sol                 3  +506 1\n");
}

static void test_table_fitted(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, WRITER_TABLE, RECORD_cooperative);
    f.out.columns = 40;
    put_list(&f);
    expect(&f, "COOPERATIVE  NAME       COUNTRY  MEMBERS\n"
               "mel          Coopé \"M…  CR            48\n"
               "sol          =SUM(1),…                 3\n");
}

static void test_table_one(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, WRITER_TABLE, RECORD_cooperative);
    writer_one(&f.writer, &coops[1]);
    expect(&f, "cooperative: sol\nname:        =SUM(1), Sol\nmembers:     3\nphone:       +506 1\n");
}

static void test_table_nested(void **state)
{
    (void)state;
    struct pursuit pursuit = { .pursuit = { "P1", 1 },
                               .holder = { "mel", 1 },
                               .edition = { "iso:1", 1 },
                               .route = ROUTE_GROUP,
                               .state = PURSUIT_ENROLLED,
                               .enrolled_on = date_of(2026, 1, 2),
                               .moved_on = date_of(2026, 1, 2) };
    struct pursuit_step steps[] = { { .state = PURSUIT_ENROLLED, .on = date_of(2026, 1, 2), .reason = "a\033b" } };
    struct pursuit_detail detail = { .pursuit = &pursuit, .steps = steps, .n_steps = 1 };
    struct fixture f;
    start(&f, WRITER_TABLE, RECORD_pursuit_detail);
    writer_one(&f.writer, &detail);
    expect(&f, "pursuit:     P1\nholder:      mel\nedition:     iso:1\nroute:       group\nstate:       enrolled\n"
               "enrolled on: 2026-01-02\nmoved on:    2026-01-02\nsteps:\n"
               "  STATE     ON          REASON\n  enrolled  2026-01-02  a b\n");
    start(&f, WRITER_JSON, RECORD_pursuit_detail);
    writer_one(&f.writer, &detail);
    expect(&f, "{\"pursuit\":{\"pursuit\":\"P1\",\"holder\":\"mel\",\"edition\":\"iso:1\",\"route\":\"group\","
               "\"state\":\"enrolled\",\"enrolled_on\":\"2026-01-02\",\"moved_on\":\"2026-01-02\"},"
               "\"steps\":[{\"state\":\"enrolled\",\"on\":\"2026-01-02\",\"reason\":\"a\\u001bb\"}]}\n");
}

static void test_json(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, WRITER_JSON, RECORD_cooperative);
    put_list(&f);
    expect(&f, "[{\"cooperative\":\"mel\",\"name\":\"Coopé \\\"Mel\\\"\",\"country\":\"CR\",\"members\":48},"
               "{\"cooperative\":\"sol\",\"name\":\"=SUM(1), Sol\",\"members\":3,\"phone\":\"+506 1\"}]\n");
    start(&f, WRITER_JSON, RECORD_cooperative);
    writer_begin(&f.writer);
    writer_end(&f.writer);
    expect(&f, "[]\n");
    start(&f, WRITER_JSON, RECORD_cooperative);
    f.writer.pretty = true;
    writer_one(&f.writer, &coops[1]);
    expect(&f, "{\n  \"cooperative\": \"sol\",\n  \"name\": \"=SUM(1), Sol\",\n  \"members\": 3,\n"
               "  \"phone\": \"+506 1\"\n}\n");
    start(&f, WRITER_JSONL, RECORD_cooperative);
    put_list(&f);
    expect(&f, "{\"cooperative\":\"mel\",\"name\":\"Coopé \\\"Mel\\\"\",\"country\":\"CR\",\"members\":48}\n"
               "{\"cooperative\":\"sol\",\"name\":\"=SUM(1), Sol\",\"members\":3,\"phone\":\"+506 1\"}\n");
}

static void test_csv(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, WRITER_CSV, RECORD_cooperative);
    put_list(&f);
    expect(&f, "cooperative,name,cluster,country,region,members,ended_on,contact,phone,email\n"
               "mel,\"Coopé \"\"Mel\"\"\",,CR,,48,,,,\n"
               "sol,\"'=SUM(1), Sol\",,,,3,,,'+506 1,\n");
}

static void expect_cell(const char *text, bool is_number, const char *cell)
{
    struct buf b;
    buf_init(&b, SIZE_MAX);
    writer_csv_put_cell(&b, text, is_number);
    buf_append(&b, "", 1);
    assert_string_equal((const char *)b.data, cell);
    buf_fini(&b);
}

static void test_csv_cells(void **state)
{
    (void)state;
    expect_cell(NULL, false, "");
    expect_cell("", false, "");
    expect_cell("plain", false, "plain");
    expect_cell("a\nb", false, "\"a\nb\"");
    expect_cell("a\rb", false, "\"a\rb\"");
    expect_cell("\ta", false, "'\ta");
    expect_cell("@a", false, "'@a");
    expect_cell("-1", false, "'-1");
    expect_cell("-1", true, "-1");
    expect_cell("=\"a\"", false, "\"'=\"\"a\"\"\"");
}

static void test_width(void **state)
{
    (void)state;
    assert_int_equal(utf8_width("abc", 3), 3);
    assert_int_equal(utf8_width("é", 2), 1);
    assert_int_equal(utf8_width("日本", 6), 4);
    assert_int_equal(utf8_width("e\xcc\x81", 3), 1);
    assert_int_equal(utf8_fit("日本", 6, 3), 3);
    assert_int_equal(utf8_fit("abc", 3, 9), 3);
}

static void test_bar(void **state)
{
    (void)state;
    struct arena a = { 0 };
    arena_init(&a, SIZE_MAX);
    assert_string_equal(table_bar(31, 48, true, &a), "31/48 ██████▍");
    assert_string_equal(table_bar(5, 10, false, &a), " 5/10 #####");
    assert_string_equal(table_bar(0, 0, true, &a), "0/0 ");
    assert_string_equal(table_bar(48, 48, true, &a), "48/48 ██████████");
    arena_reset(&a);
}

static void test_status(void **state)
{
    (void)state;
    struct clause_status clauses[] = {
        { .kind = CLAUSE_NO_OPEN,
          .what = "no open finding of class major",
          .verdict = VERDICT_NOT_READY,
          .have = 1,
          .margin = -1 },
        { .kind = CLAUSE_RATIO, .what = "at least 3/4", .verdict = VERDICT_READY, .have = 9, .of = 10, .margin = 1 },
    };
    struct blocker blockers[] = {
        { .requirement = "8.1", .result = RESULT_NONCONFORMING, .finding = { "F12", 12 }, .class = CLASS_MAJOR },
        { .requirement = "8.2", .result = RESULT_NOT_ASSESSED },
        { .requirement = "8.3", .result = RESULT_NOT_ASSESSED },
    };
    struct standing standing = { .edition = { "iso:1", 1 },
                                 .verdict = VERDICT_NOT_READY,
                                 .assessable = 12,
                                 .conforming = 9,
                                 .not_applicable = 0,
                                 .not_assessed = 2,
                                 .major = 1,
                                 .clauses = clauses,
                                 .n_clauses = 2,
                                 .blockers = blockers,
                                 .n_blockers = 3 };
    struct status status = { .holder = { "sol", 1 },
                             .kind = HOLDER_ENTERPRISE,
                             .name = "Finca Sol",
                             .as_of = date_of(2026, 11, 23),
                             .cooperative = { "mel", 1 },
                             .standings = &standing,
                             .n_standings = 1 };
    struct fixture f;
    start(&f, WRITER_TABLE, RECORD_status);
    status_view_put(&f.out, &status, &f.arena);
    expect(&f, "Finca Sol (sol) · member of mel · on 2026-11-23\n"
               "STANDARD  VERDICT    CONFORMING      MAJOR  MINOR  NOT ASSESSED\n"
               "iso:1     not ready   9/12 ███████▌      1      0             2\n"
               "\n"
               "iso:1: not ready\n"
               "  CLAUSE                          HOLDS  HAVE  OF  MARGIN\n"
               "  no open finding of class major  no        1   0  1 to fix\n"
               "  at least 3/4                    yes       9  10  1 more may fail\n"
               "Blocks: 1 major finding (F12 8.1); 2 not assessed (8.2, 8.3)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_told_at_a_terminal),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_table_fitted),
        cmocka_unit_test(test_table_one),
        cmocka_unit_test(test_table_nested),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_csv_cells),
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_bar),
        cmocka_unit_test(test_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
