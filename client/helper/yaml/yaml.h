/* SPDX-License-Identifier: Apache-2.0 */
/* A YAML (or JSON) file as a tree of nodes that know their place, so that every complaint names file, line and column.
 * Complaints are collected, not fatal: a reader continues, and the user sees all of them at once. Aliases, tags and
 * duplicate keys are refused on reading. One thread. */
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct fy_document;
struct fy_node;

struct yaml_problem {
    struct yaml_problem *next;
    int line, column;
    const char *message;
};

struct yaml {
    const char *file;    /* as named to the user; borrowed */
    struct arena *arena; /* texts and problems live there */
    struct fy_document *document;
    struct yaml_problem *problems, *last_problem;
    size_t n_problems;
};

/* False if the file cannot be read or is not YAML, so there is no tree; the problems say why. A tree may have problems,
 * too. Call yaml_close in either case. */
bool yaml_open(struct yaml *y, const char *file, struct arena *a);
/* The same for text in memory, which must live as long as y. */
bool yaml_read(struct yaml *y, const char *file, const char *text, size_t size, struct arena *a);
void yaml_close(struct yaml *y);

void yaml_complain(struct yaml *y, struct fy_node *at, const char *format, ...) __attribute__((format(printf, 3, 4)));
void yaml_complain_at(struct yaml *y, int line, int column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Prints FILE:LINE:COLUMN: message, a line each, on standard error. */
void yaml_print_problems(const struct yaml *y);

struct fy_node *yaml_root(const struct yaml *y); /* NULL for an empty file */
int yaml_line(struct fy_node *node);             /* from 1 */
bool yaml_is_map(struct fy_node *node);
bool yaml_is_list(struct fy_node *node);
/* The text of a scalar, in the arena; a complaint and NULL for anything else, or if empty. */
const char *yaml_text(struct yaml *y, struct fy_node *node);
/* The same, but an empty one is "". */
const char *yaml_text_or_empty(struct yaml *y, struct fy_node *node);

struct yaml_pair {
    const char *name; /* the key's text, in the arena */
    struct fy_node *key, *value;
};

/* The next pair of a map or item of a list; *at starts as NULL. A node of another kind yields none and one complaint,
 * which calls the expected node what. */
bool yaml_next_pair(struct yaml *y, struct fy_node *map, const char *what, void **at, struct yaml_pair *ret);
struct fy_node *yaml_next_item(struct yaml *y, struct fy_node *list, const char *what, void **at);
