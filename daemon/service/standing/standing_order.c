/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standing/standing_order.h"

#include <stdlib.h>
#include <string.h>

static size_t count_digits(const char *text)
{
    return strspn(text, "0123456789");
}

static const char *skip_zeros(const char *text)
{
    return text + strspn(text, "0");
}

/* Two runs of digits by their value, of any length; moves both behind them. */
static int compare_numbers(const char **a, const char **b)
{
    const char *x = skip_zeros(*a), *y = skip_zeros(*b);
    size_t n = count_digits(x), m = count_digits(y);
    *a = x + n;
    *b = y + m;
    if (n != m)
        return n < m ? -1 : 1;
    return strncmp(x, y, n);
}

int standing_order_natural(const char *a, const char *b)
{
    for (const char *x = a, *y = b; *x != '\0' || *y != '\0';) {
        if (count_digits(x) > 0 && count_digits(y) > 0) {
            int order = compare_numbers(&x, &y);
            if (order != 0)
                return order;
        } else if (*x != *y) {
            return (unsigned char)*x < (unsigned char)*y ? -1 : 1;
        } else {
            x++;
            y++;
        }
    }
    return strcmp(a, b);
}

static int compare_numbers_of(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int standing_order_compare(const struct standing_audit *a, const struct standing_audit *b)
{
    if (a->is_carried != b->is_carried)
        return a->is_carried ? -1 : 1;
    if (a->performed_on.day != b->performed_on.day)
        return compare_numbers_of(a->performed_on.day, b->performed_on.day);
    if (a->is_carried)
        return compare_numbers_of(a->id, b->id);
    if (a->grade != b->grade)
        return compare_numbers_of((int64_t)a->grade, (int64_t)b->grade);
    if (a->source == NULL || b->source == NULL)
        return (a->source != NULL) - (b->source != NULL);
    return standing_order_natural(a->source, b->source);
}

static int compare(const void *a, const void *b)
{
    return standing_order_compare(a, b);
}

void standing_order_sort(struct standing_audit *audits, size_t n)
{
    if (n > 1)
        qsort(audits, n, sizeof *audits, compare);
}
