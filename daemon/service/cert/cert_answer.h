/* SPDX-License-Identifier: Apache-2.0 */
/* The answer to one condition of a certificate. Any thread. */
#pragma once

#include "common/api/bound.h"
#include "daemon/service/call/call.h"

enum { CERT_WHY_MAX = BOUND(condition, why) };

struct cert_answer {
    bool asked; /* false: the edition has no such rule */
    bool holds;
    bool absolute;     /* unmet and cannot be overridden: the record itself would be wrong */
    const char *field; /* the parameter at fault; NULL: that of the condition */
    const char *record, *why, *source;
};

/* Asked: whether it holds, the record that supports or prevents it (NULL for none), and why. */
int cert_answer_give(struct call *call, struct cert_answer *ret, bool holds, const char *record, const char *format,
                     ...) __attribute__((format(printf, 5, 6)));
/* Unmet, and the record itself would be wrong; passes the code of cert_answer_give on. */
int cert_answer_reject(struct cert_answer *ret, int code);
/* The source of the rule with its marks. */
int cert_answer_cite(struct call *call, struct cert_answer *ret, const char *source, bool unverified, bool ours);
