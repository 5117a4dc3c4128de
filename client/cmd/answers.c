#include "client/cmd/answers.h"

#include "client/cmd/csv_read.h"
#include "client/xmalloc.h"
#include "common/scope.h"
#include "common/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Larger than any form: 5,000 responses with the longest notes. */
enum { FILE_MAX = 32 * 1024 * 1024 };

static struct response *add(struct answers *a)
{
    if (a->n == a->capacity) {
        size_t capacity = a->capacity > 0 ? 2 * a->capacity : 64;
        struct response *more = xmalloc_array(a->arena, capacity, sizeof *more);
        if (a->n > 0)
            memcpy(more, a->responses, a->n * sizeof *more);
        a->responses = more;
        a->capacity = capacity;
    }
    return &a->responses[a->n++];
}

/* The response to this requirement, emptied if there was one. */
static struct response *renew(struct answers *a, const char *code)
{
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(a->responses[i].requirement, code) == 0) {
            a->responses[i] = (struct response){ .requirement = code };
            return &a->responses[i];
        }
    struct response *r = add(a);
    *r = (struct response){ .requirement = code };
    return r;
}

struct answers_named {
    const char *code;
    struct answers_named *next;
};

static int name_once(struct answers *a, const char *option, const char *code, struct err *e)
{
    for (const struct answers_named *n = a->named; n != NULL; n = n->next)
        if (strcmp(n->code, code) == 0)
            return err_set(e, ERR_INVALID_PARAM, NULL, "%s %s: it is named twice; give it one result", option, code);
    struct answers_named *n = xmalloc_array(a->arena, 1, sizeof *n);
    *n = (struct answers_named){ code, a->named };
    a->named = n;
    return OK;
}

/* The whole file and a byte more; "-" is standard input. */
static int read_file(const char *file, struct arena *a, char **ret, size_t *ret_size, struct err *e)
{
    SCOPED(scope_close) int fd = strcmp(file, "-") == 0 ? dup(STDIN_FILENO) : open(file, O_RDONLY | O_CLOEXEC);
    SCOPED(buf_fini) struct buf b;
    buf_init(&b, FILE_MAX);
    ssize_t n = -1;
    char bytes[16384];
    while (fd >= 0 && (n = read(fd, bytes, sizeof bytes)) > 0)
        buf_append(&b, bytes, (size_t)n);
    if (n < 0)
        return err_set(e, ERR_INVALID_PARAM, NULL, "%s: %s", file, strerror(errno));
    if (b.failed)
        return err_set(e, ERR_TOO_BIG, NULL, "%s is too big for a form", file);
    *ret = xmalloc_text(a, b.size > 0 ? (const char *)b.data : "", b.size);
    *ret_size = b.size;
    return OK;
}

/* Where the columns of a form are; -1 for one it has not. */
struct columns {
    int at[5];
};

static int find_columns(const struct csv_read *c, struct columns *ret, struct err *e)
{
    const struct record_type *r = &api_records[RECORD_response];
    for (int i = 0; i < 5; i++)
        ret->at[i] = csv_read_column(c, r->fields[i].name);
    if (ret->at[0] < 0)
        ret->at[0] = csv_read_column(c, "code");
    if (ret->at[0] < 0 || ret->at[1] < 0)
        return err_set(e, ERR_INVALID_PARAM, NULL, "line 1: the columns code and result are needed");
    return OK;
}

static int take_row(struct answers *a, const struct csv_read *c, const struct columns *columns, struct err *e)
{
    const char *result = columns->at[1] < c->n_cells ? c->cells[columns->at[1]] : "";
    if (*result == '\0')
        return OK;
    struct response *r = add(a);
    *r = (struct response){ 0 };
    for (int i = 0; i < 5; i++) {
        int at = columns->at[i];
        if (at < 0 || at >= c->n_cells || *c->cells[at] == '\0')
            continue;
        if (text_to_field(&api_records[RECORD_response].fields[i], c->cells[at], a->arena, r, e) != OK)
            return err_wrap(e, "line %d: %s: ", c->line, e->field);
    }
    if (r->requirement == NULL)
        return err_set(e, ERR_INVALID_PARAM, NULL, "line %d: a result without a code", c->line);
    return OK;
}

static int read_rows(struct answers *a, struct csv_read *c, struct err *e)
{
    struct columns columns;
    int more = csv_read_row(c, e);
    if (more == 0)
        return err_set(e, ERR_INVALID_PARAM, NULL, "there is nothing in it");
    if (more > 0 && find_columns(c, &columns, e) != OK)
        return e->code;
    while (more > 0 && (more = csv_read_row(c, e)) > 0)
        if (take_row(a, c, &columns, e) != OK)
            return e->code;
    return e->code;
}

