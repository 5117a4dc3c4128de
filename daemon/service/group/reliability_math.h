/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of reliability, in thousandths. Pure; only + - * / on doubles, each rounded as IEEE 754 has it, so that
 * the rounded results are the same on every machine. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Requirements that an internal and the following external inspection assessed. */
struct reliability_table {
    int64_t both;          /* nonconforming in both */
    int64_t missed;        /* in the external only */
    int64_t internal_only; /* in the internal only */
    int64_t neither;
};

/* k of n with its exact binomial interval of 95 % (Clopper and Pearson 1934), each to the nearest thousandth. */
struct reliability_share {
    int64_t share, low, high;
};

/* False, and *ret untouched, if n is 0. 0 <= k <= n. */
bool reliability_share(int64_t k, int64_t n, struct reliability_share *ret);
/* Cohen's kappa (1960) to the nearest thousandth. False, and *ret untouched, if undefined: nothing was compared, or
 * chance alone would always agree. */
bool reliability_kappa(const struct reliability_table *t, int64_t *ret);
