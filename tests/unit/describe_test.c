/* SPDX-License-Identifier: Apache-2.0 */
/* The description holds every method, record, enumeration and error, and fits its own record. */
#include "common/codec.h"
#include "common/describe.h"
#include "common/scope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 8 << 20, REPLY = 1 << 20 };

static const struct method_doc *find_method(const struct description *d, const char *name)
{
    for (size_t i = 0; i < d->n_methods; i++)
        if (strcmp(d->methods[i].name, name) == 0)
            return &d->methods[i];
    fail_msg("%s is not described", name);
    return NULL;
}

static void test_description_fits_a_message(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    SCOPED(buf_fini) struct buf b;
    struct description d;
    struct err e = { 0 };
    struct mp_guard guard;
    arena_init(&a, ARENA);
    buf_init(&b, REPLY);
    assert_int_equal(describe_build(&a, &d, &e), OK);
    assert_int_equal(codec_encode_record(RECORD_description, &d, &b, &e), OK);
    mp_guard_init(&guard, MP_MESSAGE_MAX);
    assert_int_equal(mp_guard_feed(&guard, b.data, b.size), MP_WHOLE);
    assert_int_equal(d.n_methods, METHOD_COUNT);
    assert_int_equal(d.n_records, RECORD_COUNT - 1);
    assert_int_equal(d.n_enums, ENUM_COUNT - 1);
    assert_true(d.n_errors >= 14);
}

static void test_parameters_and_options(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    struct description d;
    struct err e = { 0 };
    arena_init(&a, ARENA);
    assert_int_equal(describe_build(&a, &d, &e), OK);
    const struct method_doc *create = find_method(&d, "person.create"), *list = find_method(&d, "coop.list");
    assert_string_equal(create->kind, "write");
    assert_string_equal(create->roles, "manager, admin");
    assert_string_equal(create->params[0].name, "code");
    assert_true(create->params[0].argument && create->params[0].required);
    assert_true(create->params[1].personal);
    assert_string_equal(create->params[create->n_params - 1].name, "request");
    assert_true(list->pages);
    assert_string_equal(list->roles, "anyone");
    assert_string_equal(list->params[list->n_params - 1].name, "after");
    assert_string_equal(list->params[0].of, "cluster");
    assert_false(list->params[1].has_min);
}

static void test_no_memory(void **state)
{
    (void)state;
    struct description d;
    for (size_t limit = 0;; limit += 1000) {
        SCOPED(arena_reset) struct arena a;
        struct err e = { 0 };
        arena_init(&a, limit);
        if (describe_build(&a, &d, &e) == OK)
            break;
        assert_int_equal(e.code, ERR_TOO_BIG);
        assert_true(limit < ARENA);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_description_fits_a_message),
        cmocka_unit_test(test_parameters_and_options),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
