/* SPDX-License-Identifier: Apache-2.0 */
/* The build's gatherer of queries takes what is good and refuses, with file and line, what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/sqlgen-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const char *text)
{
    FILE *f = fopen(path_of(name), "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void read_file(const char *name, char *text, size_t size)
{
    FILE *f = fopen(path_of(name), "r");
    assert_non_null(f);
    text[fread(text, 1, size - 1, f)] = '\0';
    fclose(f);
}

/* Runs it over q.sql and r.sql and migrations; what it says goes to the file said. */
static int run(const char *migrations)
{
    char command[900];
    snprintf(command, sizeof command,
             "cd %s && mkdir -p query && %s/schema/sqlgen . q.sql r.sql -- sqlite 0000_m.sql %s > said 2>&1", folder,
             SMED_BINARY_DIR, migrations);
    return system(command);
}

static void said(const char *why)
{
    char text[600];
    read_file("said", text, sizeof text);
    if (strstr(text, why) == NULL)
        fail_msg("expected '%s', it said: %s", why, text);
}

static void takes(const char *query)
{
    char text[600];
    write_file("q.sql", query);
    if (run("0001_a.sql") != 0) {
        read_file("said", text, sizeof text);
        fail_msg("%s", text);
    }
}

static void refuses(const char *query, const char *why)
{
    write_file("q.sql", query);
    assert_int_not_equal(run("0001_a.sql"), 0);
    said(why);
}

static void has(const char *file, const char *what)
{
    static char text[20000];
    read_file(file, text, sizeof text);
    if (strstr(text, what) == NULL)
        fail_msg("%s lacks '%s': %s", file, what, text);
}

static void takes_queries(void **state)
{
    (void)state;
    takes("-- about it\n-- name: one(b text, a id)\n-- what it does\nSELECT 'a;b -- $9' AS t, $a AS a, $b AS b -- why\n"
          "FROM \"a\";\n\n-- name: two()\nSELECT x FROM a\n");
    has("queries.c", "\"SELECT 'a;b -- $9' AS t, $2 AS a, $1 AS b\\n\"\n    \"FROM \\\"a\\\"\"");
    has("queries.c", ".name = \"one\", .parameters = 2, .columns = 3");
    has("query/q.h", "    ONE_t,\n    ONE_a,\n    ONE_b,\n");
    has("query/q.h", "query_one(struct store *store, const char *b, int64_t a)");
    has("query/q.h", "{ v_text(b), v_id(a) }, 2)");
    has("query/q.h", "query_two(struct store *store)");
    has("sqlite.c", "{ 1, \"0001_a\",");
}

static void takes_every_type(void **state)
{
    (void)state;
    takes("-- name: one(a id, b int, c bool,\n--   d text, e scope, f blob, g date, h instant,\n"
          "--   i money, j choice audit_kind, k int?, l bool?)\n"
          "SELECT x FROM a WHERE x IN ($a, $b, $c, $d, $e, $f, $g, $h, $i, $i_currency, $j, $k, $l)\n");
    has("query/q.h", "int64_t a, int64_t b, bool c, const char *d, const char *e, struct bytes f, struct date g, "
                     "struct instant h, struct money i, enum audit_kind j, bool has_k, int64_t k, bool has_l, bool l)");
    has("query/q.h",
        "v_id(a), v_int(b), v_int(c), v_text(d), v_text(e), v_bytes(f), V_DATE(g), v_instant(h), v_minor(i), "
        "v_currency(&i), v_choice(ENUM_audit_kind, (int)j), v_opt_int(has_k, k), v_opt_int(has_l, l)");
    has("queries.c", ".parameters = 13");
}

