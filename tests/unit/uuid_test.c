/* SPDX-License-Identifier: Apache-2.0 */
/* UUIDs: versions, order in time, and names that always give the same. */
#include "common/uuid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void test_make(void **state)
{
    (void)state;
    char first[UUID_TEXT], second[UUID_TEXT], again[UUID_TEXT];
    uint8_t uuid[UUID_SIZE];
    uuid_make(first);
    nanosleep(&(struct timespec){ .tv_nsec = 3000000 }, NULL);
    uuid_make(second);
    assert_true(strcmp(first, second) < 0);
    assert_int_equal(first[14], '7');
    assert_true(uuid_parse(first, uuid));
    assert_int_equal(uuid[8] & 0xC0, 0x80);
    assert_string_equal(uuid_format(uuid, again), first);
}

static void test_parse(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "0189",
        "01890a5d-ac96-774b-bcce-b302099a805",
        "01890a5d-ac96-774b-bcce-b302099a80577",
        "01890a5d-ac96-774b-bcce-b302099a805g",
        "01890a5dac96-774b-bcce-b302099a8057-",
        "01890a5d-ac96-774b-bcceb-302099a8057",
    };
    uint8_t lower[UUID_SIZE], upper[UUID_SIZE];
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(uuid_parse(bad[i], lower));
    assert_true(uuid_parse("01890a5d-ac96-774b-bcce-b302099a8057", lower));
    assert_true(uuid_parse("01890A5D-AC96-774B-BCCE-B302099A8057", upper));
    assert_memory_equal(lower, upper, UUID_SIZE);
}

static void test_name(void **state)
{
    (void)state;
    char text[UUID_TEXT];
    const uint8_t bytes[UUID_SIZE] = { 0x6c, 0x62, 0x27, 0x2e, 0x07, 0xbb, 0x01, 0x42,
                                       0x62, 0xb8, 0x21, 0x75, 0x62, 0x95, 0xc5, 0x8d };
    assert_string_equal(uuid_name(bytes, text), "6c62272e-07bb-8142-a2b8-21756295c58d");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_make),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
