#include "daemon/service/call/resolve.h"

#include "common/buf.h"
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/day.h"

#include <stdlib.h>
#include <string.h>

/* Above every character: the end of the range of codes that begin with a prefix. */
static const char prefix_end[] = "\xf4\x8f\xbf\xbf";

/* How each noun is looked up. */
struct lookup {
    const struct query *exact, *prefix; /* prefix: NULL for a numbered noun */
    enum holder_kind kind;              /* of the holders among which a prefix is looked for */
};
static const struct lookup lookups[NOUN_COUNT] = {
    [NOUN_cluster] = { &QUERY_resolve_cluster, &QUERY_resolve_cluster_prefix, 0 },
    [NOUN_cooperative] = { &QUERY_resolve_cooperative, &QUERY_resolve_holder_prefix, HOLDER_COOPERATIVE },
    [NOUN_enterprise] = { &QUERY_resolve_enterprise, &QUERY_resolve_holder_prefix, HOLDER_ENTERPRISE },
    [NOUN_holder] = { &QUERY_resolve_holder, &QUERY_resolve_holder_prefix, 0 },
    [NOUN_standard] = { &QUERY_resolve_standard, &QUERY_resolve_standard_prefix, 0 },
    [NOUN_edition] = { &QUERY_resolve_edition, &QUERY_resolve_edition_prefix, 0 },
    [NOUN_body] = { &QUERY_resolve_body, &QUERY_resolve_body_prefix, 0 },
    [NOUN_person] = { &QUERY_resolve_person, &QUERY_resolve_person_prefix, 0 },
    [NOUN_appointment] = { .exact = &QUERY_resolve_appointment },
    [NOUN_membership] = { .exact = &QUERY_resolve_membership },
    [NOUN_pursuit] = { .exact = &QUERY_resolve_pursuit },
    [NOUN_audit] = { .exact = &QUERY_resolve_audit },
    [NOUN_finding] = { .exact = &QUERY_resolve_finding },
    [NOUN_evidence] = { .exact = &QUERY_resolve_evidence },
    [NOUN_intervention] = { .exact = &QUERY_resolve_intervention },
    [NOUN_certificate] = { .exact = &QUERY_resolve_certificate },
    [NOUN_sanction] = { .exact = &QUERY_resolve_sanction },
    [NOUN_declaration] = { .exact = &QUERY_resolve_declaration },
    [NOUN_notice] = { .exact = &QUERY_resolve_notice },
    [NOUN_grant] = { .exact = &QUERY_resolve_grant },
    [NOUN_migration] = { .exact = &QUERY_resolve_migration },
    [NOUN_map] = { .exact = &QUERY_resolve_map },
    [NOUN_sample] = { .exact = &QUERY_resolve_sample },
};

/* One message for what does not exist and for what lies outside the caller's scope. */
static int not_found(struct call *call, enum noun noun, const char *field, const char *text)
{
    return err_set(call->err, ERR_NOT_FOUND, field,
                   "there is no %s '%s', or it lies outside your scope; see sme-ctl %s", api_nouns[noun].doc, text,
                   api_nouns[noun].list);
}

