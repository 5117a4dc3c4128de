/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_sample.h"

#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/sample/sample.h"
#include "query/cert.h"

/* Which decision asks for a sample: a grant for that of the initial audit, a renewal for that of the recertification,
 * both for repeat inspections, by which the internal control is judged. */
static const struct {
    bool grant, renewal;
    const char *otherwise;
} asked[] = {
    [SAMPLE_INITIAL] = { true, false, "asked of the first grant" },
    [SAMPLE_SURVEILLANCE] = { false, false, "comes after the grant; see sme-ctl due" },
    [SAMPLE_RECERTIFICATION] = { false, true, "asked of a renewal" },
    [SAMPLE_REINSPECTION] = { true, true, NULL },
    [SAMPLE_LABORATORY] = { false, false, "laboratories do not record here whom they visited" },
};

const char *cert_sample_told(const struct cert_case *c, enum sample_purpose purpose)
{
    if (c->route != ROUTE_GROUP)
        return "asked of groups only";
    bool is_asked = c->renewed.certificate.id > 0 ? asked[purpose].renewal : asked[purpose].grant;
    return is_asked ? NULL : asked[purpose].otherwise;
}

/* The newest one drawn for the purpose since the last decision of the body on the holder; 0 if there is none. */
static int newest(struct cert_judge *j, enum sample_purpose purpose, int64_t *ret)
{
    const struct cert_case *c = j->c;
    return answer_number(
        j->call, query_cert_sample(j->call->store, c->holder.id, c->edition->id, purpose, c->on, c->body.id), ret);
}

/* Leaves *ret unasked if every member in it was visited. */
static int judge(struct cert_judge *j, const struct sampling_rule *rule, struct cert_answer *ret)
{
    const char *purpose = api_choice_text(ENUM_sample_purpose, (int)rule->purpose);
    struct sample_detail sample = { 0 };
    int64_t id = 0;
    size_t pending = 0, first = 0;
    int code = newest(j, rule->purpose, &id);
    if (code == OK && id == 0)
        return cert_answer_give(j->call, ret, false, j->c->holder.text,
                                "no sample for %s was drawn since the last decision; see sme-ctl sample draw", purpose);
    if (code == OK)
        code = sample_detail(j->call, id, j->c->edition, rule, (struct judged_day){ j->c->on, j->c->known }, &sample);
    for (size_t i = 0; code == OK && i < sample.n_members; i++)
        if (sample.members[i].state == SAMPLED_PENDING && pending++ == 0)
            first = i;
    if (code != OK || pending == 0)
        return code;
    return cert_answer_give(j->call, ret, false, ref_text(j->call->arena, NOUN_sample, id),
                            "S%lld for %s: %zu of the members drawn are not visited yet, first %s", (long long)id,
                            purpose, pending, sample.members[first].enterprise.text);
}

int cert_sample_visited(struct cert_judge *j, struct cert_answer *ret)
{
    const struct rules *rules = j->c->edition->rules;
    const struct sampling_rule *last = NULL;
    for (size_t i = 0; rules != NULL && i < rules->n_sampling && !ret->asked; i++) {
        if (cert_sample_told(j->c, rules->sampling[i].purpose) != NULL)
            continue;
        last = &rules->sampling[i];
        int code = judge(j, last, ret);
        if (code == OK)
            code = cert_answer_cite(j->call, ret, last->source, last->unverified, last->ours);
        if (code != OK)
            return code;
    }
    if (last == NULL || ret->asked)
        return OK;
    return cert_answer_give(j->call, ret, true, j->c->holder.text, "drawn, and every member in it visited");
}
