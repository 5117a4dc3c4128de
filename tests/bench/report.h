/* SPDX-License-Identifier: Apache-2.0 */
/* Figures of one run: samples by name and number of connections, and ratios of their medians. */
#pragma once

#include <stdio.h>

struct report;

struct report *report_new(void);
void report_free(struct report *r);
/* One sample more of a figure. connections: 0 where it has none. unit: a literal, like all texts here. */
void report_add(struct report *r, const char *name, size_t connections, const char *unit, double value);
/* The median of one figure over that of another. aim: what is aimed at, "" for nothing. */
void report_ratio(struct report *r, const char *name, size_t connections, const char *over, size_t over_connections,
                  const char *under, size_t under_connections, const char *aim);
/* What a figure itself is aimed at. */
void report_aim(struct report *r, const char *name, size_t connections, const char *aim);
void report_table(const struct report *r, FILE *out);
void report_json(const struct report *r, FILE *out);
