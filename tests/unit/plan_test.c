/* SPDX-License-Identifier: Apache-2.0 */
/* How SQLite goes about each query: what would be read whole, of the tables that grow with members and years, is known
 * here by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/store/inner.h"
#include "tests/support/desk.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLES = 100, NAME = 64 };

/* Queries that look at everything because they are asked about everything, or hardly anything is there. */
static const char *const known[] = {
    "carry_certificate",                /* certificates, when a migration is taken back */
    "carry_onward",                     /* migrations */
    "cert_cycles",                      /* certificates */
    "due_certificates",                 /* certificates */
    "due_appointments",                 /* by an index of those that end */
    "due_actions",                      /* actions of plans */
    "finding_pending",                  /* what is open of everybody in scope */
    "impartiality_conflicts",           /* every audit is compared */
    "impartiality_overrides_of_holder", /* overrides */
    "journal_head",                     /* the last of it */
    "journal_responses_stray",          /* every audit is compared */
    "notice_list",                      /* from the newest on, until a page is full */
    "rollup_count",                     /* everything is counted */
    "rollup_differing",                 /* everything is computed again */
    "status_holders_all",               /* everybody is asked about */
};

static struct desk desk;
static char tables[TABLES][NAME];
static size_t n_tables;

static int start(void **state)
{
    (void)state;
    desk_start(&desk, "2026-06-01");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static bool is_known(const char *name)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i], name) == 0)
            return true;
    return false;
}

/* Tables that hold a few rows whatever happens. */
static const char *const small[] = { "edition", "edition_rules", "migration", "zone_setting" };

static bool is_small(const char *table)
{
    for (size_t i = 0; i < sizeof small / sizeof small[0]; i++)
        if (strcmp(small[i], table) == 0)
            return true;
    return false;
}

static bool is_word(const char *text, const char *word, size_t length)
{
    return strncmp(text, word, length) == 0 && strspn(text + length, "_abcdefghijklmnopqrstuvwxyz0123456789") == 0;
}

/* Whether the query has the table under this name: FROM audit a. */
static bool has_as(const char *query, const char *table, const char *name, size_t length)
{
    for (const char *at = strstr(query, table); at != NULL; at = strstr(at + 1, table)) {
        const char *next = at + strlen(table) + strspn(at + strlen(table), " ");
        if (at[-1] == ' ' && (is_word(at, name, length) || is_word(next, name, length)))
            return true;
    }
    return false;
}

/* Whether a step of a plan reads a table whole: not what a WITH made, nor an index alone. */
static bool reads_all(const char *query, const char *step)
{
    if (strncmp(step, "SCAN ", 5) != 0 || strstr(step, "COVERING INDEX") != NULL)
        return false;
    for (size_t i = 0; i < n_tables; i++)
        if (!is_small(tables[i]) && has_as(query, tables[i], step + 5, strcspn(step + 5, " ")))
            return true;
    return false;
}

static bool plan_reads_all(sqlite3 *db, const char *query, const char *name)
{
    char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", query);
    sqlite3_stmt *s;
    bool all = false;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        fail_msg("%s: %s", name, sqlite3_errmsg(db));
    while (sqlite3_step(s) == SQLITE_ROW)
        all = all || reads_all(query, (const char *)sqlite3_column_text(s, 3));
    sqlite3_finalize(s);
    sqlite3_free(sql);
    return all;
}

static void read_tables(sqlite3 *db)
{
    static const char sql[] = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    for (n_tables = 0; sqlite3_step(s) == SQLITE_ROW; n_tables++) {
        assert_true(n_tables < TABLES);
        snprintf(tables[n_tables], NAME, "%s", (const char *)sqlite3_column_text(s, 0));
    }
    sqlite3_finalize(s);
}

static void what_reads_all_is_known(void **state)
{
    (void)state;
    char path[DESK_PATH];
    sqlite3 *db;
    int wrong = 0;
    desk_path(&desk, path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    read_tables(db);
    for (size_t i = 1; i < store_query_count; i++) {
        const char *name = store_queries[i]->name;
        bool all = plan_reads_all(db, store_queries[i]->text, name);
        if (all != is_known(name))
            fprintf(stderr, "%s %s\n", name,
                    all ? "reads a table whole: give it an index"
                        : "reads no table whole any more: strike it out here");
        wrong += all != is_known(name);
    }
    sqlite3_close(db);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(what_reads_all_is_known) };
    return cmocka_run_group_tests(tests, start, stop);
}
