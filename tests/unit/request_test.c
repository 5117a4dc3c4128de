/* SPDX-License-Identifier: Apache-2.0 */
/* Request ids of imports: of SHA-256, and what they were before. */
#include "client/helper/import/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

typedef int namer(const struct method *m, void *params, struct arena *a, struct err *e);

static const char *id(namer *name, const char *code)
{
    struct err e = { 0 };
    struct enterprise_row row = {
        .row = 2, .has_row = true, .code = code, .name = "Finca Sol", .activity = ACTIVITY_FARM
    };
    struct import_enterprises params = { .rows = &row, .n_rows = 1 };
    assert_int_equal(name(&api_methods[METHOD_import_enterprises], &params, &arena, &e), OK);
    return params.write.request;
}

/* sha256sum of the method's name and the packed parameters, with zeros for the id. */
static void test_of_sha256(void **state)
{
    (void)state;
    assert_string_equal(id(request_name, "sol"), "4292e095-c24e-85b9-9edf-4f37d81f730e");
    assert_string_not_equal(id(request_name, "sol"), id(request_name, "luna"));
}

/* As released: never another. */
static void test_older(void **state)
{
    (void)state;
    assert_string_equal(id(request_name_older, "sol"), "2c7f846e-cf4e-875e-98b0-dc7bf89173ee");
}

static int start(void **state)
{
    (void)state;
    arena_init(&arena, SIZE_MAX);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    arena_reset(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_of_sha256), cmocka_unit_test(test_older) };
    return cmocka_run_group_tests(tests, start, stop);
}
