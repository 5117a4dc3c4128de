/* SPDX-License-Identifier: Apache-2.0 */
/* The journal in a store: appending, repeated requests, the chain and every way to break it, and what
 * the handlers show of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/mp.h"
#include "common/scope.h"
#include "daemon/journal/chain.h"
#include "daemon/journal/journal.h"
#include "daemon/service/call/handlers.h"
#include "daemon/store/digest.h"
#include "tests/support/expect.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static char folder[40], path[80];
static struct store *store;
static struct arena arena;
static struct err err;
static struct call call;

static void make_request(int64_t seq, uint8_t request[UUID_SIZE])
{
    memset(request, 0, UUID_SIZE);
    request[0] = (uint8_t)seq;
    request[1] = (uint8_t)(seq >> 8);
}

static void append(const char *method, const struct buf *params, bool salted)
{
    static const uint8_t salt[ENTRY_SALT] = "0123456789abcde";
    struct entry entry = { .at = { 1795417200000000 },
                           .uid = 70000,
                           .user = "ana",
                           .method = method,
                           .params = params->data,
                           .params_size = params->size };
    struct buf result = { .data = (uint8_t[]){ 0x80 }, .size = 1 };
    must(&err, store_begin(store, &err));
    must(&err, journal_next(store, &entry.seq, &err));
    make_request(entry.seq, entry.request);
    must(&err, journal_append(store, &entry, salted ? salt : NULL, &result, &err));
    must(&err, store_commit(store, &err));
}

static void append_plain(const char *name)
{
    struct buf params SCOPED(buf_fini);
    msgpack_packer pk;
    buf_init(&params, 1 << 20);
    mp_packer_init(&pk, &params);
    msgpack_pack_map(&pk, 1);
    mp_put_text(&pk, "name");
    mp_put_text(&pk, name);
    append("coop.create", &params, true);
}

static void put_digest(msgpack_packer *pk, const char *value)
{
    struct bytes whole = { (const uint8_t *)value, strlen(value) };
    uint8_t digest[DIGEST_SIZE];
    mp_put_text(pk, "responses");
    assert_true(digest_parts(&whole, 1, digest));
    mp_put_bytes(pk, digest, sizeof digest);
}

static void append_audit(const char *responses)
{
    struct buf params SCOPED(buf_fini);
    msgpack_packer pk;
    buf_init(&params, 1 << 20);
    mp_packer_init(&pk, &params);
    msgpack_pack_map(&pk, 2);
    mp_put_text(&pk, "holder");
    mp_put_text(&pk, "E");
    put_digest(&pk, responses);
    append("audit.record", &params, false);
}

/* Rows of holder E, their sources s0, s1, ... */
static void append_import(const char *const *responses, uint32_t n)
{
    struct buf params SCOPED(buf_fini);
    msgpack_packer pk;
    buf_init(&params, 1 << 20);
    mp_packer_init(&pk, &params);
    msgpack_pack_map(&pk, 1);
    mp_put_text(&pk, "rows");
    msgpack_pack_array(&pk, n);
    for (uint32_t i = 0; i < n; i++) {
        char source[16];
        snprintf(source, sizeof source, "s%u", (unsigned)i);
        msgpack_pack_map(&pk, 3);
        mp_put_text(&pk, "holder");
        mp_put_text(&pk, "E");
        mp_put_text(&pk, "source");
        mp_put_text(&pk, source);
        put_digest(&pk, responses[i]);
    }
    append("import.audits", &params, false);
}

/* Behind the back of the store, as somebody with the file in hand would. */
static void meddle(const char *sql)
{
    sqlite3 *db;
    char *why = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s", why);
    sqlite3_close(db);
}

static void insert_audit(int id, int64_t seq, const char *source, const char *responses)
{
    char sql[400];
    snprintf(sql, sizeof sql,
             "INSERT INTO audit (id, holder_id, edition_id, kind, state, performed_on, source, journal_seq, responses) "
             "VALUES (%d, 1, 1, 'internal_audit', 'done', '2026-11-23', '%s', %lld, CAST('%s' AS BLOB))",
             id, source, (long long)seq, responses);
    meddle(sql);
}

/* Verifies; why NULL: the chain holds. */
static void verify_pinned(struct chain_pin pin, int64_t broken, const char *why)
{
    struct chain_report r;
    must(&err, chain_verify(store, &pin, &r, &err));
    assert_int_equal(r.broken, broken);
    if (why != NULL && strstr(r.why, why) == NULL)
        fail_msg("expected '%s', it said: %s", why, r.why);
}

static void verify(int64_t broken, const char *why)
{
    verify_pinned((struct chain_pin){ 0 }, broken, why);
}

