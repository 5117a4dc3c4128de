/* SPDX-License-Identifier: Apache-2.0 */
/* What a client may get wrong, each kind once, over the socket of a running daemon: the error, the field, and that the
 * journal has not moved. The caller is the manager of one cooperative; without root, which it takes to be somebody
 * else, an administrator, and what is only refused to a manager is left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/guest.h"
#include "tests/support/house.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MANAGER = 65533 };

static struct house house;
static struct guest admin, guest;
static bool is_manager;

#define EDITION(number, code)                                                                                          \
    "{standard: std, name: S, owner: us, domain: quality, certifies: management_system, edition: '" number             \
    "', class_from_level: true, source: invented, pass: [{kind: all, level: major}],"                                  \
    "requirements: [{code: " code ", level: major, texts: [{lang: en, title: x}]}]}"
#define AUDIT "holder: E1, edition: 'std:1', kind: internal_inspection, "

static const char *const furniture[][2] = {
    { "standard.publish", EDITION("1", "R1") },
    { "standard.publish", EDITION("2", "Q1") },
    { "coop.create", "{code: ALFA, name: Alpha}" },
    { "coop.create", "{code: BETA, name: Beta}" },
    { "enterprise.create", "{code: E1, name: E, activity: farm, cooperative: ALFA, joined_on: 2026-01-01}" },
    { "enterprise.create", "{code: E2, name: E, activity: farm, cooperative: BETA, joined_on: 2026-01-01}" },
    { "audit.record", "{holder: E2, edition: 'std:1', kind: internal_inspection, on: 2026-02-01,"
                      "responses: [{requirement: R1, result: nonconforming}]}" },
    { "grant.add", "{user: '65533', role: manager, cooperative: ALFA}" },
};

/* field NULL: the error names none. */
static const struct wrong {
    const char *method, *params;
    int code;
    const char *field;
} wrongs[] = {
    { "coop.explode", "{}", ERR_NO_METHOD, NULL },
    { "coop.update", "{cooperative: ALFA, colour: red}", ERR_INVALID_PARAM, "colour" },
    { "coop.update", "{cooperative: ALFA, name: 5}", ERR_INVALID_PARAM, "name" },
    { "coop.update", "{cooperative: ALFA, name: A, name: B}", ERR_INVALID_PARAM, "name" },
    { "coop.update", "{cooperative: ALFA, name: '\xc3\x28'}", ERR_INVALID_PARAM, "name" },
    { "coop.update", "{cooperative: ALFA, name: x, request: yesterday}", ERR_INVALID_PARAM, "request" },
    { "coop.show", "[{cooperative: ALFA}]", ERR_INVALID_PARAM, NULL },
    { "coop.update", "{name: x}", ERR_INVALID_PARAM, "cooperative" },
    { "coop.list", "{limit: 0}", ERR_INVALID_PARAM, "limit" },
    { "coop.list", "{limit: 1001}", ERR_INVALID_PARAM, "limit" },
    { "audit.list", "{after: yesterday}", ERR_INVALID_PARAM, "after" },
    { "status.show", "{holder: ALFA, as_of: 2026-02-30}", ERR_INVALID_PARAM, "as_of" },
    { "coop.show", "{cooperative: NONE}", ERR_NOT_FOUND, "cooperative" },
    { "audit.record", "{" AUDIT "on: 2026-11-24, responses: [{requirement: R1, result: conforming}]}",
      ERR_INVALID_PARAM, "on" },
    { "audit.record", "{" AUDIT "on: 2026-03-01, responses: [{requirement: Q1, result: conforming}]}",
      ERR_INVALID_PARAM, "responses[0].requirement" },
    { "audit.record", "{" AUDIT "on: 2026-03-01, responses: [{requirement: R1, result: splendid}]}", ERR_INVALID_PARAM,
      "responses[0].result" },
    { "member.join", "{cooperative: ALFA, enterprise: E1}", ERR_CONFLICT, "on" },
    { "member.join", "{cooperative: ALFA, enterprise: E1, on: 2025-12-01}", ERR_CONFLICT, "on" },
};

