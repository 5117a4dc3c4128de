/* SPDX-License-Identifier: Apache-2.0 */
/* Maps between editions: each mistake refused with its field, the same again unchanged, another in its place; and from
 * their files, what is said of each kind of mistake, with its line and column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "client/helper/standard/mapping.h"
#include "tests/support/expect.h"
#include "tests/support/sample.h"

#include <string.h>

static struct desk desk;

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    sample_publish(&desk, "one", "1");
    sample_publish(&desk, "one", "2");
    sample_publish(&desk, "two", "1");
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static struct map_publish sample_map(void)
{
    static struct map_row rows[3];
    const struct map_row whole[] = {
        { .from = "1.1", .to = "1.1", .relation = MAP_EQUAL },
        { .from = "1.2", .to = "2.1", .relation = MAP_SUPERSET, .rationale = "asked more" },
        { .to = "2.3", .relation = MAP_NONE, .rationale = "new" },
    };
    memcpy(rows, whole, sizeof whole);
    return (struct map_publish){
        .from = desk_ref("one:1"), .to = desk_ref("one:2"), .source = "made up", .rows = rows, .n_rows = 3
    };
}

static int publish(const struct map_publish *p, struct edition_map *ret)
{
    return desk_call(&desk, METHOD_map_publish, p, ret);
}

static size_t count_maps(void)
{
    struct page page;
    assert_int_equal(DESK(&desk, map_list, &page, .page = { 0 }), OK);
    return page.n;
}

static void test_round_trip(void **state)
{
    (void)state;
    struct edition_map map;
    struct edition_map_detail detail;
    struct map_publish p = sample_map();
    assert_int_equal(publish(&p, &map), OK);
    assert_string_equal(map.map.text, "K1");
    assert_string_equal(map.from.text, "one:1");
    assert_int_equal(map.rows, 3);
    assert_int_equal(DESK(&desk, map_show, &detail, .map = desk_ref("K1")), OK);
    assert_int_equal(detail.n_rows, 3);
    assert_string_equal(detail.rows[1].from, "1.2");
    assert_string_equal(detail.rows[1].to, "2.1");
    assert_int_equal(detail.rows[1].relation, MAP_SUPERSET);
    assert_string_equal(detail.rows[1].rationale, "asked more");
    assert_null(detail.rows[2].from);
    assert_int_equal(DESK(&desk, map_show, NULL, .map = desk_ref("K2")), ERR_NOT_FOUND);
    assert_int_equal(DESK(&desk, map_show, NULL, .map = desk_ref("K1"), .as_of = desk_day("2026-03-09")),
                     ERR_NOT_FOUND);
    assert_string_equal(desk.err.field, "as_of");
}

static void test_a_newer_map_takes_its_place(void **state)
{
    (void)state;
    struct edition_map map;
    struct page page;
    struct map_publish p = sample_map();
    assert_int_equal(publish(&p, NULL), OK);
    assert_int_equal(publish(&p, &map), OK);
    assert_string_equal(map.map.text, "K1");
    assert_int_equal(count_maps(), 1);
    desk_set_today(&desk, "2026-03-20");
    p.rows[1].relation = MAP_INTERSECT;
    assert_int_equal(publish(&p, &map), OK);
    assert_string_equal(map.map.text, "K2");
    assert_null(map.superseded_by.text);
    assert_int_equal(DESK(&desk, map_list, &page, .standard = desk_ref("one")), OK);
    assert_int_equal(page.n, 2);
    assert_string_equal(((const struct edition_map *)page.rows)->superseded_by.text, "K2");
    assert_int_equal(DESK(&desk, map_list, &page, .as_of = desk_day("2026-03-19")), OK);
    assert_int_equal(page.n, 1);
    assert_null(((const struct edition_map *)page.rows)->superseded_by.text);
    assert_int_equal(DESK(&desk, map_list, &page, .standard = desk_ref("two")), OK);
    assert_int_equal(page.n, 0);
}

static void not_published(const struct map_publish *p, int code, const char *field)
{
    refused(&desk.err, publish(p, NULL), code, field, NULL);
    assert_int_equal(count_maps(), 0);
}

static void test_refusals(void **state)
{
    (void)state;
    struct map_publish p = sample_map();
    p.to = p.from;
    not_published(&p, ERR_INVALID_PARAM, "to");
    p = sample_map();
    p.to = desk_ref("one:9");
    not_published(&p, ERR_NOT_FOUND, "to");
    p = sample_map();
    p.n_rows = 0;
    not_published(&p, ERR_INVALID_PARAM, "rows");
    p = sample_map();
    p.rows[1].from = "9.9";
    not_published(&p, ERR_INVALID_PARAM, "rows[1].from");
    p = sample_map();
    p.rows[0].to = "S1"; /* a section */
    not_published(&p, ERR_INVALID_PARAM, "rows[0].to");
    p = sample_map();
    p.rows[1].to = NULL;
    not_published(&p, ERR_INVALID_PARAM, "rows[1].to");
    p = sample_map();
    p.rows[2].to = NULL;
    not_published(&p, ERR_INVALID_PARAM, "rows[2].from");
    p = sample_map();
    p.rows[1].from = p.rows[1].to = "1.1";
    not_published(&p, ERR_INVALID_PARAM, "rows[1].from");
}

