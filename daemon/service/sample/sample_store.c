#include "daemon/service/sample/sample.h"

#include "common/api/bound.h"
#include "daemon/service/call/answer.h"

#include <stdlib.h>
#include <string.h>

enum { POPULATION_MAX = BOUND(sample_detail, population) };

const char *sample_series(enum sample_purpose purpose)
{
    if (purpose == SAMPLE_REINSPECTION || purpose == SAMPLE_LABORATORY)
        return api_choice_text(ENUM_sample_purpose, (int)purpose);
    return "audit";
}

const struct sampling_rule *sample_rule(const struct catalogue_edition *edition, enum sample_purpose purpose)
{
    const struct rules *rules = edition->rules;
    for (size_t i = 0; rules != NULL && i < rules->n_sampling; i++)
        if (rules->sampling[i].purpose == purpose)
            return &rules->sampling[i];
    return NULL;
}

static int find_last(struct call *call, int64_t cooperative_id, int64_t edition_id, const struct sampling_rule *rule,
                     struct date on, struct sample_population *to)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_sample_last, v_int(cooperative_id), v_int(edition_id),
                                 v_text(sample_series(rule->purpose)), V_DATE(on));
    if (stmt_step(q)) {
        to->last_id = stmt_int(q, 0);
        to->last_on = stmt_date(q, 1);
    }
    return answer_end(call, q, OK);
}

static bool read_candidate(struct call *call, const struct stmt *q, const struct sampling_rule *rule,
                           struct sample_candidate *to)
{
    *to = (struct sample_candidate){
        .enterprise = { stmt_dup(q, 1, call->arena), stmt_int(q, 0) },
        .new_member = rule->new_members && stmt_int(q, 2) == 1,
        .sanctioned = rule->sanctioned && stmt_int(q, 6) == 1,
        .high_risk = rule->high_risk && stmt_int(q, 3) == 1,
        .not_visited = rule->not_visited && stmt_int(q, 4) == 1,
        .inspector = { stmt_dup(q, 5, call->arena), 0 },
    };
    to->has_new_member = to->new_member;
    to->has_sanctioned = to->sanctioned;
    to->has_high_risk = to->high_risk;
    to->has_not_visited = to->not_visited;
    return to->enterprise.text != NULL && (to->inspector.text != NULL || stmt_is_null(q, 5));
}

static int read_population(struct call *call, struct stmt *q, const struct sampling_rule *rule, struct page *ret,
                           int64_t *ret_excluded)
{
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct sample_candidate c;
        if (stmt_int(q, 7) == 1) {
            ++*ret_excluded;
            continue;
        }
        if (ret->n == POPULATION_MAX)
            code = err_set(call->err, ERR_TOO_BIG, "cooperative", "a sample is drawn from at most %d members",
                           POPULATION_MAX);
        else if (!read_candidate(call, q, rule, &c) || !page_push(ret, call->arena, &c, sizeof c))
            code = answer_no_memory(call);
    }
    return answer_end(call, q, code);
}

int sample_population(struct call *call, int64_t cooperative_id, int64_t edition_id, const struct sampling_rule *rule,
                      struct date on, struct sample_population *ret)
{
    struct page page = { 0 };
    *ret = (struct sample_population){ 0 };
    int code = find_last(call, cooperative_id, edition_id, rule, on, ret);
    if (code != OK)
        return code;
    struct stmt *q = STORE_QUERY(call->store, QUERY_sample_population, v_int(cooperative_id), V_DATE(on),
                                 v_int(edition_id), V_DATE(ret->last_on), v_id(ret->last_id), v_int(rule->high_risk),
                                 v_int(rule->each_inspector), v_int(rule->sanctioned));
    code = read_population(call, q, rule, &page, &ret->excluded);
    if (code != OK)
        return code;
    ret->n = page.n;
    ret->units = arena_array(call->arena, page.n + 1, sizeof *ret->units);
    if (ret->units == NULL)
        return answer_no_memory(call);
    for (size_t i = 0; i < page.n; i++) {
        ret->units[i].facts = (struct sample_candidate *)page.rows + i;
        ret->units[i].enterprise_id = ret->units[i].facts->enterprise.id;
    }
    return OK;
}

static int unpack(struct call *call, struct bytes packed, struct sample_facts *to)
{
    void *rows = NULL;
    int code = codec_unpack_list(RECORD_sample_candidate, packed.data, packed.size, call->arena, &rows,
                                 &to->n_candidates, call->err);
    to->candidates = rows;
    return code;
}

int sample_load(struct call *call, int64_t id, struct sample_facts *ret)
{
    *ret = (struct sample_facts){ .id = id };
    struct stmt *q = STORE_QUERY(call->store, QUERY_sample_facts, v_int(id));
    if (!stmt_step(q))
        return answer_end(call, q,
                          err_set(call->err, ERR_NOT_FOUND, "sample", "there is no sample S%lld", (long long)id));
    ret->cooperative_id = stmt_int(q, 0);
    ret->edition_id = stmt_int(q, 1);
    ret->purpose = (enum sample_purpose)stmt_choice(q, 2, ENUM_sample_purpose);
    ret->on = stmt_date(q, 3);
    ret->size = stmt_int(q, 4);
    ret->mandatory = stmt_int(q, 5);
    ret->seed_from = (enum seed_origin)stmt_choice(q, 6, ENUM_seed_origin);
    ret->journal_seq = stmt_int(q, 8);
    int code = digest_parse(stmt_text(q, 7), ret->seed) ? unpack(call, stmt_blob(q, 9), ret)
                                                        : err_set(call->err, ERR_INTERNAL, NULL, "a seed is damaged");
    code = answer_end(call, q, code);
    if (code == OK)
        code = catalogue_edition(call, ret->edition_id, &ret->edition);
    if (code == OK)
        ret->rule = sample_rule(ret->edition, ret->purpose);
    if (code == OK && ret->rule == NULL)
        code = err_set(call->err, ERR_INTERNAL, NULL, "%s has lost the rule of S%lld", ret->edition->code,
                       (long long)id);
    return code;
}

int sample_seed_of_entry(struct call *call, int64_t seq, struct instant at, uint8_t ret[DIGEST_SIZE])
{
    uint8_t previous[DIGEST_SIZE] = { 0 };
    struct stmt *q = STORE_QUERY(call->store, QUERY_journal_hash, v_int(seq - 1));
    if (stmt_step(q)) {
        struct bytes hash = stmt_blob(q, 0);
        if (hash.size == DIGEST_SIZE)
            memcpy(previous, hash.data, DIGEST_SIZE);
    }
    int code = answer_end(call, q, OK);
    if (code == OK && !sample_random_seed(previous, at, ret))
        code = answer_no_memory(call);
    return code;
}
