/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_period.h"

#include "common/ref.h"
#include "common/said.h"
#include "daemon/service/call/answer.h"
#include "query/cert.h"

static const struct cycle_rule *cycle_rule(const struct cert_judge *j)
{
    return j->c->edition->rules != NULL ? j->c->edition->rules->cycle : NULL;
}

/* Out of the window of the rule, or expired without one. */
static int answer_window(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cycle_rule *rule = cycle_rule(j);
    const struct cert_renewed *r = &j->c->renewed;
    const char *name = r->certificate.text;
    char limit[DATE_TEXT], until[DATE_TEXT];
    date_format(r->limit, limit);
    date_format(r->old.valid_until, until);
    if (r->window == RENEWAL_TOO_EARLY)
        return cert_answer_give(j->call, ret, false, name,
                                "%s is valid until %s; it can be renewed %lld months before, from %s", name, until,
                                (long long)rule->renewal_months, limit);
    if (rule == NULL || !rule->has_restoration_months)
        return cert_answer_give(j->call, ret, false, name,
                                "%s expired after %s; %s has no rule for restoring it: grant a new one", name, until,
                                j->c->edition->code);
    return cert_answer_give(j->call, ret, false, name,
                            "%s expired after %s; it could be restored for %lld months, until %s; grant a new one",
                            name, until, (long long)rule->restoration_months, limit);
}

int cert_period_renewable(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_case *c = j->c;
    const struct cert_renewed *r = &c->renewed;
    const struct cycle_rule *rule = cycle_rule(j);
    const char *name = r->certificate.text;
    char day[DATE_TEXT];
    if (r->certificate.id == 0)
        return OK;
    int code = rule != NULL ? cert_answer_cite(j->call, ret, rule->source, rule->unverified, rule->ours) : OK;
    if (code != OK)
        return code;
    ret->field = "decided_on";
    if (date_before(c->on, r->last_on))
        code = cert_answer_give(j->call, ret, false, name, "%s last changed on %s; use that day or a later one", name,
                                date_format(r->last_on, day));
    else if (r->last == CERT_SUSPENDED)
        code = cert_answer_give(j->call, ret, false, name, "%s is suspended; lift the suspension first", name);
    else if (r->last != CERT_ACTIVE)
        code = cert_answer_give(j->call, ret, false, name, "%s is %s; only an active certificate can be renewed", name,
                                api_choice_text(ENUM_certificate_state, (int)r->last));
    else if (r->window != RENEWAL_FINE)
        code = answer_window(j, ret);
    else
        return cert_answer_give(j->call, ret, true, name, "%s can be renewed on that day", name);
    return cert_answer_reject(ret, code);
}

/* A first and a last day in their order. */
static int check_days(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_term *t = &j->c->term;
    if (!date_is_set(t->valid_until))
        return cert_answer_give(j->call, ret, false, NULL,
                                "%s has no rule for the validity; set the last day, --valid-until",
                                j->c->edition->code);
    if (!said_day_is_good(t->valid_until))
        return cert_answer_give(j->call, ret, false, NULL, "the last day must be a day " SAID_DAYS);
    if (date_before(t->valid_until, t->valid_from))
        return cert_answer_give(j->call, ret, false, NULL, "the last day must not be before the first");
    if (j->c->renewed.certificate.id > 0 || !date_before(t->valid_from, j->c->on))
        return OK;
    ret->field = "valid_from";
    return cert_answer_give(j->call, ret, false, NULL, "the first day must not be before the decision");
}

/* A certificate ends by the day that the transition to the next edition sets (IAF ID 10). */
static int answer_capped(struct cert_judge *j, struct cert_answer *ret, const struct transition_rule *rule)
{
    char day[DATE_TEXT];
    const char *edition = j->c->edition->code;
    int code = cert_answer_cite(j->call, ret, rule->source, rule->unverified, rule->ours);
    if (code != OK)
        return code;
    return cert_answer_give(j->call, ret, !date_before(rule->certificates_until, j->c->term.valid_until), edition,
                            "no certificate for %s is valid after %s", edition,
                            date_format(rule->certificates_until, day));
}

int cert_period_validity(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cycle_rule *rule = cycle_rule(j);
    const struct cert_term *t = &j->c->term;
    char from[DATE_TEXT], until[DATE_TEXT], longest[DATE_TEXT];
    int code = check_days(j, ret);
    if (code != OK || ret->asked)
        return cert_answer_reject(ret, code);
    const struct date last = cert_cycle_last_day(rule, t->valid_from);
    const struct rules *rules = j->c->edition->rules;
    const struct transition_rule *transition = rules != NULL ? rules->transition : NULL;
    if (cert_cycle_capped(last, transition).day != last.day)
        return answer_capped(j, ret, transition);
    date_format(t->valid_from, from);
    date_format(t->valid_until, until);
    if (rule == NULL)
        return cert_answer_give(j->call, ret, true, NULL, "from %s until %s, as given", from, until);
    code = cert_answer_cite(j->call, ret, rule->source, rule->unverified, rule->ours);
    if (code != OK)
        return code;
    return cert_answer_give(j->call, ret, !date_before(last, t->valid_until), NULL,
                            "a certificate is valid for %lld months, this one at most until %s",
                            (long long)rule->validity_months, date_format(last, longest));
}

/* A certification body uses each number once. */
int cert_period_number(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_case *c = j->c;
    int64_t same = 0;
    if (c->number == NULL || c->body.id == 0)
        return OK;
    int code = answer_number(
        j->call, query_cert_of_body(j->call->store, c->body.id, c->number, c->renewed.certificate.id, c->known), &same);
    if (code != OK)
        return code;
    if (same == 0)
        return cert_answer_give(j->call, ret, true, NULL, "%s has not used %s for another", c->body.text, c->number);
    return cert_answer_reject(ret,
                              cert_answer_give(j->call, ret, false, ref_text(j->call->arena, NOUN_certificate, same),
                                               "%s already granted a certificate with this number, C%lld", c->body.text,
                                               (long long)same));
}

int cert_period_overlap(struct cert_judge *j, struct cert_answer *ret)
{
    const struct cert_case *c = j->c;
    char until[DATE_TEXT];
    if (c->body.id == 0 || !date_is_set(c->term.valid_until))
        return OK;
    struct stmt *q = query_cert_overlap(j->call->store, c->holder.id, c->edition->id, c->body.id, c->term.valid_from,
                                        c->term.valid_until, c->renewed.certificate.id, c->known);
    int code = OK;
    bool found = stmt_step(q);
    if (found) {
        const int64_t id = stmt_int(q, CERT_OVERLAP_id);
        code = cert_answer_reject(
            ret, cert_answer_give(j->call, ret, false, ref_text(j->call->arena, NOUN_certificate, id),
                                  "certificate C%lld (%s) is valid until %s; renew or withdraw it, or begin after that "
                                  "day",
                                  (long long)id, stmt_text(q, CERT_OVERLAP_number),
                                  date_format(stmt_date(q, CERT_OVERLAP_valid_until), until)));
    }
    code = answer_end(j->call, q, code);
    return code == OK && !found
               ? cert_answer_give(j->call, ret, true, NULL, "%s has no other in the period", c->body.text)
               : code;
}
