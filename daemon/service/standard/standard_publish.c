/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing: an edition is written whole, and never again. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/code.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/standard/rules.h"
#include "daemon/service/standard/standard.h"
#include "daemon/service/standard/standard_check.h"
#include "daemon/service/standard/standard_code.h"

#include "common/scope.h"
#include "query/standard.h"

#include <string.h>

enum { PACKED_MAX = 16 * 1024 * 1024 };

/* The standard itself is registered with its first edition; later ones must agree with it. */
struct known_standard {
    int64_t id;
    const char *name, *owner;
    enum domain domain;
    enum certifies certifies;
};

static int find_standard(struct call *call, const char *code, struct known_standard *ret)
{
    *ret = (struct known_standard){ 0 };
    struct stmt *q = query_standard_by_code(call->store, code);
    if (stmt_step(q))
        *ret = (struct known_standard){
            .id = stmt_int(q, STANDARD_BY_CODE_id),
            .name = stmt_dup(q, STANDARD_BY_CODE_name, call->arena),
            .owner = stmt_dup(q, STANDARD_BY_CODE_owner, call->arena),
            .domain = (enum domain)stmt_choice(q, STANDARD_BY_CODE_domain, ENUM_domain),
            .certifies = (enum certifies)stmt_choice(q, STANDARD_BY_CODE_certifies, ENUM_certifies),
        };
    int end = answer_end(call, q, OK);
    if (end == OK && ret->id > 0 && (ret->name == NULL || ret->owner == NULL))
        return answer_no_memory(call);
    return end;
}

static int check_same_standard(struct call *call, const struct standard_publish *p, const struct known_standard *known)
{
    const char *field = NULL, *is = NULL;
    if (strcmp(known->name, p->name) != 0)
        field = "name", is = known->name;
    else if (strcmp(known->owner, p->owner) != 0)
        field = "owner", is = known->owner;
    else if (known->domain != p->domain)
        field = "domain", is = api_choice_text(ENUM_domain, (int)known->domain);
    else if (known->certifies != p->certifies)
        field = "certifies", is = api_choice_text(ENUM_certifies, (int)known->certifies);
    if (field == NULL)
        return OK;
    return err_set(call->err, ERR_CONFLICT, field, "%s has had %s '%s' since its first edition; use the same",
                   p->standard, field, is);
}

static int insert_standard(struct call *call, const struct standard_publish *p, int64_t *ret_id)
{
    int code = answer_number(
        call, query_standard_insert(call->store, p->standard, p->name, p->owner, p->domain, p->certifies), ret_id);
    return code == OK ? code_keep(call, NOUN_standard, *ret_id, p->standard) : code;
}

static int insert_texts(struct call *call, int64_t edition_id, int64_t ordinal, const struct requirement *r)
{
    int code = OK;
    for (size_t i = 0; i < r->n_texts && code == OK; i++) {
        const struct requirement_text *t = &r->texts[i];
        code = stmt_run(query_requirement_text_insert(call->store, edition_id, ordinal, t->lang, t->title, t->body),
                        call->err);
    }
    return code;
}

static int insert_requirement(struct call *call, int64_t edition_id, int64_t ordinal, int32_t parent,
                              const struct requirement *r)
{
    int code = stmt_run(query_requirement_insert(call->store, edition_id, ordinal, r->code, parent >= 0, parent,
                                                 r->level != 0, r->level, r->has_points, r->points, r->na_allowed,
                                                 r->gate, r->autofail, r->evidence, r->fundamental),
                        call->err);
    return code == OK ? insert_texts(call, edition_id, ordinal, r) : code;
}

static int insert_clause(struct call *call, int64_t edition_id, int64_t ordinal, const struct pass_clause *c)
{
    return stmt_run(query_pass_clause_insert(call->store, edition_id, ordinal, c->kind, c->level, c->section,
                                             c->has_at_least, c->at_least, c->has_out_of, c->out_of, c->class),
                    call->err);
}

static int64_t count_assessable(const struct standard_publish *p)
{
    int64_t n = 0;
    for (size_t i = 0; i < p->n_requirements; i++)
        n += p->requirements[i].level != 0;
    return n;
}

