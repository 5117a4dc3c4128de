/* SPDX-License-Identifier: Apache-2.0 */
/* Lives: which state may follow which, and what an error says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/call/lifecycle.h"

#include <string.h>

static void test_moves_of_a_pursuit(void **state)
{
    (void)state;
    assert_true(lifecycle_allows(LIFECYCLE_pursuit, PURSUIT_ENROLLED, PURSUIT_PREPARING));
    assert_true(lifecycle_allows(LIFECYCLE_pursuit, PURSUIT_SUSPENDED, PURSUIT_CERTIFIED));
    assert_false(lifecycle_allows(LIFECYCLE_pursuit, PURSUIT_ENROLLED, PURSUIT_CERTIFIED));
    assert_false(lifecycle_allows(LIFECYCLE_pursuit, PURSUIT_ENDED, PURSUIT_ENROLLED));
    assert_false(lifecycle_allows(LIFECYCLE_pursuit, 0, PURSUIT_ENROLLED));
    assert_false(lifecycle_allows(LIFECYCLE_pursuit, 99, 99));
}

static void test_error_says_what_may_follow(void **state)
{
    (void)state;
    struct err e = { 0 };
    assert_int_equal(lifecycle_move(LIFECYCLE_audit, AUDIT_PLANNED, AUDIT_CONCLUDED, "audit", &e), ERR_BAD_STATE);
    assert_string_equal(e.field, "audit");
    assert_string_equal(e.message,
                        "it is planned and cannot become concluded; it can become done (audit record --planned) "
                        "or cancelled (audit cancel)");
    lifecycle_move(LIFECYCLE_nonconformity, FINDING_PLANNED, FINDING_PLANNED, NULL, &e);
    assert_string_equal(e.message,
                        "it is already planned; it can become open (finding reject) or accepted (finding accept)");
    assert_int_equal(lifecycle_move(LIFECYCLE_audit, AUDIT_CANCELLED, AUDIT_DONE, NULL, &e), ERR_BAD_STATE);
    assert_non_null(strstr(e.message, "final"));
}

/* Every state but the first can be reached, and every state that can be left is reached or the first. */
static void test_every_state_is_reached(void **state)
{
    (void)state;
    static const struct {
        enum lifecycle life;
        enum enum_id states;
        unsigned
            derived; /* states that nothing moves to, as bits: they follow from the day, or from what another became */
    } lives[] = {
        { LIFECYCLE_pursuit, ENUM_pursuit_state, 0 },
        { LIFECYCLE_audit, ENUM_audit_state, 1U << AUDIT_CORRECTED | 1U << AUDIT_VOID },
        { LIFECYCLE_nonconformity, ENUM_finding_state, 1U << FINDING_VOID },
        { LIFECYCLE_observation, ENUM_finding_state, 1U << FINDING_VOID },
        { LIFECYCLE_certificate, ENUM_certificate_state, 1U << CERT_EXPIRED },
        { LIFECYCLE_intervention, ENUM_intervention_state, 0 },
    };
    for (size_t l = 0; l < sizeof lives / sizeof lives[0]; l++)
        for (int to = 2; to <= api_enums[lives[l].states].count; to++) {
            bool reached = (lives[l].derived >> to & 1U) != 0;
            for (int from = 1; from <= api_enums[lives[l].states].count; from++)
                reached = reached || lifecycle_allows(lives[l].life, from, to);
            assert_true(reached);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves_of_a_pursuit),
        cmocka_unit_test(test_error_says_what_may_follow),
        cmocka_unit_test(test_every_state_is_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