static void refuses_bad_queries(void **state)
{
    (void)state;
    refuses("-- name: r()\nSELECT 1 AS b\n-- name: r()\nSELECT 2 AS b\n", "q.sql:3: r is also in q.sql:1");
    refuses("-- name: a()\nSELECT 'x'::text\n", "q.sql:1: a: write CAST");
    refuses("-- name: a()\nSELECT datetime('now')\n", "'datetime': days and instants come from the caller");
    refuses("-- name: a()\nSELECT x FROM a WHERE date('now') > 0\n", "'date': days and instants");
    refuses("-- name: a()\nSELECT rowid FROM t\n", "'rowid': only SQLite has row ids");
    refuses("-- name: a()\nSELECT UPPER(x) FROM a\n", "'UPPER': only one of the engines has it");
    refuses("-- name: a()\nSELECT x FROM a WHERE TRUE\n", "'TRUE': only one of the engines has it");
    refuses("-- name: a()\nSELECT avg(x) FROM a\n", "'avg': figures are integers");
    refuses("-- name: a()\nSELECT x FROM a WHERE x LIKE 'b'\n", "a: LIKE: the engines differ in case");
    refuses("-- name: a()\nSELECT x'00' AS b\n", "a: bytes come as parameters");
    refuses("-- name: a()\nINSERT OR IGNORE INTO t VALUES (1)\n", "ON CONFLICT");
    refuses("-- name: a()\nSELECT ?\n", "parameters are named");
    refuses("-- name: a()\nSELECT 1 AS b; SELECT 2\n", "one statement");
    refuses("-- name: a()\n-- only words\n", "there is no statement");
    refuses("-- name: a()\nSELECT 'open\n", "a quote is not closed");
    refuses("-- name: A b\nSELECT 1\n", "lower case");
    refuses("SELECT 1\n", "before the first");
}

static void refuses_bad_parameters(void **state)
{
    (void)state;
    refuses("-- name: a(b id)\nSELECT $b AS b, $c AS c\n", "q.sql:1: a: there is no parameter $c");
    refuses("-- name: a(b id, c id)\nSELECT $b AS b\n", "q.sql:1: a: the parameter c is not used");
    refuses("-- name: a(b money)\nSELECT $b AS b\n", "a: the parameter b_currency is not used");
    refuses("-- name: a(b id)\nSELECT $b AS b, $1 AS c\n", "a: there is no parameter $1");
    refuses("-- name: a(b id, b id)\nSELECT $b AS b\n", "a: there are two parameters b");
    refuses("-- name: a(b number)\nSELECT $b AS b\n", "a: the type of b is one of id, int");
    refuses("-- name: a(b choice colour)\nSELECT $b AS b\n", "no enumeration 'colour'");
    refuses("-- name: a(b text?)\nSELECT $b AS b\n", "only an int or a bool needs '?'");
    refuses("-- name: a(b id c)\nSELECT $b AS b\n", "a: a comma or the closing bracket is missing at 'c)'");
    refuses("-- name: a(b id,\nSELECT 1\n", "the bracket of a is not closed");
    refuses("-- name: a() b\nSELECT 1\n", "a: nothing may stand behind the brackets: 'b'");
    refuses("-- name: a\nSELECT 1 AS b\n", "q.sql:1: a: parameters are declared in brackets, none as ()");
}

static void names_columns(void **state)
{
    (void)state;
    refuses("-- name: a()\nSELECT y FROM a\n", "q.sql:1: a: no such column: y");
    refuses("-- name: a()\nSELECT x, count(*) FROM a\n", "a: column 2 needs a name, AS something: count(*)");
    refuses("-- name: a()\nSELECT x, 1 AS x FROM a\n", "a: two columns are called x");
    takes("-- name: a()\n-- record: payment\nSELECT 'b' AS payer, 1 AS amount, 'USD' AS amount_currency, 2 AS more\n");
    has("queries.c", ".record = RECORD_payment");
    refuses("-- name: a()\n-- record: payment\nSELECT 'b' AS payer, 1 AS amount, 2 AS more\n",
            "a: column 3 is to fill the field amount_currency of the record payment, but is more");
    refuses("-- name: a()\n-- record: payment\nSELECT 'b' AS payer\n",
            "the field amount of the record payment, but is missing");
    refuses("-- name: a()\n-- record: colour\nSELECT 'b' AS payer\n", "no record 'colour'");
    refuses("-- record: payment\n", "q.sql:1: what fills a record or a row stands below");
}