static void finds_a_repeated_request(void **state)
{
    (void)state;
    uint8_t request[UUID_SIZE];
    struct journal_found found;
    append_plain("Alpha");
    append_audit("r");
    make_request(1, request);
    must(&err, journal_find(store, request, &arena, &found, &err));
    assert_int_equal(found.seq, 1);
    assert_int_equal(found.uid, 70000);
    assert_string_equal(found.method, "coop.create");
    assert_true(found.has_salt);
    assert_memory_equal(found.salt, "0123456789abcde", ENTRY_SALT);
    assert_int_equal(found.result.size, 1);
    assert_int_equal(found.params.data[0], 0x81);
    make_request(2, request);
    must(&err, journal_find(store, request, &arena, &found, &err));
    assert_false(found.has_salt);
    make_request(3, request);
    must(&err, journal_find(store, request, &arena, &found, &err));
    assert_int_equal(found.seq, 0);
}

static void refuses_a_gap(void **state)
{
    (void)state;
    struct entry entry = {
        .seq = 2, .user = "ana", .method = "coop.create", .params = (uint8_t[]){ 0x80 }, .params_size = 1
    };
    struct buf result = { .data = (uint8_t[]){ 0x80 }, .size = 1 };
    assert_int_equal(journal_append(store, &entry, NULL, &result, &err), ERR_INTERNAL);
}

static void the_chain_holds(void **state)
{
    (void)state;
    struct chain_report r;
    int64_t seq;
    uint8_t hash[ENTRY_HASH];
    verify(0, NULL);
    for (int i = 0; i < 5; i++)
        append_plain("Alpha");
    must(&err, chain_verify(store, &(struct chain_pin){ 0 }, &r, &err));
    assert_int_equal(r.entries, 5);
    must(&err, chain_last(store, &seq, hash, &err));
    assert_int_equal(seq, 5);
    assert_memory_equal(hash, r.head, ENTRY_HASH);
    struct chain_pin pin = { .seq = 5 };
    memcpy(pin.hash, hash, ENTRY_HASH);
    verify_pinned(pin, 0, NULL);
    pin.seq = 4;
    verify_pinned(pin, 4, "given");
    pin.seq = 6;
    verify_pinned(pin, 6, "given");
}

static void a_table_of_breaks(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        int64_t broken;
        const char *why;
    } breaks[] = {
        { "UPDATE journal SET user = 'eve' WHERE seq = 4", 4, "does not match its digest" },
        { "UPDATE journal SET params = x'80' WHERE seq = 3", 3, "does not match its digest" },
        { "UPDATE journal SET hash = zeroblob(32) WHERE seq = 2", 2, "does not match its digest" },
        { "UPDATE journal SET hash = x'00' WHERE seq = 2", 2, "not a journal entry" },
        { "DELETE FROM journal WHERE seq < 3", 1, "missing entry; the next one is 3" },
        { "UPDATE journal SET seq = 1 WHERE seq = 3", 1, "does not match its digest" },
    };
    for (int i = 0; i < 5; i++)
        append_plain("Alpha");
    verify(0, NULL);
    meddle("DROP TRIGGER journal_is_append_only_update; DROP TRIGGER journal_is_append_only_delete");
    for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++) {
        meddle(breaks[i].sql);
        verify(breaks[i].broken, breaks[i].why);
    }
}

static void append_only(void **state)
{
    (void)state;
    sqlite3 *db;
    append_plain("Alpha");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE journal SET user = 'eve'", NULL, NULL, NULL), SQLITE_CONSTRAINT);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM journal", NULL, NULL, NULL), SQLITE_CONSTRAINT);
    sqlite3_close(db);
}

static void detached_values_are_checked(void **state)
{
    (void)state;
    static const char *const rows[] = { "a", "b", "c" };
    struct chain_report r;
    append_audit("seen");
    verify(1, "missing");
    insert_audit(1, 1, "s1", "seen");
    verify(0, NULL);
    append_import((const char *const[]){ "a", "seen", "c" }, 3); /* s1 is there already */
    insert_audit(2, 2, "s0", "a");
    insert_audit(3, 2, "s2", "c");
    must(&err, chain_verify(store, &(struct chain_pin){ 0 }, &r, &err));
    assert_int_equal(r.broken, 0);
    assert_int_equal(r.detached, 4);
    meddle("UPDATE audit SET responses = CAST('x' AS BLOB) WHERE id = 3");
    verify(2, "A3");
    meddle("UPDATE audit SET responses = CAST('c' AS BLOB) WHERE id = 3");
    insert_audit(4, 2, "s9", "more");
    verify(2, "A4 has responses that are not in this entry");
    meddle("UPDATE audit SET journal_seq = 77 WHERE id = 4");
    verify(77, "A4");
    meddle("UPDATE audit SET journal_seq = NULL WHERE id = 4");
    verify(3, "A4");
    meddle("DELETE FROM audit WHERE id = 4");
    verify(0, NULL);
    append_import(rows, 3);
    verify(3, "(list 2 of 3)");
}

