/* SPDX-License-Identifier: Apache-2.0 */
/* What the codes of a file say of a requirement, and how often each was met. */
#pragma once

#include "client/helper/yaml/yaml.h"
#include "common/api/api.h"

struct result_code {
    const char *code, *note; /* note: for the response, or NULL */
    enum result result;      /* 0: leave the requirement out */
    enum class class;        /* 0: not said */
    int64_t taken, skipped;  /* cells, in rows that count and in rows that were skipped */
};

struct result_codes {
    struct result_code *codes;
    size_t n;
    bool counts;   /* cells are numbers: how often a nonconformity was seen */
    int64_t times; /* their sum, in rows that count */
};

/* The interface's own words: its results, and its classes for what they are findings of. */
void result_default(struct result_codes *ret, struct arena *a);
/* The map's results: a code each, with a result or {result, class, note}, or skip. */
void result_read(struct yaml *y, struct fy_node *map, struct result_codes *ret);
/* The map's counts: yes, or {class: minor}. */
void result_read_counts(struct yaml *y, struct fy_node *node, struct result_codes *ret);
/* What a cell says; *ret_count: how often, 0 if it does not say. NULL if it says nothing known. */
struct result_code *result_find(struct result_codes *codes, const char *text, int64_t *ret_count);
/* The codes there are, for messages, in the arena. */
const char *result_names(const struct result_codes *codes, struct arena *a);
