/* The build's gatherer of queries takes what is good and refuses, with file and line, what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/sqlgen-XXXXXX";

static void write_file(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void read_file(const char *name, char *text, size_t size)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    text[fread(text, 1, size - 1, f)] = '\0';
    fclose(f);
}

/* Runs it over q.sql and r.sql and migration; what it says goes to the file said. */
static int run(const char *migration)
{
    char command[900];
    snprintf(command, sizeof command, "cd %s && %s/schema/sqlgen out.h out.c q.sql r.sql -- %s > said 2>&1", folder,
             SMED_BINARY_DIR, migration);
    return system(command);
}

static void refuses(const char *query, const char *why)
{
    char said[400];
    write_file("q.sql", query);
    assert_int_not_equal(run("0001_a.sql"), 0);
    read_file("said", said, sizeof said);
    if (strstr(said, why) == NULL)
        fail_msg("expected '%s', it said: %s", why, said);
}

static void takes_queries(void **state)
{
    (void)state;
    char text[8000];
    write_file("q.sql", "-- about it\n-- name: one\n-- what it does\nSELECT 'a;b -- $9', $2, $1 -- why\nFROM \"t\";\n\n"
                        "-- name: two\nSELECT 1\n");
    assert_int_equal(run("0001_a.sql"), 0);
    read_file("out.h", text, sizeof text);
    assert_non_null(strstr(text, "QUERY_one,\n    QUERY_two,\n    QUERY_r,\n    QUERY_COUNT"));
    read_file("out.c", text, sizeof text);
    assert_non_null(strstr(text, "\"SELECT 'a;b -- $9', $2, $1\\n\"\n    \"FROM \\\"t\\\"\""));
    assert_non_null(strstr(text, "[QUERY_one] = 2"));
    assert_non_null(strstr(text, "[QUERY_two] = 0"));
    assert_non_null(strstr(text, "{ 1, \"0001_a\","));
}

static void refuses_bad_queries(void **state)
{
    (void)state;
    refuses("-- name: r\nSELECT 1\n-- name: r\nSELECT 2\n", "q.sql:3: r is also in q.sql:1");
    refuses("-- name: a\nSELECT $1::text\n", "q.sql:1: a: write CAST");
    refuses("-- name: a\nSELECT datetime('now')\n", "'datetime' is not in the language");
    refuses("-- name: a\nSELECT rowid FROM t\n", "'rowid' is not in the language");
    refuses("-- name: a\nINSERT OR IGNORE INTO t VALUES (1)\n", "ON CONFLICT");
    refuses("-- name: a\nSELECT $1, $3\n", "$2 is not used, though $3 is");
    refuses("-- name: a\nSELECT $0\n", "a parameter is $1 to");
    refuses("-- name: a\nSELECT ?\n", "parameters are $1");
    refuses("-- name: a\nSELECT 1; SELECT 2\n", "one statement");
    refuses("-- name: a\n-- only words\n", "there is no statement");
    refuses("-- name: a\nSELECT 'open\n", "a quote is not closed");
    refuses("-- name: A b\nSELECT 1\n", "lower case");
    refuses("SELECT 1\n", "before the first");
}

static void refuses_gaps_of_migrations(void **state)
{
    (void)state;
    write_file("q.sql", "-- name: a\nSELECT 1\n");
    write_file("0003_c.sql", "CREATE TABLE c (x);");
    assert_int_not_equal(run("0001_a.sql 0003_c.sql"), 0);
    write_file("first.sql", "CREATE TABLE c (x);");
    assert_int_not_equal(run("first.sql"), 0);
    assert_int_not_equal(run("0002_missing.sql"), 0);
}

static int prepare(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    write_file("r.sql", "-- name: r\nSELECT 1\n");
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
    const struct CMUnitTest tests[] = { cmocka_unit_test(takes_queries), cmocka_unit_test(refuses_bad_queries),
                                        cmocka_unit_test(refuses_gaps_of_migrations) };
    return cmocka_run_group_tests(tests, prepare, clean);
}
