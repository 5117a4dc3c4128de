/* SPDX-License-Identifier: Apache-2.0 */
/* A living register: two cooperatives, six enterprises, two editions with rules, and random writes day by day, all
 * dated today. life.c has a hand for what chance alone never gets right. Each method has its own random stream
 * (pool_stream), so that a new one does not change what the others do. */
#pragma once

#include "tests/support/pool.h"

struct life {
    struct desk desk;
    struct pool pool;
    unsigned done[METHOD_COUNT], tried[METHOD_COUNT];
};

/* Stops the test on failure. The first day is 2025-03-10. */
void life_begin(struct life *l, uint64_t seed);
void life_end(struct life *l);
void life_set_day(struct life *l, struct date day);
/* Makes some dozens of writes and fills the pool with their results. */
void life_day(struct life *l);
/* Why the method is not tried at random; NULL if it is. */
const char *life_left_out(const struct method *m);
/* A method left out that is no longer a write; NULL if none. */
const char *life_idle_row(void);
