/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standard/standard_check.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/standard/rules.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* An edition being checked: requirements by code, and the place of each. */
struct outline {
    struct call *call;
    const struct standard_publish *p;
    const struct requirement **by_code; /* sorted */
    int32_t *parents;
};

static const char *requirement_field(const struct outline *o, const struct requirement *r, const char *name)
{
    const char *field = arena_printf(o->call->arena, "requirements[%td].%s", r - o->p->requirements, name);
    return field != NULL ? field : "requirements";
}

__attribute__((format(printf, 4, 5))) static int bad(const struct outline *o, const struct requirement *r,
                                                     const char *name, const char *format, ...)
{
    char text[ERR_MESSAGE / 2];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return err_set(o->call->err, ERR_INVALID_PARAM, requirement_field(o, r, name), "%s: %s", r->code, text);
}

static int compare_codes(const void *a, const void *b)
{
    const struct requirement *x = *(const struct requirement *const *)a, *y = *(const struct requirement *const *)b;
    int order = strcmp(x->code, y->code);
    return order != 0 ? order : (x > y) - (x < y);
}

static int compare_key(const void *key, const void *element)
{
    return strcmp(key, (*(const struct requirement *const *)element)->code);
}

static const struct requirement *find(const struct outline *o, const char *code)
{
    const struct requirement **found = bsearch(code, o->by_code, o->p->n_requirements,
                                               sizeof(const struct requirement *), compare_key);
    return found == NULL ? NULL : *found;
}

static int check_codes(struct outline *o)
{
    size_t n = o->p->n_requirements;
    o->by_code = arena_array(o->call->arena, n, sizeof(const struct requirement *));
    if (o->by_code == NULL)
        return answer_no_memory(o->call);
    for (size_t i = 0; i < n; i++)
        o->by_code[i] = &o->p->requirements[i];
    qsort(o->by_code, n, sizeof(const struct requirement *), compare_codes);
    for (size_t i = 1; i < n; i++)
        if (strcmp(o->by_code[i - 1]->code, o->by_code[i]->code) == 0)
            return bad(o, o->by_code[i], "code", "duplicate code");
    return OK;
}

/* A parent comes first, and the parts of a section stand together: the parent is the requirement before
 * this one, or one of the sections that it is in. */
static int check_parent(struct outline *o, int32_t i)
{
    const struct requirement *r = &o->p->requirements[i];
    o->parents[i] = -1;
    if (r->parent == NULL)
        return OK;
    const struct requirement *parent = find(o, r->parent);
    if (parent == NULL)
        return bad(o, r, "parent", "unknown section %s", r->parent);
    int32_t ordinal = (int32_t)(parent - o->p->requirements), above = i - 1;
    if (ordinal >= i)
        return bad(o, r, "parent", "its section %s must come first", r->parent);
    while (above >= 0 && above != ordinal)
        above = o->parents[above];
    if (above < 0)
        return bad(o, r, "parent", "the parts of %s must be listed together; put it after the others", r->parent);
    o->parents[i] = ordinal;
    return OK;
}

static int check_weight(const struct outline *o, const struct requirement *r)
{
    bool assessable = r->has_assessable ? r->assessable : r->level != 0;
    if (assessable && r->level == 0)
        return bad(o, r, "level", "an assessable requirement needs a level");
    if (!assessable && r->level != 0)
        return bad(o, r, "level", "only assessable requirements have a level; omit it");
    if (r->level == LEVEL_POINTS && !r->has_points)
        return bad(o, r, "points", "level points needs points");
    if (r->level != LEVEL_POINTS && r->has_points)
        return bad(o, r, "points", "points are only for level points; omit them");
    if (!assessable && (r->gate || r->autofail || r->na_allowed || r->fundamental))
        return bad(o, r,
                   r->gate          ? "gate"
                   : r->autofail    ? "autofail"
                   : r->fundamental ? "fundamental"
                                    : "na_allowed",
                   "only for assessable requirements; omit it");
    return OK;
}

