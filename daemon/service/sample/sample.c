/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/sample/sample.h"

#include "common/scope.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/sample/sample_pick.h"
#include "daemon/service/standard/edition.h"
#include "query/sample.h"

#include <string.h>

/* A draw in progress. */
struct drawing {
    struct call *call;
    const struct sample_draw *params;
    const struct catalogue_edition *edition;
    const struct sampling_rule *rule;
    struct date on;
    enum seed_origin seed_from;
    uint8_t seed[DIGEST_SIZE];
    struct sample_population population;
    struct sample_draft draft;
};

/* The purposes the edition has rules for, for the message. */
static const char *purposes(struct call *call, const struct catalogue_edition *edition)
{
    const char *list = NULL;
    for (size_t i = 0; edition->rules != NULL && i < edition->rules->n_sampling; i++) {
        const char *name = api_choice_text(ENUM_sample_purpose, (int)edition->rules->sampling[i].purpose);
        list = list == NULL ? name : arena_printf(call->arena, "%s, %s", list, name);
        if (list == NULL)
            return "";
    }
    return list;
}

static int find_rule(struct drawing *d)
{
    const struct sample_draw *p = d->params;
    int code = catalogue_edition(d->call, p->edition.id, &d->edition);
    if (code != OK)
        return code;
    d->rule = sample_rule(d->edition, p->purpose);
    if (d->rule != NULL)
        return OK;
    const char *wanted = api_choice_text(ENUM_sample_purpose, (int)p->purpose), *have = purposes(d->call, d->edition);
    if (have == NULL)
        return err_set(d->call->err, ERR_CONFLICT, "edition", "%s has no sampling rule; visit every member",
                       d->edition->code);
    return err_set(d->call->err, ERR_CONFLICT, "purpose", "%s has no sampling rule for %s, only for: %s",
                   d->edition->code, wanted, have);
}

/* Samples for a certificate that runs may follow the end of the edition, where its rule says so. */
static int check_edition(struct drawing *d)
{
    const struct transition_rule *rule = d->edition->rules->transition;
    enum sample_purpose purpose = d->params->purpose;
    bool may_follow = rule != NULL && rule->surveillance && purpose != SAMPLE_INITIAL
                      && purpose != SAMPLE_RECERTIFICATION;
    return edition_check_running(d->call, d->edition, d->params->cooperative.id, d->on, may_follow, "edition",
                                 "the sample");
}

static int gather(struct drawing *d)
{
    char day[DATE_TEXT];
    int code = sample_population(d->call, d->params->cooperative.id, d->edition->id, d->rule, d->on, &d->population);
    if (code != OK || d->population.n > 0)
        return code;
    date_format(d->on, day);
    if (d->population.excluded > 0)
        return err_set(d->call->err, ERR_CONFLICT, "cooperative", "every member of %s is excluded on %s",
                       d->params->cooperative.text, day);
    return err_set(d->call->err, ERR_CONFLICT, "cooperative", "%s has no members on %s; see sme-ctl member list %s",
                   d->params->cooperative.text, day, d->params->cooperative.text);
}

static int choose_seed(struct drawing *d)
{
    const char *given = d->params->seed;
    d->seed_from = given != NULL ? SEED_GIVEN : SEED_FROM_JOURNAL;
    if (given == NULL)
        return sample_seed_of_entry(d->call, d->call->seq, d->call->now, d->seed);
    if (!digest_parse(given, d->seed))
        return err_set(d->call->err, ERR_INVALID_PARAM, "seed",
                       "must be 64 hexadecimal digits, as printed by sha256sum");
    return OK;
}

static int insert_sample(struct drawing *d, int64_t *ret_id)
{
    struct call *call = d->call;
    SCOPED(buf_fini) struct buf packed;
    char seed[DIGEST_HEX];
    buf_init(&packed, SIZE_MAX / 2);
    struct sample_candidate *rows = arena_array(call->arena, d->population.n, sizeof *rows);
    if (rows == NULL)
        return answer_no_memory(call);
    for (size_t i = 0; i < d->population.n; i++)
        rows[i] = *d->population.units[i].facts;
    int code = codec_pack_list(RECORD_sample_candidate, rows, d->population.n, &packed, call->err);
    if (code != OK)
        return code;
    struct bytes bytes = { packed.data, packed.size };
    return answer_number(call,
                         query_sample_insert(call->store, d->params->cooperative.id, d->edition->id, d->params->purpose,
                                             sample_series(d->params->purpose), d->on, (int64_t)d->population.n,
                                             d->population.excluded, d->draft.size, d->draft.mandatory,
                                             (int64_t)d->draft.n_drawn, d->population.last_id, d->seed_from,
                                             digest_hex(d->seed, seed), call->caller->user, call->seq, bytes),
                         ret_id);
}

static int insert_members(struct drawing *d, int64_t id)
{
    struct call *call = d->call;
    int code = OK;
    for (size_t i = 0; i < d->draft.n_drawn && code == OK; i++) {
        const struct sample_unit *unit = &d->draft.units[d->draft.drawn[i]];
        code = stmt_run(query_sample_member_insert(call->store, id, (int64_t)i + 1, unit->enterprise_id, unit->why,
                                                   d->on, 0, NULL, call->caller->user),
                        call->err);
    }
    return code;
}

/* The population stays sorted by code, as stored; the draft gets its own units to sort. */
static int pick(struct drawing *d)
{
    struct call *call = d->call;
    d->draft.n = d->population.n;
    d->draft.units = arena_array(call->arena, d->draft.n, sizeof *d->draft.units);
    if (d->draft.units == NULL)
        return answer_no_memory(call);
    memcpy(d->draft.units, d->population.units, d->draft.n * sizeof *d->draft.units);
    return sample_pick(d->rule, d->seed, call->arena, &d->draft) ? OK : answer_no_memory(call);
}

int sample_draw(struct call *call, const struct sample_draw *p, struct sample_detail *ret)
{
    struct drawing d = { .call = call, .params = p, .on = check_or_today(call, p->on) };
    int64_t id = 0;
    int code = find_rule(&d);
    if (code == OK)
        code = check_edition(&d);
    if (code == OK)
        code = choose_seed(&d);
    if (code == OK)
        code = gather(&d);
    if (code == OK)
        code = pick(&d);
    if (code == OK)
        code = insert_sample(&d, &id);
    if (code == OK)
        code = insert_members(&d, id);
    return code == OK ? sample_detail(call, id, d.edition, d.rule, day_as_of(call->today), ret) : code;
}