struct reading {
    struct arena arena;
    struct yaml yaml;
    struct mapping mapping;
    bool good;
};

static void read_text(struct reading *r, const char *text)
{
    arena_init(&r->arena, SIZE_MAX);
    r->good = yaml_read(&r->yaml, "m.yaml", text, strlen(text), &r->arena) && mapping_read(&r->yaml, &r->mapping);
}

static void forget(struct reading *r)
{
    yaml_close(&r->yaml);
    arena_reset(&r->arena);
}

#define HEAD "from: one:1\nto: one:2\nsource: own\n"

static void test_a_file(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, HEAD "unverified: yes\nrows:\n- {from: 1.10, to: 2.1, relation: subset, rationale: R}\n"
                       "- {from: 1.2, relation: none}\n");
    assert_true(r.good);
    const struct map_publish *p = &r.mapping.publish;
    assert_string_equal(p->from.text, "one:1");
    assert_true(p->unverified);
    assert_int_equal(p->n_rows, 2);
    assert_string_equal(p->rows[0].from, "1.10");
    assert_int_equal(p->rows[0].relation, MAP_SUBSET);
    assert_null(p->rows[1].to);
    struct err e = { 0 };
    err_set(&e, ERR_INVALID_PARAM, "rows[0].to", "no");
    mapping_complain(&r.yaml, &r.mapping, &e);
    assert_int_equal(r.yaml.problems->line, 6);
    assert_int_equal(r.yaml.problems->column, 20);
    forget(&r);
}

static void test_bad_files(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
        int line, column;
    } cases[] = {
        { HEAD "rows:\n- {from: a, to: b, relation: same}\n", "relation: must be one of equal", 5, 30 },
        { HEAD "rows:\n- {from: a, to: b}\n", "missing key 'relation'", 5, 4 },
        { HEAD "rows:\n- {from: a, relation: equal}\n", "missing key 'to'", 5, 4 },
        { HEAD "rows:\n- {relation: none}\n", "a row needs", 5, 4 },
        { HEAD "rows:\n- {from: a, too: b, relation: equal}\n", "did you mean 'to'", 5, 13 },
        { HEAD "rows: none\n", "rows must be a list", 4, 7 },
        { HEAD "rows: []\n", "at least one row is required", 1, 1 },
        { "from: a\nrows: [{from: a, relation: none}]\n", "missing key 'to'", 1, 1 },
        { HEAD "row: []\n", "did you mean 'rows'", 4, 1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct reading r;
        read_text(&r, cases[i].text);
        assert_false(r.good);
        assert_non_null(r.yaml.problems);
        if (strstr(r.yaml.problems->message, cases[i].says) == NULL)
            fail_msg("case %zu says: %s", i, r.yaml.problems->message);
        assert_int_equal(r.yaml.problems->line, cases[i].line);
        assert_int_equal(r.yaml.problems->column, cases[i].column);
        forget(&r);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_round_trip),         TEST(test_a_newer_map_takes_its_place), TEST(test_refusals),
        cmocka_unit_test(test_a_file), cmocka_unit_test(test_bad_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
