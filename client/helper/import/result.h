/* SPDX-License-Identifier: Apache-2.0 */
/* The result codes of a file: their meaning, and how often each occurred. */
#pragma once

#include "client/helper/yaml/yaml.h"
#include "common/api/api.h"

struct result_code {
    const char *code, *note; /* note: for the response, or NULL */
    enum result result;      /* 0: skip the requirement */
    enum class class;        /* 0: not said */
    int64_t taken, skipped;  /* cells, in rows that count and in rows that were skipped */
};

struct result_codes {
    struct result_code *codes;
    size_t n;
    bool counts;   /* cells are numbers: how often a nonconformity occurred */
    int64_t times; /* their sum, in rows that count */
};

/* The interface's own words: its results, and its classes for results with findings. */
void result_default(struct result_codes *ret, struct arena *a);
/* The map's results: a code each, with a result or {result, class, note}, or skip. */
void result_read(struct yaml *y, struct fy_node *map, struct result_codes *ret);
/* The map's counts: yes, or {class: minor}. */
void result_read_counts(struct yaml *y, struct fy_node *node, struct result_codes *ret);
/* The meaning of a cell; *ret_count: how often, 0 if not given. NULL if unknown. */
struct result_code *result_find(struct result_codes *codes, const char *text, int64_t *ret_count);
/* All known codes, for messages, in the arena. */
const char *result_names(const struct result_codes *codes, struct arena *a);