static void shares_rows(void **state)
{
    (void)state;
    takes("-- name: a()\n-- row: thing\nSELECT x FROM a\n-- name: b()\n-- row: thing\nSELECT 1 AS x\n");
    has("query/q.h", "enum {\n    THING_x,\n};");
    refuses("-- name: a()\n-- row: thing\nSELECT x FROM a\n-- name: b()\n-- row: thing\nSELECT 1 AS y\n",
            "q.sql:4: b: its columns are not those of a at line 1, though both are thing");
}

static void puts_fragments_in(void **state)
{
    (void)state;
    takes("-- fragment: near(t, day)\n($t.x <= $day OR @far($t.x))\n-- fragment: far(y)\n$y > 9\n"
          "-- name: a(today int)\nSELECT z.x FROM a z WHERE @near(z, $today)\n");
    has("queries.c", "WHERE (z.x <= $1 OR z.x > 9)");
    takes("-- fragment: f()\nx\n-- name: a()\nSELECT @f( ) FROM a WHERE x IN @set(audit_kind, visit)\n");
    has("queries.c", "IN ('stage_2', 'external_inspection', 'surveillance', 'recertification', 'unannounced')");
}

static void refuses_bad_fragments(void **state)
{
    (void)state;
    refuses("-- name: a()\nSELECT @f(1) AS b\n", "q.sql:1: a: there is no fragment f");
    refuses("-- name: a()\nSELECT @f AS b\n", "a fragment is used as @f(...)");
    refuses("-- fragment: f\n1\n", "f: parameters are declared in brackets");
    refuses("-- fragment: f() g\n1\n", "f: nothing may stand behind the brackets: 'g'");
    refuses("-- fragment: f()\n1\n-- fragment: f()\n1\n", "q.sql:3: f is also in q.sql:1");
    refuses("-- fragment: f()\n1\n", "q.sql:1: no one uses the fragment f");
    refuses("-- fragment: f(b)\n1\n-- name: a()\nSELECT @f(1) AS b\n", "q.sql:1: f: the parameter b is not used");
    refuses("-- fragment: f()\n$b\n-- name: a(b id)\nSELECT @f() AS b\n",
            "q.sql:3: a: there is no parameter $b, in the fragment f of q.sql:1");
    refuses("-- fragment: f(b)\n$b\n-- name: a()\nSELECT @f() AS b\n",
            "the fragment f of q.sql:1 takes 1 arguments, not 0");
    refuses("-- fragment: f()\n@g()\n-- fragment: g()\n@f()\n-- name: a()\nSELECT @f() AS b\n",
            "q.sql:5: a: the fragment f of q.sql:1 uses itself, in the fragment g of q.sql:3");
    refuses("-- fragment: f(b)\n$b\n-- name: a()\nSELECT @f(1\n", "a: the bracket of a fragment is not closed");
    refuses("-- name: a()\nSELECT @set(audit_kind, colour) AS b\n", "no set 'colour' of audit_kind");
}

