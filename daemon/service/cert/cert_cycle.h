/* SPDX-License-Identifier: Apache-2.0 */
/* The cycle of a certificate by its edition's rule: the period for which a decision makes it valid, and what must
 * happen in that period. Pure.
 *
 * ISO/IEC 17021-1:2015 9.1.3: surveillance in each calendar year except that of the recertification, the first within
 * twelve months of the decision to certify. 9.6.3.2: if recertified before expiry, the new validity may count from the
 * old expiry; after expiry it may be restored for a time, and the new expiry still counts from the old one. 9.6.5:
 * suspensions are limited. All figures come from the edition (rules.cycle). */
#pragma once

#include "common/arena.h"
#include "common/err.h"

/* A period of validity set by a decision. */
struct cert_term {
    enum term_kind kind;
    int64_t audit_id;
    struct date audited_on; /* last day of the audit; not set: none, or not known */
    struct date decided_on, valid_from, valid_until;
};

/* A surveillance or recertification audit performed. */
struct cert_visit {
    int64_t audit_id;
    struct date on;
    const char
        *lacks; /* what a surveillance had to assess and did not (rules->surveillance): it does not count; or NULL */
    bool surveillance;
};

/* The facts about a certificate on a day. */
struct cert_cycle {
    const struct cycle_rule *rule;   /* NULL: it only has to be renewed by its last day */
    const struct cert_term *terms;   /* decided by the day, oldest first; at least one */
    const struct cert_visit *visits; /* performed by the day, oldest first */
    size_t n_terms, n_visits;
    struct date suspended_on, withdrawn_on; /* not set unless suspended on the day */
    struct date as_of;
};

/* Its milestones by the day each is due, in the arena. Windows include both days.
 *
 *   surveillance     done by an audit that lacks nothing; one that does is named with what it lacks. The first of a
 * grant, from the decision to first_surveillance_months after it; then, where surveillance_each_year, one for each
 * calendar year after that of the decision (of a renewal: after that of its first day) and before that of its last day.
 * The year in which the first one is due or was done needs no other. Without surveillance_each_year a renewal has a
 * first one like a grant. recertification  until its last day, from renewal_months before it restoration      once it
 * has expired, until restoration_months after its last day suspension       while suspended, until suspension_months
 * after it began
 *
 * Milestones not done before withdrawal are omitted. ERR_TOO_BIG without memory. */
int cert_cycle_milestones(const struct cert_cycle *cycle, struct arena *a, struct certificate_milestone **ret,
                          size_t *ret_n, struct err *e);

/* Whether a decision on a day may renew a certificate, and the resulting validity. */
enum cert_renewal {
    RENEWAL_FINE = 1,
    RENEWAL_TOO_EARLY, /* before *ret_limit, renewal_months before its last day */
    RENEWAL_TOO_LATE,  /* after *ret_limit, restoration_months after its last day; or that day if none is allowed */
};
/* Fills kind, decided_on, valid_from and valid_until (not set without a rule). old is the last term. */
enum cert_renewal cert_cycle_renew(const struct cycle_rule *rule, const struct cert_term *old, struct date decided_on,
                                   struct cert_term *ret, struct date *ret_limit);
/* The last day of a certificate valid from a day; not set without a rule. */
struct date cert_cycle_last_day(const struct cycle_rule *rule, struct date valid_from);
/* The same, and not after the last day of any certificate for the edition; transition may be NULL. Not set without
 * both. */
struct date cert_cycle_capped(struct date last_day, const struct transition_rule *transition);
/* The last day for lifting a suspension that began on a day; not set without a limit. */
struct date cert_cycle_lift_by(const struct cycle_rule *rule, struct date suspended_on);