static int insert_edition(struct call *call, const struct standard_publish *p, int64_t standard_id, int64_t *ret_id)
{
    const char *full_code = arena_printf(call->arena, "%s:%s", p->standard, p->edition);
    if (full_code == NULL)
        return answer_no_memory(call);
    int code = answer_number(call,
                             query_edition_insert(call->store, standard_id, p->edition, full_code, p->valid_from,
                                                  p->obligatory_from, p->valid_until, p->class_from_level, p->source,
                                                  count_assessable(p), call->now),
                             ret_id);
    return code == OK ? code_keep(call, NOUN_edition, *ret_id, full_code) : code;
}

static int insert_all(struct call *call, const struct standard_publish *p, int64_t standard_id, const int32_t *parents,
                      int64_t *ret_id)
{
    int code = standard_id > 0 ? OK : insert_standard(call, p, &standard_id);
    if (code == OK)
        code = insert_edition(call, p, standard_id, ret_id);
    for (size_t i = 0; i < p->n_requirements && code == OK; i++)
        code = insert_requirement(call, *ret_id, (int64_t)i, parents[i], &p->requirements[i]);
    for (size_t i = 0; i < p->n_pass && code == OK; i++)
        code = insert_clause(call, *ret_id, (int64_t)i, &p->pass[i]);
    return code == OK ? rules_insert(call, *ret_id, p->rules) : code;
}

/* Whether two lists are the same, by their packed form. */
static int compare_lists(struct call *call, enum record_id record, const void *a, size_t n_a, const void *b, size_t n_b,
                         bool *ret_equal)
{
    SCOPED(buf_fini) struct buf x;
    SCOPED(buf_fini) struct buf y;
    buf_init(&x, PACKED_MAX);
    buf_init(&y, PACKED_MAX);
    int code = codec_pack_list(record, a, n_a, &x, call->err);
    if (code == OK)
        code = codec_pack_list(record, b, n_b, &y, call->err);
    *ret_equal = x.size == y.size && (x.size == 0 || memcmp(x.data, y.data, x.size) == 0);
    return code;
}

static bool same_head(const struct standard_publish *p, const struct edition *e)
{
    return p->valid_from.day == e->valid_from.day && p->obligatory_from.day == e->obligatory_from.day
           && p->valid_until.day == e->valid_until.day && p->class_from_level == e->class_from_level
           && strcmp(p->source, e->source) == 0;
}

/* The edition exists: the same again changes nothing, anything else is refused. */
static int repeat(struct call *call, const struct standard_publish *p, int64_t edition_id, struct edition *ret)
{
    struct edition_detail kept = { 0 };
    struct requirement *given;
    bool equal = false;
    int code = standard_read(call, edition_id, NULL, call->today, &kept);
    if (code == OK)
        code = standard_normal(call, p->requirements, p->n_requirements, &given);
    if (code == OK && same_head(p, kept.edition))
        code = compare_lists(call, RECORD_pass_clause, p->pass, p->n_pass, kept.pass, kept.n_pass, &equal);
    if (code == OK && equal)
        code = compare_lists(call, RECORD_requirement, given, p->n_requirements, kept.requirements, kept.n_requirements,
                             &equal);
    if (code == OK && equal)
        code = compare_lists(call, RECORD_rules, p->rules, p->rules != NULL, kept.rules, kept.rules != NULL, &equal);
    if (code != OK)
        return code;
    if (!equal)
        return err_set(call->err, ERR_CONFLICT, "edition",
                       "%s differs from what was published; a published edition cannot change: use a new edition code",
                       kept.edition->edition.text);
    call->unchanged = true;
    *ret = *kept.edition;
    return OK;
}

int standard_publish(struct call *call, const struct standard_publish *p, struct edition *ret)
{
    struct known_standard known;
    int64_t edition_id = 0;
    int32_t *parents = arena_array(call->arena, p->n_requirements, sizeof *parents);
    if (parents == NULL)
        return answer_no_memory(call);
    int code = standard_check(call, p, parents);
    if (code == OK)
        code = find_standard(call, p->standard, &known);
    if (code == OK && known.id > 0)
        code = check_same_standard(call, p, &known);
    if (code == OK && known.id > 0)
        code = answer_number(call, query_edition_find(call->store, known.id, p->edition), &edition_id);
    if (code != OK)
        return code;
    if (edition_id > 0)
        return repeat(call, p, edition_id, ret);
    code = standard_code_check(call, p, known.id == 0);
    if (code == OK)
        code = insert_all(call, p, known.id, parents, &edition_id);
    return code == OK ? standard_edition(call, edition_id, call->today, ret) : code;
}
