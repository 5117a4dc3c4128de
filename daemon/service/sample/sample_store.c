/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/sample/sample.h"

#include "common/api/bound.h"
#include "daemon/service/call/answer.h"
#include "query/journal.h"
#include "query/sample.h"

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
    struct stmt *q = query_sample_last(call->store, cooperative_id, edition_id, sample_series(rule->purpose), on);
    if (stmt_step(q)) {
        to->last_id = stmt_int(q, SAMPLE_DRAWN_id);
        to->last_on = stmt_date(q, SAMPLE_DRAWN_on_day);
    }
    return answer_end(call, q, OK);
}

static bool read_candidate(struct call *call, const struct stmt *q, const struct sampling_rule *rule,
                           struct sample_candidate *to)
{
    *to = (struct sample_candidate){
        .enterprise = { stmt_dup(q, SAMPLE_POPULATION_code, call->arena), stmt_int(q, SAMPLE_POPULATION_id) },
        .new_member = rule->new_members && stmt_int(q, SAMPLE_POPULATION_new_member) == 1,
        .sanctioned = rule->sanctioned && stmt_int(q, SAMPLE_POPULATION_sanctioned) == 1,
        .high_risk = rule->high_risk && stmt_int(q, SAMPLE_POPULATION_high_risk) == 1,
        .not_visited = rule->not_visited && stmt_int(q, SAMPLE_POPULATION_not_visited) == 1,
        .inspector = { stmt_dup(q, SAMPLE_POPULATION_inspector, call->arena), 0 },
    };
    to->has_new_member = to->new_member;
    to->has_sanctioned = to->sanctioned;
    to->has_high_risk = to->high_risk;
    to->has_not_visited = to->not_visited;
    return to->enterprise.text != NULL && (to->inspector.text != NULL || stmt_is_null(q, SAMPLE_POPULATION_inspector));
}

static int read_population(struct call *call, struct stmt *q, const struct sampling_rule *rule, struct page *ret,
                           int64_t *ret_excluded)
{
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct sample_candidate c;
        if (stmt_int(q, SAMPLE_POPULATION_excluded) == 1) {
            ++*ret_excluded;
            continue;
        }
        if (ret->n == POPULATION_MAX)
            code = err_set(call->err, ERR_TOO_BIG, "cooperative", "a sample can have at most %d members to draw from",
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
    struct stmt *q = query_sample_population(call->store, cooperative_id, on, edition_id, ret->last_on, ret->last_id,
                                             rule->high_risk, rule->each_inspector, rule->sanctioned);
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
    struct stmt *q = query_sample_facts(call->store, id);
    if (!stmt_step(q))
        return answer_end(call, q, err_set(call->err, ERR_NOT_FOUND, "sample", "no sample S%lld", (long long)id));
    ret->cooperative_id = stmt_int(q, SAMPLE_FACTS_cooperative_id);
    ret->edition_id = stmt_int(q, SAMPLE_FACTS_edition_id);
    ret->purpose = (enum sample_purpose)stmt_choice(q, SAMPLE_FACTS_purpose, ENUM_sample_purpose);
    ret->on = stmt_date(q, SAMPLE_FACTS_on_day);
    ret->size = stmt_int(q, SAMPLE_FACTS_size);
    ret->mandatory = stmt_int(q, SAMPLE_FACTS_mandatory);
    ret->seed_from = (enum seed_origin)stmt_choice(q, SAMPLE_FACTS_seed_from, ENUM_seed_origin);
    ret->journal_seq = stmt_int(q, SAMPLE_FACTS_entry);
    int code = digest_parse(stmt_text(q, SAMPLE_FACTS_seed), ret->seed)
                   ? unpack(call, stmt_blob(q, SAMPLE_FACTS_population), ret)
                   : err_set(call->err, ERR_INTERNAL, NULL, "damaged seed");
    code = answer_end(call, q, code);
    if (code == OK)
        code = catalogue_edition(call, ret->edition_id, &ret->edition);
    if (code == OK)
        ret->rule = sample_rule(ret->edition, ret->purpose);
    if (code == OK && ret->rule == NULL)
        code = err_set(call->err, ERR_INTERNAL, NULL, "%s no longer has the rule of S%lld", ret->edition->code,
                       (long long)id);
    return code;
}

int sample_seed_of_entry(struct call *call, int64_t seq, struct instant at, uint8_t ret[DIGEST_SIZE])
{
    uint8_t previous[DIGEST_SIZE] = { 0 };
    struct stmt *q = query_journal_hash(call->store, seq - 1);
    if (stmt_step(q)) {
        struct bytes hash = stmt_blob(q, JOURNAL_HASH_hash);
        if (hash.size == DIGEST_SIZE)
            memcpy(previous, hash.data, DIGEST_SIZE);
    }
    int code = answer_end(call, q, OK);
    if (code == OK && !sample_random_seed(previous, at, ret))
        code = answer_no_memory(call);
    return code;
}
