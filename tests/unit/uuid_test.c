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

/* Published values of FNV-1a with 128 bits, but for the bits of version and variant. */
static void test_from_name(void **state)
{
    (void)state;
    char text[UUID_TEXT], other[UUID_TEXT];
    uuid_from_name("", 0, text);
    assert_string_equal(text, "6c62272e-07bb-8142-a2b8-21756295c58d");
    uuid_from_name("foobar", 6, text);
    assert_string_equal(text, "343e1662-793c-84bf-af0d-3597ba446f18");
    uuid_from_name("foobas", 6, other);
    assert_string_not_equal(text, other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_make),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_from_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