static const struct wrong foreign[] = {
    { "coop.show", "{cooperative: BETA}", ERR_NOT_FOUND, "cooperative" },
    { "coop.update", "{cooperative: BETA, name: x}", ERR_NOT_FOUND, "cooperative" },
    { "enterprise.update", "{enterprise: E2, name: x}", ERR_NOT_FOUND, "enterprise" },
    { "status.show", "{holder: E2}", ERR_NOT_FOUND, "holder" },
    { "audit.show", "{audit: A1}", ERR_NOT_FOUND, "audit" },
    { "finding.show", "{finding: F1}", ERR_NOT_FOUND, "finding" },
    { "member.list", "{cooperative: BETA}", ERR_NOT_FOUND, "cooperative" },
    { "member.join", "{cooperative: BETA, enterprise: E1}", ERR_NOT_FOUND, "cooperative" },
    { "pursuit.enrol", "{holder: E2, edition: std}", ERR_NOT_FOUND, "holder" },
    { "import.audits", "{edition: 'std:1', cooperative: BETA, rows: []}", ERR_NOT_FOUND, "cooperative" },
    { "import.audits", "{edition: 'std:1', rows: []}", ERR_DENIED, "cooperative" },
    { "enterprise.create", "{code: E3, name: x, activity: farm}", ERR_DENIED, "cooperative" },
    { "standard.publish", EDITION("3", "R1"), ERR_DENIED, NULL },
    { "grant.add", "{user: '65533', role: admin}", ERR_DENIED, NULL },
    { "journal.show", "{}", ERR_DENIED, NULL },
};

static void connect_as(struct guest *g, uid_t uid)
{
    assert_int_equal(setegid(uid), 0);
    assert_int_equal(seteuid(uid), 0);
    guest_connect(g, house.socket);
    assert_int_equal(seteuid(0), 0);
    assert_int_equal(setegid(0), 0);
}

static int start(void **state)
{
    (void)state;
    house_open(&house);
    house_start(&house, "2026-11-23T12:00:00Z", NULL);
    guest_connect(&admin, house.socket);
    for (size_t i = 0; i < sizeof furniture / sizeof furniture[0]; i++)
        if (guest_call(&admin, NULL, furniture[i][0], "%s", furniture[i][1]) != OK)
            fail_msg("%s: %s: %s", furniture[i][0], admin.err.field, admin.err.message);
    is_manager = geteuid() == 0;
    if (!is_manager) {
        guest_connect(&guest, house.socket);
        return 0;
    }
    assert_int_equal(chmod(house.directory, 0711), 0);
    assert_int_equal(chmod(house.socket, 0666), 0);
    connect_as(&guest, MANAGER);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    guest_close(&guest);
    guest_close(&admin);
    int status = house_stop(&house);
    house_close(&house);
    return status;
}

static struct chain_head head(void)
{
    struct chain_head ret = { 0 };
    assert_int_equal(guest_call(&admin, &ret, "journal.head", "{}"), OK);
    return ret;
}

static void check(struct guest *g, const struct wrong *w, size_t n)
{
    struct chain_head before = head();
    for (size_t i = 0; i < n; i++) {
        int code = guest_call(g, NULL, w[i].method, "%s", w[i].params);
        const char *field = w[i].field != NULL ? w[i].field : "";
        if (code != w[i].code || strcmp(g->err.field, field) != 0)
            fail_msg("%s %s: %d, field '%s': %s", w[i].method, w[i].params, code, g->err.field, g->err.message);
        assert_true(mp_text_is_valid(g->err.message, strlen(g->err.message)));
        assert_string_equal(head().hash, before.hash);
    }
}

static void test_each_kind_is_refused(void **state)
{
    (void)state;
    check(&guest, wrongs, sizeof wrongs / sizeof wrongs[0]);
}

static void test_what_is_of_others_is_refused(void **state)
{
    struct whoami who = { 0 };
    (void)state;
    if (!is_manager) {
        fputs("bad_input_test: skipped: it takes root to call as somebody else\n", stderr);
        skip();
    }
    assert_int_equal(guest_call(&guest, &who, "system.whoami", "{}"), OK);
    assert_int_equal(who.uid, MANAGER);
    check(&guest, foreign, sizeof foreign / sizeof foreign[0]);
}

static void test_published_edition_stays(void **state)
{
    static const struct wrong edited = { "standard.publish", EDITION("1", "R9"), ERR_CONFLICT, "edition" };
    (void)state;
    check(&admin, &edited, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_kind_is_refused),
        cmocka_unit_test(test_what_is_of_others_is_refused),
        cmocka_unit_test(test_published_edition_stays),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
