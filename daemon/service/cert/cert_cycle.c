/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_cycle.h"

#include "daemon/service/call/late.h"

#include <stdlib.h>

static int year_of(struct date d)
{
    int year, month, day;
    date_parts(d, &year, &month, &day);
    return year;
}

static bool is_within(struct date day, struct date from, struct date until)
{
    return !date_before(day, from) && !date_before(until, day);
}

struct date cert_cycle_last_day(const struct cycle_rule *rule, struct date valid_from)
{
    return rule != NULL ? date_last_of_months(valid_from, (int)rule->validity_months) : (struct date){ 0 };
}

struct date cert_cycle_capped(struct date last_day, const struct transition_rule *transition)
{
    struct date cap = transition != NULL ? transition->certificates_until : (struct date){ 0 };
    if (!date_is_set(cap) || (date_is_set(last_day) && date_before(last_day, cap)))
        return last_day;
    return cap;
}

struct date cert_cycle_lift_by(const struct cycle_rule *rule, struct date suspended_on)
{
    if (rule == NULL || !rule->has_suspension_months)
        return (struct date){ 0 };
    return date_add_months(suspended_on, (int)rule->suspension_months);
}

static struct date renewable_from(const struct cycle_rule *rule, struct date valid_until)
{
    if (rule == NULL || !rule->has_renewal_months)
        return (struct date){ 0 };
    return date_add_months(valid_until, -(int)rule->renewal_months);
}

static struct date restorable_until(const struct cycle_rule *rule, struct date valid_until)
{
    if (rule == NULL || !rule->has_restoration_months)
        return valid_until;
    return date_add_months(valid_until, (int)rule->restoration_months);
}

enum cert_renewal cert_cycle_renew(const struct cycle_rule *rule, const struct cert_term *old, struct date decided_on,
                                   struct cert_term *ret, struct date *ret_limit)
{
    const struct date after = { old->valid_until.day + 1 };
    bool expired = date_before(old->valid_until, decided_on);
    bool from_expiry = !expired && rule != NULL && rule->renewal_counts_from == RENEWAL_FROM_EXPIRY;
    *ret = (struct cert_term){ .kind = expired ? TERM_RESTORATION : TERM_RENEWAL,
                               .decided_on = decided_on,
                               .valid_from = from_expiry ? after : decided_on };
    ret->valid_until = cert_cycle_last_day(rule, expired ? after : ret->valid_from);
    *ret_limit = renewable_from(rule, old->valid_until);
    if (date_is_set(*ret_limit) && date_before(decided_on, *ret_limit))
        return RENEWAL_TOO_EARLY;
    *ret_limit = restorable_until(rule, old->valid_until);
    /* Not given if after the last possible day. */
    return date_is_set(*ret_limit) && date_before(*ret_limit, decided_on) ? RENEWAL_TOO_LATE : RENEWAL_FINE;
}

/* The list being made; rows has room for all. */
struct making {
    const struct cert_cycle *cycle;
    struct date over_on; /* from this day on the current term requires nothing more; not set: no such day */
    struct certificate_milestone *rows;
    size_t n;
};

/* How a milestone was done; on not set: it was not. */
struct done {
    struct date on, decided_on;
    int64_t audit_id;
};

/* Milestones left undone at withdrawal or the next term are dropped. */
static void add(struct making *m, enum milestone_kind kind, struct date from, struct date due, struct done done)
{
    const struct cert_cycle *c = m->cycle;
    enum milestone_state state = MILESTONE_OPEN;
    if (date_is_set(done.on))
        state = MILESTONE_DONE;
    else if (date_before(due, c->as_of))
        state = MILESTONE_MISSED;
    else if (date_is_set(from) && date_before(c->as_of, from))
        state = MILESTONE_COMING;
    if (state != MILESTONE_DONE && date_is_set(m->over_on) && !date_before(due, m->over_on))
        return;
    struct certificate_milestone *row = &m->rows[m->n++];
    *row = (struct certificate_milestone){ .kind = kind,
                                           .state = state,
                                           .from = from,
                                           .due = due,
                                           .done_on = done.on,
                                           .audit = { .id = done.audit_id },
                                           .decided_on = done.decided_on };
    row->has_late = late_days(due, done.on, c->as_of, &row->late);
}

/* The first audit within the window that lacks nothing, else the last one; zeroed if there is none. */
static struct cert_visit visit_within(const struct cert_cycle *c, struct date from, struct date until)
{
    struct cert_visit last = { 0 };
    for (size_t i = 0; i < c->n_visits && (last.audit_id == 0 || last.lacks != NULL); i++)
        if (is_within(c->visits[i].on, from, until))
            last = c->visits[i];
    return last;
}

static struct date done_on(const struct cert_visit *visit)
{
    return visit->lacks == NULL ? visit->on : (struct date){ 0 };
}

static void add_surveillance(struct making *m, struct date from, struct date due)
{
    struct cert_visit visit = visit_within(m->cycle, from, due);
    size_t before = m->n;
    add(m, MILESTONE_SURVEILLANCE, from, due, (struct done){ .on = done_on(&visit), .audit_id = visit.audit_id });
    if (m->n > before)
        m->rows[before].lacks = visit.lacks;
}

