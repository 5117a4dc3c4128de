/* SPDX-License-Identifier: Apache-2.0 */
/* What the cycle of certificates asks for, read from the register. Which milestones there are is cert_cycle.h's. */
#pragma once

#include "daemon/service/cert/cert.h"

/* Of one certificate, with all its terms decided by the day. */
int cert_milestones_of(struct call *call, int64_t certificate_id, struct date as_of, struct certificate_milestone **ret,
                       size_t *ret_n);

/* A milestone that is not done: coming, open or missed on the day. */
struct cert_due {
    int64_t certificate_id, holder_id, edition_id;
    const char *holder; /* its code */
    enum milestone_kind kind;
    enum milestone_state state;
    struct date from, due;         /* from: not set where it could always have been done */
    const struct cycle_rule *rule; /* NULL where the edition has none: only that it must be renewed */
};
/* Of every certificate of a holder and, where it is a cooperative, of its members; holder_id 0: of every holder in the
 * caller's scope. Rows of struct cert_due, by the code of the holder, the number of the certificate, and the day due.
 * Left out: certificates withdrawn, and those that a newer one of the same body by the same standard follows; of
 * earlier terms all, and of an expired certificate that can be restored no more what is older than its last day. */
int cert_milestones_due(struct call *call, int64_t holder_id, struct date as_of, struct page *ret);
