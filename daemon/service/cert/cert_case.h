/* SPDX-License-Identifier: Apache-2.0 */
/* The decision on a certificate, and the conditions on who and what takes part in it, one function each, read-only.
 * They are described in common/api/certificate.def and, for rules of the edition, in common/api/rules.def. */
#pragma once

#include "daemon/service/cert/cert_answer.h"
#include "daemon/service/standard/catalogue.h"

/* The decision to check. */
struct cert_case {
    struct ref holder;
    const struct catalogue_edition *edition;
    enum pursuit_route route;
    struct ref audit, decided_by, body;  /* id 0: not named */
    struct date on;                      /* day of the decision */
    struct date valid_from, valid_until; /* not set: by rule */
    struct date since;                   /* of a renewal: the audit is later than this day; else not set */
};

/* The named audit. */
struct cert_audit {
    int64_t holder_id, edition_id, corrected_by;
    enum audit_kind kind;
    enum outcome outcome;                   /* 0: none by the day of the decision */
    struct date performed_on, concluded_on; /* not set: not by that day */
    struct date void_on;                    /* not set: it counts */
};

struct cert_judge {
    struct call *call;
    const struct cert_case *c;
    struct cert_audit audit; /* zero if none is named */
    bool fits;               /* the audit is of this holder and edition, performed by the day */
};

/* Reads the named audit. */
int cert_case_open(struct call *call, const struct cert_case *c, struct cert_judge *ret);
/* NULL if the edition has none. */
const struct decision_rule *cert_case_decision_rule(const struct cert_judge *j);

int cert_case_holder(struct cert_judge *j, struct cert_answer *ret);
int cert_case_body(struct cert_judge *j, struct cert_answer *ret);
int cert_case_audit(struct cert_judge *j, struct cert_answer *ret);
int cert_case_audit_age(struct cert_judge *j, struct cert_answer *ret);
int cert_case_edition(struct cert_judge *j, struct cert_answer *ret);
int cert_case_validity(struct cert_judge *j, struct cert_answer *ret);
int cert_case_decision_maker(struct cert_judge *j, struct cert_answer *ret);
int cert_case_separate(struct cert_judge *j, struct cert_answer *ret);
int cert_case_impartial(struct cert_judge *j, struct cert_answer *ret);