static bool is_language(const char *lang)
{
    if (!islower((unsigned char)lang[0]) || !islower((unsigned char)lang[1]))
        return false;
    for (const char *c = lang; *c != '\0'; c++)
        if (!isalnum((unsigned char)*c) && *c != '-')
            return false;
    return true;
}

static int check_texts(const struct outline *o, const struct requirement *r)
{
    if (r->n_texts == 0)
        return bad(o, r, "texts", "a requirement needs a text in at least one language");
    for (size_t i = 0; i < r->n_texts; i++) {
        if (!is_language(r->texts[i].lang))
            return bad(o, r, "texts", "'%s' is not a language code, such as en or pt-BR", r->texts[i].lang);
        for (size_t j = 0; j < i; j++)
            if (strcmp(r->texts[i].lang, r->texts[j].lang) == 0)
                return bad(o, r, "texts", "duplicate text in '%s'", r->texts[i].lang);
    }
    return OK;
}

static int check_requirements(struct outline *o)
{
    bool assessable = false;
    for (size_t i = 0; i < o->p->n_requirements; i++) {
        const struct requirement *r = &o->p->requirements[i];
        int code = check_parent(o, (int32_t)i);
        if (code == OK)
            code = check_weight(o, r);
        if (code == OK)
            code = check_texts(o, r);
        if (code != OK)
            return code;
        assessable = assessable || r->level != 0;
    }
    if (!assessable)
        return err_set(o->call->err, ERR_INVALID_PARAM, "requirements",
                       "no requirement has a level; at least one must be assessable");
    return OK;
}

/* What a clause may and must say, by its kind. */
enum { SAYS_LEVEL = 1, SAYS_SECTION = 2, SAYS_AT_LEAST = 4, SAYS_OUT_OF = 8, SAYS_CLASS = 16 };
static const struct {
    unsigned may, must;
} clause_says[] = {
    [CLAUSE_ALL] = { SAYS_LEVEL, 0 },
    [CLAUSE_RATIO] = { SAYS_LEVEL | SAYS_SECTION | SAYS_AT_LEAST | SAYS_OUT_OF, SAYS_AT_LEAST | SAYS_OUT_OF },
    [CLAUSE_POINTS] = { SAYS_SECTION | SAYS_AT_LEAST | SAYS_OUT_OF, SAYS_AT_LEAST | SAYS_OUT_OF },
    [CLAUSE_GATES] = { 0, 0 },
    [CLAUSE_NO_OPEN] = { SAYS_CLASS, SAYS_CLASS },
};
static const char *const said[] = { "level", "section", "at_least", "out_of", "class" };

static unsigned says(const struct pass_clause *c)
{
    return (c->level != 0 ? SAYS_LEVEL : 0U) | (c->section != NULL ? SAYS_SECTION : 0U)
           | (c->has_at_least ? SAYS_AT_LEAST : 0U) | (c->has_out_of ? SAYS_OUT_OF : 0U)
           | (c->class != 0 ? SAYS_CLASS : 0U);
}

static int bad_clause(const struct outline *o, size_t i, const char *name, const char *message)
{
    const char *field = arena_printf(o->call->arena, "pass[%zu].%s", i, name);
    return err_say(o->call->err, ERR_INVALID_PARAM, field != NULL ? field : "pass", message);
}

static int check_said(const struct outline *o, size_t i)
{
    const struct pass_clause *c = &o->p->pass[i];
    unsigned given = says(c);
    for (unsigned bit = 0; bit < sizeof said / sizeof said[0]; bit++) {
        if ((given & ~clause_says[c->kind].may) >> bit & 1)
            return bad_clause(o, i, said[bit], "not allowed for this kind of clause; omit it");
        if ((clause_says[c->kind].must & ~given) >> bit & 1)
            return bad_clause(o, i, said[bit], "required for this kind of clause");
    }
    return OK;
}