/* The calendar year whose surveillance the first one replaces; 0 for none. */
static int add_first_surveillance(struct making *m, const struct cert_term *t, bool is_grant)
{
    const struct cycle_rule *rule = m->cycle->rule;
    if (!rule->has_first_surveillance_months || (!is_grant && rule->surveillance_each_year))
        return 0;
    struct date due = date_add_months(t->decided_on, (int)rule->first_surveillance_months);
    if (!date_is_set(due) || date_before(t->valid_until, due))
        return 0;
    add_surveillance(m, t->decided_on, due);
    struct cert_visit visit = visit_within(m->cycle, t->decided_on, due);
    struct date done = done_on(&visit);
    if (date_is_set(done))
        return year_of(done);
    return date_before(due, m->cycle->as_of) ? 0 : year_of(due);
}

static void add_surveillances(struct making *m, const struct cert_term *t, bool is_grant)
{
    int spared = add_first_surveillance(m, t, is_grant);
    if (!m->cycle->rule->surveillance_each_year)
        return;
    int year = year_of(is_grant ? t->decided_on : t->valid_from) + 1, last = year_of(t->valid_until);
    for (; year < last; year++)
        if (year != spared)
            add_surveillance(m, date_of(year, 1, 1), date_of(year, 12, 31));
}

static bool is_taken(const struct making *m, int64_t audit_id)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->rows[i].audit.id == audit_id)
            return true;
    return false;
}

/* Surveillances of a term that were missed are settled by later ones that no year asked for, the oldest first. */
static void settle_missed(struct making *m, size_t first)
{
    const struct cert_cycle *c = m->cycle;
    for (size_t i = first; i < m->n; i++) {
        struct certificate_milestone *row = &m->rows[i];
        for (size_t k = 0; k < c->n_visits && row->state == MILESTONE_MISSED; k++) {
            const struct cert_visit *v = &c->visits[k];
            bool over = date_is_set(m->over_on) && !date_before(v->on, m->over_on);
            if (!v->surveillance || v->lacks != NULL || over || !date_before(row->due, v->on)
                || is_taken(m, v->audit_id))
                continue;
            row->state = MILESTONE_LATE;
            row->done_on = v->on;
            row->audit.id = v->audit_id;
            row->has_late = late_days(row->due, v->on, c->as_of, &row->late);
        }
    }
}

/* By the decision of the next term: on the day of its audit, if known. */
static struct done done_by(const struct cert_term *next)
{
    return (struct done){ .on = date_is_set(next->audited_on) ? next->audited_on : next->decided_on,
                          .decided_on = next->decided_on,
                          .audit_id = next->audit_id };
}

static void add_renewals(struct making *m, const struct cert_term *t, const struct cert_term *next)
{
    const struct cycle_rule *rule = m->cycle->rule;
    struct date due = t->valid_until;
    const struct done none = { 0 };
    bool in_time = next != NULL && !date_before(due, next->decided_on), late = next != NULL && !in_time;
    add(m, MILESTONE_RECERTIFICATION, renewable_from(rule, due), due, in_time ? done_by(next) : none);
    if (in_time || rule == NULL || !rule->has_restoration_months || !date_before(due, m->cycle->as_of))
        return;
    add(m, MILESTONE_RESTORATION, (struct date){ due.day + 1 }, restorable_until(rule, due),
        late ? done_by(next) : none);
}

static int by_due(const void *a, const void *b)
{
    const struct certificate_milestone *x = a, *y = b;
    if (x->due.day != y->due.day)
        return x->due.day < y->due.day ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

/* Of a term's years at most two have no surveillance of their own, and there is a first one. */
static size_t room_for(const struct cert_cycle *c)
{
    size_t n = 1;
    for (size_t i = 0; i < c->n_terms; i++) {
        int years = year_of(c->terms[i].valid_until) - year_of(c->terms[i].decided_on);
        n += 4 + (years > 0 ? (size_t)years : 0);
    }
    return n;
}

int cert_cycle_milestones(const struct cert_cycle *c, struct arena *a, struct certificate_milestone **ret,
                          size_t *ret_n, struct err *e)
{
    struct making m = { .cycle = c, .rows = arena_array(a, room_for(c), sizeof *m.rows) };
    if (m.rows == NULL)
        return err_set(e, ERR_TOO_BIG, NULL, "the cycle of the certificate is too large");
    for (size_t i = 0; i < c->n_terms; i++) {
        const struct cert_term *next = i + 1 < c->n_terms ? &c->terms[i + 1] : NULL;
        m.over_on = next != NULL ? next->valid_from : c->withdrawn_on;
        size_t first = m.n;
        if (c->rule != NULL)
            add_surveillances(&m, &c->terms[i], i == 0);
        settle_missed(&m, first);
        add_renewals(&m, &c->terms[i], next);
    }
    struct date lift_by = cert_cycle_lift_by(c->rule, c->suspended_on);
    if (date_is_set(c->suspended_on) && date_is_set(lift_by))
        add(&m, MILESTONE_SUSPENSION, c->suspended_on, lift_by, (struct done){ 0 });
    qsort(m.rows, m.n, sizeof *m.rows, by_due);
    *ret = m.rows;
    *ret_n = m.n;
    return OK;
}
