/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/yaml/yaml.h"

#include "client/xmalloc.h"
#include "common/mp.h"
#include "common/scope.h"

#include <errno.h>
#include <libfyaml.h>
#include <stdio.h>
#include <string.h>

/* An edition of 5,000 requirements with texts in four languages is about 4 MiB. */
enum { YAML_FILE_MAX = 32 * 1024 * 1024 };

__attribute__((format(printf, 4, 0))) static void add_problem(struct yaml *y, int line, int column, const char *format,
                                                              va_list args)
{
    struct yaml_problem *problem = xmalloc_zero(y->arena, sizeof *problem);
    char message[1000];
    vsnprintf(message, sizeof message, format, args);
    *problem = (struct yaml_problem){ NULL, line, column, xmalloc_text(y->arena, message, strlen(message)) };
    if (y->last_problem == NULL)
        y->problems = problem;
    else
        y->last_problem->next = problem;
    y->last_problem = problem;
    y->n_problems++;
}

void yaml_complain_at(struct yaml *y, int line, int column, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_problem(y, line, column, format, args);
    va_end(args);
}

/* Only scalars have a mark; a map or list begins where its first scalar does. */
static const struct fy_mark *mark_of(struct fy_node *node)
{
    while (node != NULL && fy_node_get_type(node) != FYNT_SCALAR) {
        void *at = NULL;
        node = fy_node_is_mapping(node) ? fy_node_pair_key(fy_node_mapping_iterate(node, &at))
                                        : fy_node_sequence_iterate(node, &at);
    }
    struct fy_token *token = node != NULL ? fy_node_get_scalar_token(node) : NULL;
    return token != NULL ? fy_token_start_mark(token) : NULL;
}

static struct fy_node *key_of(struct fy_node *map, struct fy_node *value)
{
    void *at = NULL;
    for (struct fy_node_pair *pair; (pair = fy_node_mapping_iterate(map, &at)) != NULL;)
        if (fy_node_pair_value(pair) == value)
            return fy_node_pair_key(pair);
    return NULL;
}

/* An empty node has no place of its own; that of its key or parent is the nearest. */
static struct fy_mark place_of(struct fy_node *node)
{
    while (node != NULL) {
        const struct fy_mark *mark = mark_of(node);
        struct fy_node *parent = fy_node_get_parent(node);
        if (mark == NULL && parent != NULL && fy_node_is_mapping(parent))
            mark = mark_of(key_of(parent, node));
        if (mark != NULL)
            return *mark;
        node = parent;
    }
    return (struct fy_mark){ 0 };
}

void yaml_complain(struct yaml *y, struct fy_node *at, const char *format, ...)
{
    struct fy_mark mark = place_of(at);
    va_list args;
    va_start(args, format);
    add_problem(y, mark.line + 1, mark.column + 1, format, args);
    va_end(args);
}

void yaml_print_problems(const struct yaml *y)
{
    for (const struct yaml_problem *p = y->problems; p != NULL; p = p->next)
        fprintf(stderr, "%s:%d:%d: %s\n", y->file, p->line, p->column, p->message);
}

static int count_lines(const char *text, size_t size)
{
    int n = size > 0 && text[size - 1] != '\n';
    for (size_t i = 0; i < size; i++)
        n += text[i] == '\n';
    return n;
}

/* Something missing at the end is placed past it. */
static void take_diagnostics(struct yaml *y, struct fy_diag *diag, int lines)
{
    void *at = NULL;
    for (struct fy_diag_error *e; (e = fy_diag_errors_iterate(diag, &at)) != NULL;) {
        bool past = e->line >= lines;
        if (e->type == FYET_ERROR)
            yaml_complain_at(y, past ? lines : e->line + 1, past ? 1 : e->column + 1, "invalid YAML: %s", e->msg);
    }
    if (y->n_problems == 0)
        yaml_complain_at(y, 1, 1, "empty file");
}

/* NULL, with the reason in diag, unless there is exactly one document. */
static struct fy_document *parse(struct yaml *y, const char *text, size_t size, struct fy_diag *diag)
{
    struct fy_parse_cfg cfg = { .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_ALLOW_DUPLICATE_KEYS, .diag = diag };
    struct fy_parser *parser = xmalloc_need(fy_parser_create(&cfg));
    fy_parser_set_string(parser, text, size);
    struct fy_document *first = fy_parse_load_document(parser);
    struct fy_document *second = first != NULL ? fy_parse_load_document(parser) : NULL;
    if (second != NULL)
        yaml_complain(y, fy_document_root(second), "more than one document");
    fy_document_destroy(second);
    if (first == NULL || fy_parser_get_stream_error(parser))
        take_diagnostics(y, diag, count_lines(text, size));
    fy_parser_destroy(parser);
    return first;
}

static void check_scalar(struct yaml *y, struct fy_node *node)
{
    size_t size = 0;
    const char *text = fy_node_get_scalar(node, &size);
    if (fy_node_is_alias(node))
        yaml_complain(y, node, "aliases (*name) are not supported; write out the value");
    else if (text != NULL && !mp_text_is_valid(text, size))
        yaml_complain(y, node, "text with a NUL byte, or not UTF-8");
}

