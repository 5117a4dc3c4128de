/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates. What is recorded are the decisions that gave one a time of validity, and the days on which one became
 * active, suspended, active again, withdrawn; that it expired follows from its last day, and nothing has to run for it.
 * A certificate that is granted but has not begun counts as active where it is listed, and not at all in a verdict.
 *
 * Granting one moves no pursuit: that a holder counts as certified is its cooperative's own step, pursuit move. */
#pragma once

#include "daemon/service/standard/catalogue.h"

/* What its last event made of it, on a day. */
enum certificate_state cert_state_on(enum certificate_state last, struct date valid_until, struct date day);
/* The certificate of a holder for an edition that began last by the day, in its state on that day.
 * *ret_state is 0 when there is none. */
int cert_newest(struct call *call, int64_t holder_id, int64_t edition_id, struct date as_of,
                enum certificate_state *ret_state, struct date *ret_valid_until);

/* What does not change of a certificate, and its last event by a day. */
struct cert_facts {
    int64_t id, holder_id, edition_id, body_id;
    enum pursuit_route route;
    enum certificate_state last; /* active, suspended or withdrawn, whether or not it has expired */
    struct date last_on;
};
int cert_facts(struct call *call, int64_t id, struct date as_of, struct cert_facts *ret);
/* Its record on a day. */
int cert_load(struct call *call, int64_t id, struct date as_of, struct certificate *ret);
/* override: why against a rule, or NULL. Writer thread, as all that follows. */
int cert_add_event(struct call *call, int64_t id, enum certificate_state state, struct date on, const char *reason,
                   const char *override);
/* ERR_CONFLICT, naming field, when something happened to it or was decided of it after the day. */
int cert_check_order(struct call *call, const struct ref *which, const char *field, struct date on);