/* Whether any row of q, a cooperative, is one of the caller's. Ends q. */
static int any_in_scope(struct call *call, struct stmt *q, bool *ret)
{
    bool found = false;
    while (!found && stmt_step(q))
        for (size_t i = 0; i < call->scope.n && !found; i++)
            found = call->scope.cooperatives[i] == stmt_int(q, 0);
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
    return any_in_scope(
        call, STORE_QUERY(call->store, QUERY_resolve_cooperatives_of_enterprise, v_int(holder_id), V_DATE(call->today)),
        ret);
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

static int intervention_in_scope(struct call *call, int64_t id, int64_t cooperative_id, bool *ret)
{
    *ret = call->scope.everywhere || is_own_cooperative(call, cooperative_id);
    if (*ret || cooperative_id > 0)
        return OK;
    return any_in_scope(
        call, STORE_QUERY(call->store, QUERY_resolve_cooperatives_of_intervention, v_int(id), V_DATE(call->today)),
        ret);
}

static int resolve_numbered(struct call *call, enum noun noun, const char *field, struct ref *ref)
{
    int64_t id;
    if (!ref_number(noun, ref->text, &id))
        return err_set(call->err, ERR_INVALID_PARAM, field, "must be the letter and number of the %s, such as %s12",
                       api_nouns[noun].doc, api_nouns[noun].letters);

    struct stmt *q = STORE_QUERY(call->store, *lookups[noun].exact, v_int(id));
    bool found = stmt_step(q);
    int64_t holder_id = found ? stmt_int(q, 1) : 0;
    int code = answer_end(call, q, OK);
    bool in_scope = found;
    if (code == OK && found && api_nouns[noun].scoped)
        code = noun == NOUN_intervention ? intervention_in_scope(call, id, holder_id, &in_scope)
                                         : resolve_holder_in_scope(call, holder_id, &in_scope);
    if (code != OK)
        return code;
    if (!in_scope)
        return not_found(call, noun, field, ref->text);
    ref->id = id;
    ref->text = ref_text(call->arena, noun, id);
    return ref->text != NULL ? OK : answer_no_memory(call);
}

/* Takes id and code from the first row of q, if there is one, and ends q. */
static int take_match(struct call *call, struct stmt *q, struct ref *ret)
{
    struct ref match = { 0 };
    bool found = stmt_step(q);
    if (found)
        match = (struct ref){ .id = stmt_int(q, 0), .text = stmt_dup(q, 1, call->arena) };
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
    if (l->prefix != &QUERY_resolve_holder_prefix)
        return STORE_QUERY(call->store, *l->prefix, v_text(prefix), v_text(end));
    return STORE_QUERY(call->store, *l->prefix, v_text(prefix), v_text(end), v_text(resolve_scope_text(call)),
                       V_DATE(call->today), v_choice(ENUM_holder_kind, (int)l->kind));
}

/* *ret.id is 0 when nothing begins with prefix; more than one thing is an error. */
static int match_prefix(struct call *call, enum noun noun, const char *field, const char *prefix, struct ref *ret)
{
    const char *end = arena_printf(call->arena, "%s%s", prefix, prefix_end);
    if (end == NULL)
        return answer_no_memory(call);
    struct stmt *q = query_prefix(call, noun, prefix, end);
    struct ref first = { 0 };
    if (stmt_step(q))
        first = (struct ref){ .id = stmt_int(q, 0), .text = stmt_dup(q, 1, call->arena) };
    int code = OK;
    if (first.id > 0 && stmt_step(q))
        code = err_set(call->err, ERR_INVALID_PARAM, field,
                       "'%s' begins more than one %s, among them %s and %s; write more of it", prefix,
                       api_nouns[noun].doc, first.text != NULL ? first.text : "", stmt_text(q, 1));
    code = answer_end(call, q, code);
    if (code == OK && first.id > 0 && first.text == NULL)
        return answer_no_memory(call);
    if (code == OK)
        *ret = first;
    return code;
}

/* By the whole code, else by a prefix; *ret.id is 0 when neither is found in scope. */
static int match_code(struct call *call, enum noun noun, const char *field, const char *text, struct ref *ret)
{
    int code = take_match(call, STORE_QUERY(call->store, *lookups[noun].exact, v_text(text)), ret);
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
        return STORE_QUERY(call->store, QUERY_resolve_edition, v_text(code));
    return STORE_QUERY(call->store, QUERY_resolve_newest_edition, v_text(code), V_DATE(day.on), v_int(day.known.us));
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
        return resolve_numbered(call, noun, field, ref);
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

int resolve_exact(struct call *call, enum noun noun, const char *code, int64_t *ret_id)
{
    struct stmt *q = STORE_QUERY(call->store, *lookups[noun].exact, v_text(code));
    *ret_id = stmt_step(q) ? stmt_int(q, 0) : 0;
    return answer_end(call, q, OK);
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
    return err_set(call->err, ERR_DENIED, field, "you may do this only for your own cooperative; name it with %s",
                   field != NULL ? field : "a cooperative");
}

int resolve_params(struct call *call, void *params)
{
    const struct method *m = call->method;
    struct day day = day_of(call, params);
    bool named_own = false;
    for (size_t i = 0; i < m->n_params; i++) {
        const struct field *f = &m->params[i];
        struct ref *ref = (void *)((char *)params + f->offset);
        if (f->type != FIELD_REF || ref->text == NULL)
            continue;
        int code = resolve_on(call, (enum noun)f->of, f->name, day, ref);
        if (code != OK)
            return code;
        named_own = named_own || api_nouns[f->of].scoped;
    }
    if (m->kind == WRITE && !call->scope.everywhere && !named_own)
        return must_name_own(call);
    return day_check(call, params);
}
