/* SPDX-License-Identifier: Apache-2.0 */
/* A register that lives: two cooperatives, six enterprises, two editions with rules, and day by day writes made up by
 * chance, every one of them dated today. What chance alone would never get right has a helping hand in life.c. Each
 * method has a stream of chance of its own (pool_stream), so that a new one leaves what the others do as it is. */
#pragma once

#include "tests/support/pool.h"

struct life {
    struct desk desk;
    struct pool pool;
    unsigned done[METHOD_COUNT], tried[METHOD_COUNT];
};

/* Stops the test when it fails. The first day is 2025-03-10. */
void life_begin(struct life *l, uint64_t seed);
void life_end(struct life *l);
void life_set_day(struct life *l, struct date day);
/* Some dozens of writes, and the pool filled with what came of them. */
void life_day(struct life *l);
/* Why chance leaves the method out; NULL where it is tried. */
const char *life_left_out(const struct method *m);
/* What is left out, but is no write any more; NULL: nothing. */
const char *life_idle_row(void);
