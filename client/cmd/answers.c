/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/answers.h"

#include "client/xmalloc.h"
#include "common/text.h"

#include <string.h>

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

/* The response to this requirement, cleared if it existed. */
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
            return err_set(e, ERR_INVALID_PARAM, NULL, "%s %s: named more than once; give one result", option, code);
    struct answers_named *n = xmalloc_array(a->arena, 1, sizeof *n);
    *n = (struct answers_named){ code, a->named };
    a->named = n;
    return OK;
}

void answers_take(struct answers *a, const struct response *responses, size_t n)
{
    for (size_t i = 0; i < n; i++)
        *add(a) = responses[i];
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

/* The requirement (or section) at the start of the text; *ret_rest is the text after its code. A code may contain the
 * separator, so the longest match wins. */
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
        return err_set(e, ERR_INVALID_PARAM, NULL, "'%.*s' is not an assessable requirement of %s",
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

/* Whether requirement i is below the section; all between them are. */
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
        return err_set(e, ERR_INVALID_PARAM, NULL, "--not-applicable %s: missing reason; use %s:REASON",
                       requirement->code, requirement->code);
    size_t first = (size_t)(requirement - edition->requirements), i = first;
    do {
        const struct requirement *r = &edition->requirements[i];
        if (is_assessable(r) && mark_not_applicable(a, r->code, rest + 1, e) != OK)
            return e->code;
    } while (++i < edition->n_requirements && is_below(edition, i, first));
    return OK;
}
