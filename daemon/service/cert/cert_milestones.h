/* SPDX-License-Identifier: Apache-2.0 */
/* The milestones of certificates in the register, computed by cert_cycle.h. */
#pragma once

#include "daemon/service/cert/cert.h"

/* Of one certificate, with all its terms decided by the day. */
int cert_milestones_of(struct call *call, int64_t certificate_id, struct date as_of, struct certificate_milestone **ret,
                       size_t *ret_n);

/* An unfinished milestone: coming, open or missed on the day. */
struct cert_due {
    int64_t certificate_id, holder_id, edition_id;
    const char *holder; /* its code */
    enum milestone_kind kind;
    enum milestone_state state;
    struct date from, due;         /* from: not set if always possible */
    const struct cycle_rule *rule; /* NULL if the edition has none: it only has to be renewed */
};
/* Of every certificate of a holder and, if it is a cooperative, of its members; holder_id 0: of every holder in the
 * caller's scope. Rows of struct cert_due, by the code of the holder, the number of the certificate, and the day due.
 * Omitted: withdrawn certificates, and those followed by a newer one of the same body for the same standard; all
 * milestones of earlier terms; and, if an expired certificate can no longer be restored, those before its last day. */
int cert_milestones_due(struct call *call, int64_t holder_id, struct date as_of, struct page *ret);
