/* SPDX-License-Identifier: Apache-2.0 */
/* The queue between the loop and threads: its bound, its order, groups, signs of life. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/work/queue.h"

enum { LIMIT = 4 };

static void test_takes_in_order_up_to_its_bound(void **state)
{
    struct queue q;
    struct work items[LIMIT + 1] = { 0 }, *taken[LIMIT + 1];
    (void)state;
    queue_init(&q, LIMIT);
    for (int i = 0; i < LIMIT; i++)
        assert_true(queue_push(&q, &items[i]));
    assert_false(queue_push(&q, &items[LIMIT]));
    assert_int_equal(queue_count(&q), LIMIT);
    assert_int_equal(queue_take(&q, taken, LIMIT + 1, SIZE_MAX), LIMIT);
    for (int i = 0; i < LIMIT; i++)
        assert_ptr_equal(taken[i], &items[i]);
    assert_true(queue_push(&q, &items[LIMIT]));
    queue_fini(&q);
}

static void test_group_is_bounded_in_items_and_bytes(void **state)
{
    struct queue q;
    struct work items[] = { { .bytes = 10 }, { .bytes = 10 }, { .bytes = 10 }, { .bytes = 100 } }, *taken[LIMIT];
    (void)state;
    queue_init(&q, LIMIT);
    for (int i = 0; i < LIMIT; i++)
        queue_push(&q, &items[i]);
    assert_int_equal(queue_take(&q, taken, 1, SIZE_MAX), 1);
    assert_int_equal(queue_take(&q, taken, LIMIT, 20), 2);
    /* One that is larger than a group by itself is taken alone. */
    assert_int_equal(queue_take(&q, taken, LIMIT, 20), 1);
    assert_ptr_equal(taken[0], &items[3]);
    queue_fini(&q);
}

static void test_closed_queue_is_emptied(void **state)
{
    struct queue q;
    struct work items[2] = { 0 }, *taken[LIMIT];
    (void)state;
    queue_init(&q, LIMIT);
    queue_push(&q, &items[0]);
    queue_close(&q);
    assert_false(queue_push(&q, &items[1]));
    assert_int_equal(queue_take(&q, taken, LIMIT, SIZE_MAX), 1);
    assert_int_equal(queue_take(&q, taken, LIMIT, SIZE_MAX), 0);
    queue_fini(&q);
}

static void test_taker_gives_a_sign_of_life(void **state)
{
    struct queue q;
    struct work item = { 0 }, *taken[LIMIT];
    (void)state;
    queue_init(&q, LIMIT);
    assert_true(queue_has_answered(&q));
    queue_ask(&q);
    assert_false(queue_has_answered(&q));
    queue_push(&q, &item);
    assert_false(queue_has_answered(&q));
    queue_take(&q, taken, LIMIT, SIZE_MAX);
    assert_true(queue_has_answered(&q));
    queue_fini(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_takes_in_order_up_to_its_bound),
        cmocka_unit_test(test_group_is_bounded_in_items_and_bytes),
        cmocka_unit_test(test_closed_queue_is_emptied),
        cmocka_unit_test(test_taker_gives_a_sign_of_life),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
