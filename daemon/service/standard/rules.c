/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standard/rules.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"

#include "common/scope.h"
#include "query/rules.h"

#include <string.h>

enum { PACKED_MAX = 1024 * 1024 };

/* p/q: both or neither, and no more than the whole unless it is a multiple of something. */
struct share {
    const char *name;
    bool has_p, has_q;
    int64_t p, q;
    bool may_exceed_one;
};

static const char *share_error(const struct share *s)
{
    if (s->has_p != s->has_q)
        return s->has_p ? "a share needs two numbers; the second is missing"
                        : "a share needs two numbers; the first is missing";
    return s->has_p && !s->may_exceed_one && s->p > s->q ? "a share must be at most 1" : NULL;
}

static int check_sampling(struct call *call, const struct rules *r, size_t i)
{
    const struct sampling_rule *s = &r->sampling[i];
    const struct share shares[] = {
        { "root", s->has_root, s->has_root_of, s->root, s->root_of, true },
        { "share", s->has_share, s->has_share_of, s->share, s->share_of, false },
        { "random", s->has_random, s->has_random_of, s->random, s->random_of, false },
    };
    for (size_t k = 0; k < sizeof shares / sizeof shares[0]; k++)
        if (share_error(&shares[k]) != NULL) {
            err_say(call->err, ERR_INVALID_PARAM, shares[k].name, share_error(&shares[k]));
            return err_within(call->err, "rules.sampling[%zu].", i);
        }
    if (!s->has_root && !s->has_share && !s->has_floor)
        return check_refuse_row(call, "rules.sampling", i, "root", "missing size: set root, share or floor");
    for (size_t j = 0; j < i; j++)
        if (r->sampling[j].purpose == s->purpose)
            return check_refuse_row(call, "rules.sampling", i, "purpose",
                                    "there is already a rule for %s; only one per purpose is allowed",
                                    api_choice_text(ENUM_sample_purpose, (int)s->purpose));
    return OK;
}

/* By default it counts from the end of the audit. */
static enum deadline_from from_of(const struct deadline_rule *d)
{
    return d->from != 0 ? d->from : DEADLINE_FROM_AUDIT_END;
}

static int check_deadline(struct call *call, const struct rules *r, size_t i)
{
    const struct deadline_rule *d = &r->deadlines[i];
    for (size_t j = 0; j < i; j++) {
        const struct deadline_rule *o = &r->deadlines[j];
        if (o->class == d->class && o->step == d->step && from_of(o) == from_of(d) && o->kind == d->kind
            && o->approved == d->approved)
            return check_refuse_row(call, "rules.deadlines", i, "step", "duplicate deadline; keep the stricter one");
    }
    return OK;
}

static int check_group(struct call *call, const struct group_rule *g)
{
    const struct share shares[] = {
        { "rules.group.ready", g->has_ready, g->has_ready_of, g->ready, g->ready_of, false },
        { "rules.group.newcomers", g->has_newcomers, g->has_newcomers_of, g->newcomers, g->newcomers_of, false },
        { "rules.group.structural", g->has_structural, g->has_structural_of, g->structural, g->structural_of, false },
    };
    for (size_t k = 0; k < sizeof shares / sizeof shares[0]; k++)
        if (share_error(&shares[k]) != NULL)
            return err_say(call->err, ERR_INVALID_PARAM, shares[k].name, share_error(&shares[k]));
    if (g->has_smallest && g->has_largest && g->largest < g->smallest)
        return err_set(call->err, ERR_INVALID_PARAM, "rules.group.largest", "must not be less than smallest");
    return OK;
}

static int check_cycle(struct call *call, const struct cycle_rule *c)
{
    const char *field = NULL;
    if (c->has_first_surveillance_months && c->first_surveillance_months > c->validity_months)
        field = "rules.cycle.first_surveillance_months";
    else if (c->has_renewal_months && c->renewal_months > c->validity_months)
        field = "rules.cycle.renewal_months";
    if (field == NULL)
        return OK;
    return err_set(call->err, ERR_INVALID_PARAM, field, "must not be more than the %lld months of validity",
                   (long long)c->validity_months);
}

static int check_forbidden(struct call *call, const struct rules *r, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (r->forbidden[j].class == r->forbidden[i].class)
            return check_refuse_row(call, "rules.forbidden", i, "class", "%s is already listed; once is enough",
                                    api_choice_text(ENUM_class, (int)r->forbidden[i].class));
    return OK;
}

static int check_surveillance(struct call *call, const struct rules *r, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(r->surveillance[j].requirement, r->surveillance[i].requirement) == 0)
            return check_refuse_row(call, "rules.surveillance", i, "requirement",
                                    "%s is already listed; once is enough", r->surveillance[i].requirement);
    return OK;
}

static int check_transition(struct call *call, const struct transition_rule *t)
{
    if (t->successor != NULL || date_is_set(t->certificates_until) || t->surveillance || t->additions)
        return OK;
    return err_set(call->err, ERR_INVALID_PARAM, "rules.transition",
                   "says nothing; set successor, certificates_until, surveillance or additions");
}

int rules_check(struct call *call, const struct rules *rules)
{
    int code = OK;
    if (rules == NULL)
        return OK;
    for (size_t i = 0; i < rules->n_sampling && code == OK; i++)
        code = check_sampling(call, rules, i);
    for (size_t i = 0; i < rules->n_deadlines && code == OK; i++)
        code = check_deadline(call, rules, i);
    for (size_t i = 0; i < rules->n_forbidden && code == OK; i++)
        code = check_forbidden(call, rules, i);
    for (size_t i = 0; i < rules->n_surveillance && code == OK; i++)
        code = check_surveillance(call, rules, i);
    if (code == OK && rules->transition != NULL)
        code = check_transition(call, rules->transition);
    if (code == OK && rules->cycle != NULL)
        code = check_cycle(call, rules->cycle);
    return code == OK && rules->group != NULL ? check_group(call, rules->group) : code;
}

int rules_insert(struct call *call, int64_t edition_id, const struct rules *rules)
{
    SCOPED(buf_fini) struct buf packed;
    buf_init(&packed, PACKED_MAX);
    if (rules == NULL)
        return OK;
    int code = codec_pack_list(RECORD_rules, rules, 1, &packed, call->err);
    if (code != OK)
        return code;
    return stmt_run(query_rules_insert(call->store, edition_id, (struct bytes){ packed.data, packed.size }), call->err);
}

int rules_read(struct call *call, int64_t edition_id, struct arena *a, struct rules **ret)
{
    void *rows = NULL;
    size_t n = 0;
    struct stmt *q = query_rules_of_edition(call->store, edition_id);
    int code = OK;
    if (stmt_step(q)) {
        struct bytes packed = stmt_blob(q, RULES_OF_EDITION_rules);
        code = codec_unpack_list(RECORD_rules, packed.data, packed.size, a, &rows, &n, call->err);
    }
    code = answer_end(call, q, code);
    if (code == OK)
        *ret = n > 0 ? rows : NULL;
    return code;
}

enum grade rules_proof_holder(const struct rules *rules)
{
    const struct proof_rule *rule = rules != NULL ? rules->proof : NULL;
    return rule != NULL && rule->holder != 0 ? rule->holder : GRADE_EXTERNAL;
}

enum grade rules_proof_members(const struct rules *rules)
{
    const struct proof_rule *rule = rules != NULL ? rules->proof : NULL;
    return rule != NULL && rule->members != 0 ? rule->members : GRADE_INTERNAL;
}
