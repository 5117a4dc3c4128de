/* SPDX-License-Identifier: Apache-2.0 */
/* Days, choices and prose as people read them in the views. Texts live in the arena. */
#pragma once

#include "client/write/out.h"
#include "common/api/api.h"
#include "common/arena.h"

/* YYYY-MM-DD; NULL for a day not given. */
/* A copy; NULL for NULL. */
const char *words_copy(const char *text, struct arena *a);
const char *words_day(struct date d, struct arena *a);
/* The name of a choice with spaces: not_ready is 'not ready'. */
const char *words_choice(enum enum_id set, int value, struct arena *a);
/* A verdict with what proves it: 'ready, by internal inspection'; grade 0 where nothing does. */
const char *words_verdict(enum verdict verdict, enum grade grade, struct arena *a);
/* What proves a verdict: 'by internal inspection'. */
const char *words_proof(enum grade grade);
/* Days from now: 'in 3 days', 'tomorrow', 'today', 'yesterday', '3 days ago'. */
const char *words_when(int64_t days, struct arena *a);
/* How late something was done: 'on time', '1 day late', '3 days late'. */
const char *words_late(int64_t days, struct arena *a);
/* Where lines of prose end: at the terminal's width, at most 80 columns. */
int words_columns(const struct out *o);
/* Writes the text in lines of that width, each starting at a column. With words_put_on the first line continues at the
 * cursor, which is at that column. */
void words_put(struct out *o, const char *text, int column);
void words_put_on(struct out *o, const char *text, int column);