/* A fragment is put in as it stands. */
static void refuses_fragments_that_come_apart(void **state)
{
    (void)state;
    static const char query[] = "-- name: q()\nSELECT x FROM a WHERE x > 1 AND %s@f()\n";
    static const struct {
        const char *fragment, *not, *refused; /* NULL: taken */
    } cases[] = {
        { "x = 1 OR x = 2", "", "q.sql:3: q: the fragment f of q.sql:1 has an OR outside brackets" },
        { "x = 1 or (x = 2)", "", "has an OR outside brackets" },
        { "(x = 1 OR x = 2)", "", NULL },
        { "x = ' or '", "", NULL },
        { "x > 1 AND x < 9", "", NULL },
        { "x > 1 AND x < 9", "NOT ", "q.sql:3: q: write NOT (@f(...)): the fragment of q.sql:1 has an AND outside" },
        { "(x > 1 AND x < 9)", "NOT ", NULL },
        { "x > 1", "not\n", NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[400];
        int n = snprintf(text, sizeof text, "-- fragment: f()\n%s\n", cases[i].fragment);
        snprintf(text + n, sizeof text - (size_t)n, query, cases[i].not );
        if (cases[i].refused != NULL)
            refuses(text, cases[i].refused);
        else
            takes(text);
    }
}

/* What a fragment names itself must not take the place of what was meant. */
static void refuses_capture(void **state)
{
    (void)state;
    static const char fragment[] = "-- fragment: f(b)\nEXISTS (SELECT 1 FROM a m WHERE m.x = $b)\n";
    char text[300];
    snprintf(text, sizeof text, "%s-- name: q(b id)\nSELECT n.x FROM a n WHERE @f(n.x) AND @f($b) AND @f(1)\n",
             fragment);
    takes(text);
    snprintf(text, sizeof text, "%s-- name: q()\nSELECT m.x FROM a m WHERE @f(m.x)\n", fragment);
    refuses(text, "q.sql:3: q: 'm.x' means another m inside the fragment f of q.sql:1");
    snprintf(text, sizeof text, "%s-- name: q()\nSELECT x FROM a WHERE @f(x)\n", fragment);
    refuses(text, "q.sql:3: q: give x with its table, in the fragment f of q.sql:1");
}

static void refuses_gaps_of_migrations(void **state)
{
    (void)state;
    write_file("q.sql", "-- name: a()\nSELECT x FROM a\n");
    write_file("0003_c.sql", "CREATE TABLE c (x);");
    assert_int_not_equal(run("0001_a.sql 0003_c.sql"), 0);
    said("0003_c.sql:0: expected number 2 here");
    write_file("first.sql", "CREATE TABLE c (x);");
    assert_int_not_equal(run("first.sql"), 0);
    assert_int_not_equal(run("0002_missing.sql"), 0);
    write_file("0001_bad.sql", "CREATE TABLE c x);");
    assert_int_not_equal(run("0001_bad.sql"), 0);
    said("0001_bad.sql:0: near");
}

/* The list of today stays in a migration when values are added. */
static void lists_values_in_migrations(void **state)
{
    (void)state;
    write_file("q.sql", "-- name: a()\nSELECT x FROM c\n");
    write_file("0001_c.sql", "CREATE TABLE c (x CHECK (x IN @check(audit_state, 2)));");
    assert_int_equal(run("0001_c.sql"), 0);
    has("sqlite.c", "IN ('planned', 'done')));");
    write_file("0001_c.sql", "CREATE TABLE c (x CHECK (x IN @check(audit_state)));");
    assert_int_not_equal(run("0001_c.sql"), 0);
    said("write @check(audit_state, 6)");
    write_file("0001_c.sql", "CREATE TABLE c (x CHECK (x IN @check(audit_state, 7)));");
    assert_int_not_equal(run("0001_c.sql"), 0);
    said("write @check(audit_state, 6)");
}

/* What did not change is not written, so that nothing that includes it is compiled again. */
static void leaves_what_is_the_same(void **state)
{
    (void)state;
    struct stat after, queries;
    takes("-- name: a()\nSELECT x FROM a\n");
    struct timespec old[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
    assert_int_equal(utimensat(AT_FDCWD, path_of("query/q.h"), old, 0), 0);
    takes("-- name: a()\nSELECT x FROM a WHERE x > 1\n");
    assert_int_equal(stat(path_of("query/q.h"), &after), 0);
    assert_int_equal(stat(path_of("queries.c"), &queries), 0);
    assert_int_equal(after.st_mtim.tv_sec, 1000);
    assert_true(queries.st_mtim.tv_sec > 1000);
}

static int prepare(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    write_file("r.sql", "-- name: r()\nSELECT 1 AS one\n");
    write_file("0000_m.sql", "CREATE TABLE m (x);\n");
    write_file("0001_a.sql", "CREATE TABLE a (x);\n");
    return 0;
}

static int clean(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_queries),
        cmocka_unit_test(takes_every_type),
        cmocka_unit_test(refuses_bad_queries),
        cmocka_unit_test(refuses_bad_parameters),
        cmocka_unit_test(names_columns),
        cmocka_unit_test(shares_rows),
        cmocka_unit_test(puts_fragments_in),
        cmocka_unit_test(refuses_bad_fragments),
        cmocka_unit_test(refuses_fragments_that_come_apart),
        cmocka_unit_test(refuses_capture),
        cmocka_unit_test(refuses_gaps_of_migrations),
        cmocka_unit_test(lists_values_in_migrations),
        cmocka_unit_test(leaves_what_is_the_same),
    };
    return cmocka_run_group_tests(tests, prepare, clean);
}
