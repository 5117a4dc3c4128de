/* SPDX-License-Identifier: Apache-2.0 */
/* A cooperative whose results move to another edition. */
#pragma once

#include "tests/support/sample.h"

/* 2026-03-10; the editions one:1, two:1 and mid:1, and the farms E1, E2 and E3 of A. */
void moving_open(struct desk *desk);
/* The journal and the standings are sound; the desk is gone. */
void moving_close(struct desk *desk);
int moving_migrate(struct desk *desk, const char *from, const char *to, struct edition_migration *ret);
/* on NULL: today. */
int moving_rollback(struct desk *desk, const char *migration, const char *on);
/* The standing on an edition, on a day (NULL: today); all zero if there is none. */
struct standing moving_standing(struct desk *desk, const char *holder, const char *edition, const char *as_of);
