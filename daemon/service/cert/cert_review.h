/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the last decision on a certificate would be taken again, by what is known since and by the conditions of
 * today. The certificate stays; whoever is responsible decides. Computed, never stored. */
#pragma once

#include "daemon/service/cert/cert_case.h"

struct cert_review {
    struct condition *unmet; /* in the arena */
    size_t n_unmet;
    struct date since; /* the day of the decision, or on which its audit was corrected; not set if nothing is unmet */
};

/* As known on the day. Nothing is unmet of a certificate that has expired or was withdrawn, and of a decision despite
 * unmet conditions only what has changed since. */
int cert_review(struct call *call, int64_t certificate_id, struct date day, struct cert_review *ret);
