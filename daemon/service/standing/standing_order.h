/* SPDX-License-Identifier: Apache-2.0 */
/* The order in which audits of one holder and edition follow each other. Pure. */
#pragma once

#include "common/api/api.h"

struct standing_audit {
    int64_t id;
    struct date performed_on;
    enum grade grade;   /* of a migration without meaning */
    bool is_carried;    /* of a migration: before all that is seen */
    const char *source; /* number at the source, or NULL */
};

/* By day, then the less independent first, then by source in natural order, those without one first. 0: of equal order;
 * never from the order in which they were recorded. Migrations come before, by day and number. */
int standing_order_compare(const struct standing_audit *a, const struct standing_audit *b);
void standing_order_sort(struct standing_audit *audits, size_t n);
/* Texts with runs of digits compared as numbers: 9 before 10. 0 only if they are the same. */
int standing_order_natural(const char *a, const char *b);
