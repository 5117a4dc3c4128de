/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates. Recorded are the decisions that set a period of validity, and the days on which a certificate became
 * active, suspended, active again or withdrawn. Expiry follows from its last day; no job has to run. A certificate
 * granted but not yet begun is listed as active, but does not count in a verdict.
 *
 * Granting one does not move the pursuit: the cooperative does that itself with pursuit move. */
#pragma once

#include "daemon/service/standard/catalogue.h"

/* The state of a certificate on a day, and the day from which it is in it: of an expired one, the day after its last.
 */
struct cert_state {
    enum certificate_state state; /* 0: none */
    struct date since, valid_until;
};
/* last, since: its last event by the day. */
struct cert_state cert_state_on(enum certificate_state last, struct date since, struct date valid_until,
                                struct date day);
/* The holder's certificate for an edition that began last by the day. */
int cert_newest(struct call *call, int64_t holder_id, int64_t edition_id, struct date as_of, struct cert_state *ret);
/* Its record on the day, where it was read as its last event left it. */
void cert_set_state(struct certificate *c, struct date day);

/* The unchanging part of a certificate, and its last event by a day. */
struct cert_facts {
    int64_t id, holder_id, edition_id, body_id;
    enum pursuit_route route;
    enum certificate_state last; /* active, suspended or withdrawn, whether or not it has expired */
    struct date last_on;
};
int cert_facts(struct call *call, int64_t id, struct date as_of, struct cert_facts *ret);
/* Its record on a day. */
int cert_load(struct call *call, int64_t id, struct date as_of, struct certificate *ret);
/* override: the reason for breaking a rule, or NULL. Writer thread, like everything below. */
int cert_add_event(struct call *call, int64_t id, enum certificate_state state, struct date on, const char *reason,
                   const char *override);
/* ERR_CONFLICT, naming field, if it has an event or decision after the day. */
int cert_check_order(struct call *call, const struct ref *which, const char *field, struct date on);