int answers_read(struct answers *a, const char *file, struct err *e)
{
    char *text;
    size_t size;
    if (read_file(file, a->arena, &text, &size, e) != OK)
        return e->code;
    struct csv_read c;
    csv_read_init(&c, text, size);
    if (read_rows(a, &c, e) != OK) {
        e->field[0] = '\0';
        return err_wrap(e, "%s: ", strcmp(file, "-") == 0 ? "standard input" : file);
    }
    return OK;
}

static bool is_assessable(const struct requirement *r)
{
    return r->has_assessable ? r->assessable : r->level != 0;
}

void answers_all_conforming(struct answers *a, const struct edition_detail *edition)
{
    for (size_t i = 0; i < edition->n_requirements; i++)
        if (is_assessable(&edition->requirements[i]))
            *add(a) = (struct response){ .requirement = edition->requirements[i].code, .result = RESULT_CONFORMING };
}

/* The requirement that the text begins with, or also a section; *ret_rest is what follows its code. A code may itself
 * contain what separates, so the longest that fits is meant. */
static int find_requirement(const struct edition_detail *edition, const char *text, const char *separators,
                            bool or_section, const struct requirement **ret, const char **ret_rest, struct err *e)
{
    size_t longest = 0;
    for (size_t i = 0; i < edition->n_requirements; i++) {
        const char *code = edition->requirements[i].code;
        size_t length = strlen(code);
        bool fits = strncmp(text, code, length) == 0 && (text[length] == '\0' || strchr(separators, text[length]));
        if (!fits || length <= longest || (!or_section && !is_assessable(&edition->requirements[i])))
            continue;
        longest = length;
        *ret = &edition->requirements[i];
    }
    *ret_rest = text + longest;
    if (longest == 0)
        return err_set(e, ERR_INVALID_PARAM, NULL, "'%.*s' is no requirement of %s that gets a result",
                       (int)strcspn(text, separators), text, edition->edition->edition.text);
    return OK;
}

int answers_except(struct answers *a, const char *text, const struct edition_detail *edition, struct err *e)
{
    const struct requirement *requirement = NULL;
    const char *rest;
    if (find_requirement(edition, text, "=:", false, &requirement, &rest, e) != OK)
        return err_wrap(e, "--except: ");
    if (name_once(a, "--except", requirement->code, e) != OK)
        return e->code;
    struct response *r = renew(a, requirement->code);
    r->result = RESULT_NONCONFORMING;
    if (*rest == '=') {
        size_t length = strcspn(++rest, ":");
        const char *class = xmalloc_text(a->arena, rest, length);
        if (text_to_field(&api_records[RECORD_response].fields[2], class, a->arena, r, e) != OK) {
            e->field[0] = '\0';
            return err_wrap(e, "--except %s: class ", requirement->code);
        }
        rest += length;
    }
    if (r->class == CLASS_OBSERVATION || r->class == CLASS_OPPORTUNITY)
        r->result = RESULT_CONFORMING;
    if (*rest == ':' && rest[1] != '\0')
        r->note = rest + 1;
    return OK;
}

/* Whether requirement i is below the section; all between the two are. */
static bool is_below(const struct edition_detail *edition, size_t i, size_t section)
{
    const char *parent = edition->requirements[i].parent;
    for (size_t k = i; parent != NULL && k-- > section;)
        if (strcmp(edition->requirements[k].code, parent) == 0)
            return true;
    return false;
}

static int mark_not_applicable(struct answers *a, const char *code, const char *reason, struct err *e)
{
    if (name_once(a, "--not-applicable", code, e) != OK)
        return e->code;
    *renew(a, code) = (struct response){ .requirement = code, .result = RESULT_NOT_APPLICABLE, .note = reason };
    return OK;
}

int answers_not_applicable(struct answers *a, const char *text, const struct edition_detail *edition, struct err *e)
{
    const struct requirement *requirement = NULL;
    const char *rest;
    if (find_requirement(edition, text, ":", true, &requirement, &rest, e) != OK)
        return err_wrap(e, "--not-applicable: ");
    if (*rest != ':' || rest[1] == '\0')
        return err_set(e, ERR_INVALID_PARAM, NULL, "--not-applicable %s: give the reason, as %s:REASON",
                       requirement->code, requirement->code);
    size_t first = (size_t)(requirement - edition->requirements), i = first;
    do {
        const struct requirement *r = &edition->requirements[i];
        if (is_assessable(r) && mark_not_applicable(a, r->code, rest + 1, e) != OK)
            return e->code;
    } while (++i < edition->n_requirements && is_below(edition, i, first));
    return OK;
}
