/* SPDX-License-Identifier: Apache-2.0 */
/* Days, choices and prose as people read them in the views. Texts live in the arena. */
#pragma once

#include "client/write/out.h"
#include "common/api/api.h"
#include "common/arena.h"

/* YYYY-MM-DD; NULL for a day not given. */
const char *words_day(struct date d, struct arena *a);
/* The name of a choice with blanks: not_ready is 'not ready'. */
const char *words_choice(enum enum_id set, int value, struct arena *a);
/* So many days from now: 'in 3 days', 'tomorrow', 'today', 'yesterday', '3 days ago'. */
const char *words_when(int64_t days, struct arena *a);
/* Where lines of prose end: at the terminal's width, and no later than at 80 columns. */
int words_columns(const struct out *o);
/* Puts the text in lines of that width, each beginning at a column: of
 * words_put also the first; of words_put_on the first goes on where the cursor is, which is that column. */
void words_put(struct out *o, const char *text, int column);
void words_put_on(struct out *o, const char *text, int column);
