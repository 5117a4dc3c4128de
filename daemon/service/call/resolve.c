/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/call/resolve.h"

#include "common/buf.h"
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/code.h"
#include "daemon/service/call/day.h"
#include "daemon/service/call/ended.h"
#include "query/noun.h"
#include "query/resolve.h"

#include <stdlib.h>
#include <string.h>

/* Above every character: the end of the range of codes that begin with a prefix. */
static const char prefix_end[] = "\xf4\x8f\xbf\xbf";

/* How each noun is looked up: by code, prefix or number. */
struct lookup {
    struct stmt *(*code)(struct store *store, const char *code);
    struct stmt *(*folded)(struct store *store, const char *folded);
    struct stmt *(*prefix)(struct store *store, const char *first, const char *past);
    struct stmt *(*holder_prefix)(struct store *store, const char *first, const char *past, const char *scope,
                                  struct date today);
    struct stmt *(*number)(struct store *store, int64_t number);
};
static const struct lookup lookups[NOUN_COUNT] = {
#define CODED(id, ...)                                                                                                 \
    [NOUN_##id] = { .code = query_lookup_##id,                                                                         \
                    .folded = query_lookup_##id##_folded,                                                              \
                    .prefix = query_lookup_##id##_prefix },
#define HOLDER(id, ...)                                                                                                \
    [NOUN_##id] = { .code = query_lookup_##id,                                                                         \
                    .folded = query_lookup_##id##_folded,                                                              \
                    .holder_prefix = query_lookup_##id##_prefix },
#define NUMBERED(id, ...) [NOUN_##id] = { .number = query_lookup_##id },
#include "common/api/api.inc"
};

/* One message for both nonexistent and out of the caller's scope. */
static int not_found(struct call *call, enum noun noun, const char *field, const char *text)
{
    return err_set(call->err, ERR_NOT_FOUND, field, "no %s '%s', or outside your scope; see sme-ctl %s",
                   api_nouns[noun].doc, text, api_nouns[noun].list);
}

/* Whether any row of q, a cooperative, is one of the caller's. Ends q. */
static int any_in_scope(struct call *call, struct stmt *q, bool *ret)
{
    bool found = false;
    while (!found && stmt_step(q))
        for (size_t i = 0; i < call->scope.n && !found; i++)
            found = call->scope.cooperatives[i] == stmt_int(q, RESOLVE_COOPERATIVES_cooperative);
    *ret = found;
    return answer_end(call, q, OK);
}

static bool is_own_cooperative(const struct call *call, int64_t holder_id)
{
    for (size_t i = 0; i < call->scope.n; i++)
        if (call->scope.cooperatives[i] == holder_id)
            return true;
    return false;
}

int resolve_holder_in_scope(struct call *call, int64_t holder_id, bool *ret)
{
    *ret = call->scope.everywhere || is_own_cooperative(call, holder_id);
    if (*ret)
        return OK;
    return any_in_scope(call, query_resolve_cooperatives_of_enterprise(call->store, holder_id, call->today), ret);
}

int resolve_roles_at(struct call *call, int64_t holder_id, unsigned *ret)
{
    const struct scope all = call->scope;
    unsigned roles = all.n_grants == 0 ? all.roles : 0;
    int code = OK;
    for (size_t i = 0; i < all.n_grants && code == OK; i++) {
        const struct held_grant *g = &all.grants[i];
        bool there = false;
        call->scope = (struct scope){ .everywhere = g->cooperative.id == 0,
                                      .cooperatives = &g->cooperative.id,
                                      .n = 1 };
        code = resolve_holder_in_scope(call, holder_id, &there);
        roles |= there ? 1U << g->role : 0;
    }
    call->scope = all;
    *ret = roles;
    return code;
}

/* A numbered thing's row. */
struct found {
    bool there;
    int64_t holder_id;
    struct date born;
};

static int find_number(struct call *call, enum noun noun, int64_t id, struct found *ret)
{
    struct stmt *q = lookups[noun].number(call->store, id);
    *ret = (struct found){ .there = stmt_step(q) };
    if (ret->there) {
        ret->holder_id = stmt_int(q, LOOKUP_NUMBER_holder);
        ret->born = stmt_date(q, LOOKUP_NUMBER_born);
    }
    return answer_end(call, q, OK);
}

/* An intervention without a cooperative is in scope if a participant is. */
static int number_in_scope(struct call *call, enum noun noun, int64_t id, const struct found *f, bool *ret)
{
    *ret = f->there && (!api_nouns[noun].scoped || call->scope.everywhere);
    if (!f->there || *ret)
        return OK;
    if (f->holder_id > 0)
        return resolve_holder_in_scope(call, f->holder_id, ret);
    return any_in_scope(call, query_resolve_cooperatives_of_intervention(call->store, id, call->today), ret);
}

/* Anything later than the as_of of a view does not exist for it. */
static int check_born(struct call *call, enum noun noun, const struct ref *ref, struct date born, struct day day)
{
    char text[DATE_TEXT];
    if (!day.asked || !date_before(day.on, born))
        return OK;
    return err_set(call->err, ERR_NOT_FOUND, "as_of", "%s %s on %s; use that day or a later one", ref->text,
                   api_nouns[noun].was, date_format(born, text));
}

static int resolve_numbered(struct call *call, enum noun noun, const char *field, struct day day, struct ref *ref)
{
    int64_t id;
    struct found f;
    bool in_scope = false;
    if (!ref_number(noun, ref->text, &id))
        return err_set(call->err, ERR_INVALID_PARAM, field, "must be the letter and number of the %s, such as %s12",
                       api_nouns[noun].doc, api_nouns[noun].letters);
    int code = find_number(call, noun, id, &f);
    if (code == OK)
        code = number_in_scope(call, noun, id, &f, &in_scope);
    if (code != OK)
        return code;
    if (!in_scope)
        return not_found(call, noun, field, ref->text);
    *ref = ref_to(call->arena, noun, id);
    return ref->text != NULL ? check_born(call, noun, ref, f.born, day) : answer_no_memory(call);
}

_Static_assert((int)RESOLVE_NEWEST_EDITION_id == (int)LOOKUP_CODE_id
                   && (int)RESOLVE_NEWEST_EDITION_code == (int)LOOKUP_CODE_code,
               "an edition is read as what is found by a code");

/* Takes id and code from the first row of q, if there is one, and ends q. */
static int take_match(struct call *call, struct stmt *q, struct ref *ret)
{
    struct ref match = { 0 };
    bool found = stmt_step(q);
    if (found)
        match = (struct ref){ stmt_dup(q, LOOKUP_CODE_code, call->arena), stmt_int(q, LOOKUP_CODE_id) };
    int code = answer_end(call, q, OK);
    if (code != OK)
        return code;
    if (found && match.text == NULL)
        return answer_no_memory(call);
    *ret = match;
    return OK;
}

static struct stmt *query_prefix(struct call *call, enum noun noun, const char *prefix, const char *end)
{
    const struct lookup *l = &lookups[noun];
    if (l->holder_prefix == NULL)
        return l->prefix(call->store, prefix, end);
    return l->holder_prefix(call->store, prefix, end, resolve_scope_text(call), call->today);
}

static bool folds_to(struct call *call, const char *text, const char *folded)
{
    const char *own = text != NULL ? code_fold(call->arena, text) : NULL;
    return own != NULL && strcmp(own, folded) == 0;
}

/* Two codes that begin with what was typed: good only if the first is all of it, and the second is more. */
static int check_other(struct call *call, enum noun noun, const char *field, const char *typed, const char *folded,
                       const char *first, const char *second)
{
    bool whole = folds_to(call, first, folded);
    if (whole && !folds_to(call, second, folded))
        return OK;
    if (whole)
        return err_set(call->err, ERR_INVALID_PARAM, field,
                       "'%s' may be %s or %s, which differ only in case or form; write it exactly", typed, first,
                       second);
    return err_set(call->err, ERR_INVALID_PARAM, field,
                   "'%s' is ambiguous: more than one %s begins with it, such as %s and %s", typed, api_nouns[noun].doc,
                   first, second);
}

/* *ret.id is 0 if nothing begins with prefix, in whatever case; several matches are an error. */
static int match_prefix(struct call *call, enum noun noun, const char *field, const char *prefix, struct ref *ret)
{
    const char *folded = code_fold(call->arena, prefix);
    const char *end = folded != NULL ? arena_printf(call->arena, "%s%s", folded, prefix_end) : NULL;
    if (end == NULL)
        return answer_no_memory(call);
    struct stmt *q = query_prefix(call, noun, folded, end);
    struct ref first = { 0 };
    if (stmt_step(q))
        first = (struct ref){ stmt_dup(q, LOOKUP_CODE_code, call->arena), stmt_int(q, LOOKUP_CODE_id) };
    int code = OK;
    if (first.text != NULL && stmt_step(q))
        code = check_other(call, noun, field, prefix, folded, first.text, stmt_text(q, LOOKUP_CODE_code));
    code = answer_end(call, q, code);
    if (code == OK && first.id > 0 && first.text == NULL)
        return answer_no_memory(call);
    if (code == OK)
        *ret = first;
    return code;
}

/* By full code as it is, else by full code in other case or form, else by prefix; *ret.id is 0 if none is found in
 * scope. */
static int match_code(struct call *call, enum noun noun, const char *field, const char *text, struct ref *ret)
{
    int code = take_match(call, lookups[noun].code(call->store, text), ret);
    if (code != OK || ret->id == 0)
        return code != OK ? code : match_prefix(call, noun, field, text, ret);
    bool in_scope = true;
    if (api_nouns[noun].scoped)
        code = resolve_holder_in_scope(call, ret->id, &in_scope);
    if (code == OK && !in_scope)
        return match_prefix(call, noun, field, text, ret);
    return code;
}

static struct stmt *query_edition(struct call *call, const char *code, struct day day)
{
    if (strchr(code, ':') != NULL)
        return query_lookup_edition(call->store, code);
    return query_resolve_newest_edition(call->store, code, day.on, day.known);
}

/* "iso-14001" is its newest edition on the day; in "iso-14001:2015" either part may be a unique prefix. */
static int match_edition(struct call *call, const char *field, const char *text, struct day day, struct ref *ret)
{
    const char *colon = strchr(text, ':');
    int code = take_match(call, query_edition(call, text, day), ret);
    if (code != OK || ret->id > 0)
        return code;

    const char *name = colon != NULL ? arena_text(call->arena, text, (size_t)(colon - text)) : text;
    if (name == NULL)
        return answer_no_memory(call);
    struct ref standard = { 0 };
    code = match_code(call, NOUN_standard, field, name, &standard);
    if (code != OK || standard.id == 0)
        return code;
    if (colon == NULL)
        return take_match(call, query_edition(call, standard.text, day), ret);
    const char *full = arena_printf(call->arena, "%s%s", standard.text, colon);
    return full != NULL ? match_code(call, NOUN_edition, field, full, ret) : answer_no_memory(call);
}

static int resolve_on(struct call *call, enum noun noun, const char *field, struct day day, struct ref *ref)
{
    if (ref_is_numbered(noun))
        return resolve_numbered(call, noun, field, day, ref);
    struct ref match = { 0 };
    int code = noun == NOUN_edition ? match_edition(call, field, ref->text, day, &match)
                                    : match_code(call, noun, field, ref->text, &match);
    if (code != OK)
        return code;
    if (match.id == 0)
        return not_found(call, noun, field, ref->text);
    *ref = match;
    return OK;
}

int resolve_ref(struct call *call, enum noun noun, const char *field, struct ref *ref)
{
    return resolve_on(call, noun, field, (struct day){ call->today, call->now, false }, ref);
}

/* The first thing of this code in any case or form, and whether it is the only one. */
static int find_folded(struct call *call, enum noun noun, const char *text, struct ref *ret, bool *ret_alone)
{
    const char *folded = code_fold(call->arena, text);
    *ret = (struct ref){ 0 };
    *ret_alone = false;
    if (folded == NULL)
        return answer_no_memory(call);
    struct stmt *q = lookups[noun].folded(call->store, folded);
    if (stmt_step(q)) {
        *ret = (struct ref){ stmt_dup(q, LOOKUP_CODE_code, call->arena), stmt_int(q, LOOKUP_CODE_id) };
        *ret_alone = !stmt_step(q);
    }
    return answer_end(call, q, ret->id > 0 && ret->text == NULL ? answer_no_memory(call) : OK);
}

int resolve_exact(struct call *call, enum noun noun, const char *code, int64_t *ret_id)
{
    struct stmt *q = lookups[noun].code(call->store, code);
    *ret_id = stmt_step(q) ? stmt_int(q, LOOKUP_CODE_id) : 0;
    int found = answer_end(call, q, OK);
    if (found != OK || *ret_id > 0)
        return found;
    struct ref first = { 0 };
    bool alone = false;
    found = find_folded(call, noun, code, &first, &alone);
    *ret_id = alone ? first.id : 0;
    return found;
}

int resolve_taken(struct call *call, enum noun noun, const char *code, const char **ret)
{
    struct ref first;
    bool alone;
    int found = find_folded(call, noun, code, &first, &alone);
    *ret = first.text;
    return found;
}

/* The first parameter that could have named something in scope, for the message. */
static const char *scoped_field(const struct method *m)
{
    for (size_t i = 0; i < m->n_params; i++)
        if (m->params[i].type == FIELD_REF && api_nouns[m->params[i].of].scoped)
            return m->params[i].name;
    return NULL;
}

static int must_name_own(struct call *call)
{
    const char *field = scoped_field(call->method);
    return err_set(call->err, ERR_DENIED, field, "you may do this only for your own cooperative; name it in %s",
                   field != NULL ? field : "a cooperative");
}

/* The reference in the parameter; NULL if it is none, or absent. */
static struct ref *ref_in(const struct field *f, void *params)
{
    struct ref *ref = (void *)((char *)params + f->offset);
    return f->type == FIELD_REF && ref->text != NULL ? ref : NULL;
}

static int check_ended(struct call *call, void *params, struct date on)
{
    const struct method *m = call->method;
    int code = OK;
    for (size_t i = 0; i < m->n_params && m->kind == WRITE && code == OK; i++) {
        const struct field *f = &m->params[i];
        const struct ref *ref = ref_in(f, params);
        if (ref != NULL && !ended_is_kept(m, f->name))
            code = ended_check(call, (enum noun)f->of, f->name, ref->id, on);
    }
    return code;
}

int resolve_params(struct call *call, void *params)
{
    const struct method *m = call->method;
    struct day day = day_of(call, params);
    bool named_own = false;
    for (size_t i = 0; i < m->n_params; i++) {
        const struct field *f = &m->params[i];
        struct ref *ref = ref_in(f, params);
        if (ref == NULL)
            continue;
        int code = resolve_on(call, (enum noun)f->of, f->name, day, ref);
        if (code != OK)
            return code;
        named_own = named_own || api_nouns[f->of].scoped;
    }
    if (m->kind == WRITE && !call->scope.everywhere && !named_own)
        return must_name_own(call);
    int code = day_check(call, params);
    return code == OK ? check_ended(call, params, day.on) : code;
}
