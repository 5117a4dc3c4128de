/* SPDX-License-Identifier: Apache-2.0 */
/* The decision on a certificate as it is asked for, and completed: the audit, the body and the days that were not
 * given. cert check, cert grant and cert renew all begin here, so that they speak of the same decision. */
#pragma once

#include "daemon/service/cert/cert_case.h"

/* As asked for: id 0, NULL and a day that is not set are "not given". */
struct cert_ask {
    struct ref holder, edition; /* of a renewal: those of its certificate, if given */
    struct ref audit, decided_by, body;
    struct ref renews;
    enum pursuit_route route;
    struct date on, valid_from, valid_until; /* on is always given */
    struct date known;                       /* as in struct cert_case; not set: today */
    const char *number;
    bool cover;
};

/* ERR_INVALID_PARAM for what contradicts itself. Any thread. */
int cert_decision_open(struct call *call, const struct cert_ask *ask, struct cert_case *ret);
