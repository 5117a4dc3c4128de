/* SPDX-License-Identifier: Apache-2.0 */
/* The status of a holder for people: a header line, a table with bars, and the blockers. */
#pragma once

#include "client/write/table.h"
#include "common/api/api.h"

/* A cooperative or an enterprise. */
void status_view_put(struct out *o, const struct status *s, struct arena *a);
/* How many findings were closed, by edition. */
struct status_closed {
    struct arena *arena;
    struct closed_share {
        const char *edition;
        int64_t on_time, late, overdue;
    } * rows;
    size_t n;
};
/* Adds what the rows tell of closing; they come by edition, and need not outlive the call. */
void status_view_count_closed(struct status_closed *closed, const struct timeliness *rows, size_t n);
/* 'Findings against small:1 closed on time: 3 of 4; open after their deadline: 1' */
void status_view_put_closed(struct out *o, const struct status_closed *closed, struct arena *a);
/* A table of cooperatives by edition, row by row; the row's pointers need not outlive the call. */
void status_view_begin_groups(struct table *t, struct arena *a);
void status_view_add_group(struct table *t, const struct group_status *g, bool with_name, bool utf8);