static void shows_pages(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        append_plain(i == 2 ? "\"Third\"" : "Alpha");
    struct page page = { 0 };
    must(
        &err,
        journal_show(
            &call,
            &(struct journal_show){
                .page = { .limit = 2, .has_limit = true }, .from = 2, .has_from = true, .until = 4, .has_until = true },
            &page));
    const struct journal_entry *rows = page.rows;
    assert_int_equal(page.n, 2);
    assert_string_equal(page.next, "3");
    assert_string_equal(rows[1].params, "{\"name\":\"\\\"Third\\\"\"}");
    assert_string_equal(rows[0].request, "02000000-0000-0000-0000-000000000000");
    struct page last = { 0 };
    must(&err, journal_show(&call,
                            &(struct journal_show){ .page = { .limit = 2, .has_limit = true, .after = page.next },
                                                    .until = 4,
                                                    .has_until = true },
                            &last));
    assert_int_equal(last.n, 1);
    assert_null(last.next);
    assert_int_equal(journal_show(&call, &(struct journal_show){ .page = { .after = "3x" } }, &last),
                     ERR_INVALID_PARAM);
    assert_string_equal(err.field, "after");
}

static void exports_values_and_bounds_pages(void **state)
{
    (void)state;
    append_audit("seen");
    insert_audit(1, 1, "s1", "seen");
    char *big = calloc(1, 300001);
    memset(big, 'a', 300000);
    for (int i = 0; i < 3; i++)
        append_plain(big);
    free(big);
    struct page page = { 0 }, rest = { 0 };
    must(&err, journal_export(&call, &(struct journal_export){ 0 }, &page));
    const struct exported_entry *rows = page.rows;
    assert_int_equal(page.n, 3);
    assert_string_equal(page.next, "3");
    assert_int_equal(rows[0].n_detached, 1);
    assert_memory_equal(rows[0].detached[0].value.data, "seen", 4);
    assert_int_equal(rows[0].hash.size, ENTRY_HASH);
    must(&err, journal_export(&call, &(struct journal_export){ .page = { .after = page.next } }, &rest));
    assert_int_equal(rest.n, 1);
    assert_null(rest.next);
    meddle("DELETE FROM audit");
    assert_int_equal(journal_export(&call, &(struct journal_export){ 0 }, &rest), ERR_INTERNAL);
    assert_non_null(strstr(err.message, "entry 1"));
}

static void answers_head_and_verify(void **state)
{
    (void)state;
    static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
    struct chain_head head = { 0 };
    struct journal_check check = { 0 };
    must(&err, journal_head(&call, &(struct journal_head){ 0 }, &head));
    assert_int_equal(head.seq, 0);
    assert_string_equal(head.hash, zeros);
    append_plain("Alpha");
    must(&err, journal_head(&call, &(struct journal_head){ 0 }, &head));
    must(&err, journal_verify(&call, &(struct journal_verify){ .seq = 1, .has_seq = true, .hash = head.hash }, &check));
    assert_int_equal(check.entries, 1);
    assert_false(check.has_broken);
    assert_string_equal(check.head, head.hash);
    must(&err, journal_verify(&call, &(struct journal_verify){ .seq = 1, .has_seq = true, .hash = zeros }, &check));
    assert_true(check.has_broken && check.broken == 1 && check.why != NULL);
    assert_string_equal(check.head, zeros);
    assert_int_equal(journal_verify(&call, &(struct journal_verify){ .seq = 1, .has_seq = true }, &check),
                     ERR_INVALID_PARAM);
    assert_string_equal(err.field, "hash");
    assert_int_equal(journal_verify(&call, &(struct journal_verify){ .hash = zeros }, &check), ERR_INVALID_PARAM);
    assert_string_equal(err.field, "seq");
}

static int prepare(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/journal-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/smed.db", folder);
    must(&err, store_open(&store, path, STORE_WRITER, &clock_system, &err));
    arena_init(&arena, 64 << 20);
    call = (struct call){ .store = store, .arena = &arena, .err = &err, .now = { 1795417200123456 } };
    meddle("INSERT INTO holder (id, kind, code, name, activity) VALUES (1, 'enterprise', 'E', 'E', 'farm');"
           "INSERT INTO standard VALUES (1, 's', 's', 's', 'quality', 'product');"
           "INSERT INTO edition VALUES (1, 1, '1', 's:1', NULL, NULL, NULL, 1, 'x', 1, 1)");
    return 0;
}

static int clean(void **state)
{
    (void)state;
    char command[80];
    arena_reset(&arena);
    store_close(store);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

#define WITH_JOURNAL(test) cmocka_unit_test_setup_teardown(test, prepare, clean)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_JOURNAL(finds_a_repeated_request),
        WITH_JOURNAL(refuses_a_gap),
        WITH_JOURNAL(the_chain_holds),
        WITH_JOURNAL(a_table_of_breaks),
        WITH_JOURNAL(append_only),
        WITH_JOURNAL(detached_values_are_checked),
        WITH_JOURNAL(shows_pages),
        WITH_JOURNAL(exports_values_and_bounds_pages),
        WITH_JOURNAL(answers_head_and_verify),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