static void check_keys(struct yaml *y, struct fy_node *map)
{
    void *at = NULL;
    for (struct fy_node_pair *pair; (pair = fy_node_mapping_iterate(map, &at)) != NULL;) {
        struct fy_node *key = fy_node_pair_key(pair);
        if (key == NULL || !fy_node_is_scalar(key)) {
            yaml_complain(y, map, "a key must be a plain word");
            continue;
        }
        void *before = NULL;
        for (struct fy_node_pair *p; (p = fy_node_mapping_iterate(map, &before)) != pair;)
            if (fy_node_is_scalar(fy_node_pair_key(p)) && fy_node_compare(fy_node_pair_key(p), key)) {
                yaml_complain(y, key, "duplicate key %s; the first is on line %d", fy_node_get_scalar0(key),
                              yaml_line(fy_node_pair_key(p)));
                break;
            }
    }
}

/* libfyaml bounds the depth: it refuses nesting deeper than 64. */
static void check_tree(struct yaml *y, struct fy_node *node)
{
    void *at = NULL;
    if (node == NULL)
        return;
    if (fy_node_get_tag_token(node) != NULL)
        yaml_complain(y, node, "tags (!name) are not supported");
    if (fy_node_is_scalar(node)) {
        check_scalar(y, node);
    } else if (fy_node_is_sequence(node)) {
        for (struct fy_node *item; (item = fy_node_sequence_iterate(node, &at)) != NULL;)
            check_tree(y, item);
    } else {
        check_keys(y, node);
        for (struct fy_node_pair *pair; (pair = fy_node_mapping_iterate(node, &at)) != NULL;)
            check_tree(y, fy_node_pair_value(pair));
    }
}

bool yaml_read(struct yaml *y, const char *file, const char *text, size_t size, struct arena *a)
{
    *y = (struct yaml){ .file = file, .arena = a };
    struct fy_diag_cfg quiet;
    fy_diag_cfg_default(&quiet);
    quiet.fp = NULL;
    struct fy_diag *diag = xmalloc_need(fy_diag_create(&quiet));
    fy_diag_set_collect_errors(diag, true);
    y->document = parse(y, text, size, diag);
    check_tree(y, yaml_root(y));
    fy_diag_destroy(diag);
    return y->document != NULL;
}

static bool read_whole(struct yaml *y, FILE *in, struct buf *b)
{
    char piece[16384];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, in)) > 0)
        buf_append(b, piece, n);
    if (ferror(in))
        yaml_complain_at(y, 1, 1, "cannot read: %s", strerror(errno));
    else if (b->failed)
        yaml_complain_at(y, 1, 1, "larger than %d MiB", YAML_FILE_MAX / 1024 / 1024);
    return y->n_problems == 0;
}

bool yaml_open(struct yaml *y, const char *file, struct arena *a)
{
    *y = (struct yaml){ .file = file, .arena = a };
    FILE *in = fopen(file, "re");
    if (in == NULL) {
        yaml_complain_at(y, 1, 1, "cannot open: %s", strerror(errno));
        return false;
    }
    SCOPED(buf_fini) struct buf b;
    buf_init(&b, YAML_FILE_MAX);
    bool whole = read_whole(y, in, &b);
    fclose(in);
    return whole && yaml_read(y, file, xmalloc_text(a, (const char *)b.data, b.size), b.size, a);
}

void yaml_close(struct yaml *y)
{
    fy_document_destroy(y->document);
    y->document = NULL;
}

struct fy_node *yaml_root(const struct yaml *y)
{
    return y->document != NULL ? fy_document_root(y->document) : NULL;
}

int yaml_line(struct fy_node *node)
{
    return place_of(node).line + 1;
}

bool yaml_is_map(struct fy_node *node)
{
    return node != NULL && fy_node_is_mapping(node);
}

bool yaml_is_list(struct fy_node *node)
{
    return node != NULL && fy_node_is_sequence(node);
}

const char *yaml_text_or_empty(struct yaml *y, struct fy_node *node)
{
    if (node == NULL || !fy_node_is_scalar(node)) {
        yaml_complain(y, node, "a single value is required");
        return NULL;
    }
    size_t size = 0;
    const char *text = fy_node_get_scalar(node, &size);
    return xmalloc_text(y->arena, text != NULL ? text : "", text != NULL ? size : 0);
}

const char *yaml_text(struct yaml *y, struct fy_node *node)
{
    const char *text = yaml_text_or_empty(y, node);
    if (text == NULL || *text != '\0')
        return text;
    yaml_complain(y, node, "missing value");
    return NULL;
}

bool yaml_next_pair(struct yaml *y, struct fy_node *map, const char *what, void **at, struct yaml_pair *ret)
{
    if (!yaml_is_map(map)) {
        yaml_complain(y, map, "%s must be a map (name: value)", what);
        return false;
    }
    struct fy_node_pair *pair = fy_node_mapping_iterate(map, at);
    if (pair == NULL)
        return false;
    *ret = (struct yaml_pair){ .key = fy_node_pair_key(pair), .value = fy_node_pair_value(pair) };
    ret->name = yaml_text_or_empty(y, ret->key);
    return true;
}

struct fy_node *yaml_next_item(struct yaml *y, struct fy_node *list, const char *what, void **at)
{
    if (yaml_is_list(list))
        return fy_node_sequence_iterate(list, at);
    yaml_complain(y, list, "%s must be a list (- item)", what);
    return NULL;
}