static int check_clause(const struct outline *o, size_t i)
{
    const struct pass_clause *c = &o->p->pass[i];
    int code = check_said(o, i);
    if (code != OK)
        return code;
    if (c->has_at_least && c->at_least > c->out_of)
        return bad_clause(o, i, "at_least", "at_least must not be more than out_of");
    const struct requirement *section = c->section == NULL ? NULL : find(o, c->section);
    if (c->section != NULL && section == NULL)
        return bad_clause(o, i, "section", "unknown requirement");
    if (section != NULL && section->level != 0)
        return bad_clause(o, i, "section", "not a section, but an assessable requirement");
    return OK;
}

static bool is_below(const struct outline *o, int32_t i, const char *section)
{
    while (i >= 0 && strcmp(o->p->requirements[i].code, section) != 0)
        i = o->parents[i];
    return i >= 0;
}

static bool asks_of(const struct outline *o, const struct pass_clause *c, int32_t i)
{
    const struct requirement *r = &o->p->requirements[i];
    if (r->level == 0 || c->kind == CLAUSE_NO_OPEN)
        return false;
    if (c->kind == CLAUSE_GATES)
        return r->gate || r->autofail;
    if (c->section != NULL && !is_below(o, i, c->section))
        return false;
    return c->kind == CLAUSE_POINTS ? r->level == LEVEL_POINTS : c->level == 0 || c->level == r->level;
}

/* A rule over no requirements would pass with nothing assessed. */
static int check_asks(const struct outline *o)
{
    for (size_t i = 0; i < o->p->n_pass; i++)
        for (size_t j = 0; j < o->p->n_requirements; j++)
            if (asks_of(o, &o->p->pass[i], (int32_t)j))
                return OK;
    return err_set(o->call->err, ERR_INVALID_PARAM, "pass",
                   "the rule has no clause about requirements, so it would hold without any assessment; add one, such "
                   "as a ratio of 0/1, which only demands that all are assessed");
}

static int check_rule(const struct outline *o)
{
    if (o->p->n_pass == 0)
        return err_set(o->call->err, ERR_INVALID_PARAM, "pass", "a rule needs at least one clause");
    for (size_t i = 0; i < o->p->n_pass; i++) {
        int code = check_clause(o, i);
        if (code != OK)
            return code;
    }
    return check_asks(o);
}

/* What a surveillance assesses must be there to be assessed. */
static int check_surveillance(const struct outline *o)
{
    const struct rules *rules = o->p->rules;
    for (size_t i = 0; rules != NULL && i < rules->n_surveillance; i++)
        if (find(o, rules->surveillance[i].requirement) == NULL)
            return check_refuse_row(o->call, "rules.surveillance", i, "requirement", "unknown requirement %s",
                                    rules->surveillance[i].requirement);
    return OK;
}

static bool out_of_order(struct date earlier, struct date later)
{
    return date_is_set(earlier) && date_is_set(later) && date_before(later, earlier);
}

static int check_dates(struct call *call, const struct standard_publish *p)
{
    if (out_of_order(p->valid_from, p->obligatory_from))
        return err_set(call->err, ERR_INVALID_PARAM, "obligatory_from", "must not be before valid_from");
    if (out_of_order(p->valid_from, p->valid_until))
        return err_set(call->err, ERR_INVALID_PARAM, "valid_until", "must not be before valid_from");
    if (out_of_order(p->obligatory_from, p->valid_until))
        return err_set(call->err, ERR_INVALID_PARAM, "valid_until", "must not be before obligatory_from");
    return OK;
}

int standard_check(struct call *call, const struct standard_publish *p, int32_t *ret_parents)
{
    struct outline o = { .call = call, .p = p, .parents = ret_parents };
    int code = check_dates(call, p);
    if (code == OK)
        code = check_codes(&o);
    if (code == OK)
        code = check_requirements(&o);
    if (code == OK)
        code = check_rule(&o);
    if (code == OK)
        code = check_surveillance(&o);
    return code == OK ? rules_check(call, p->rules) : code;
}
