/* SPDX-License-Identifier: Apache-2.0 */
/* The decision on a certificate, and the conditions on who and what takes part in it, one function each, read-only.
 * They are described in common/api/certificate.def and, for rules of the edition, in common/api/rules.def. */
#pragma once

#include "daemon/service/cert/cert_answer.h"
#include "daemon/service/cert/cert_cycle.h"
#include "daemon/service/standard/catalogue.h"

/* What a renewal starts from. */
struct cert_renewed {
    struct ref certificate; /* id 0: a new certificate is decided on */
    enum certificate_state last;
    struct date last_on; /* its last event or decision, on any day */
    struct cert_term old;
    enum cert_renewal window; /* 0: no decision by the day */
    struct date limit;        /* of the window */
};

/* The decision to check. */
struct cert_case {
    struct ref holder;
    const struct catalogue_edition *edition;
    enum pursuit_route route;
    struct ref audit, decided_by, body; /* id 0: not named, and none to choose */
    struct date on;                     /* day of the decision */
    struct date known;                  /* day up to which corrections are known: today, or that of a view */
    bool review;                        /* of a decision taken: what the audit recommends may be told later */
    const char *number;                 /* NULL: not given */
    struct cert_term term;              /* valid_until not set: neither given nor by rule */
    struct cert_renewed renewed;
    const char *chosen; /* what was not named and was chosen; NULL: nothing */
};

/* The named audit. */
struct cert_audit {
    int64_t holder_id, edition_id;
    int64_t corrected_by, restored; /* as known: its correction; what counts again since it is void; or 0 */
    enum audit_kind kind;
    enum outcome outcome;                   /* 0: none by the day of the decision */
    struct date performed_on, concluded_on; /* not set: not by that day */
    struct date void_on;                    /* not set: it counts */
    struct date outcome_on, corrected_on;
};

struct cert_judge {
    struct call *call;
    const struct cert_case *c;
    struct cert_audit audit; /* zero if none is named */
    bool fits;               /* the audit is of this holder and edition, performed by the day */
    bool ready;              /* the verdict is, by any proof */
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
int cert_case_decision_maker(struct cert_judge *j, struct cert_answer *ret);
int cert_case_separate(struct cert_judge *j, struct cert_answer *ret);
int cert_case_impartial(struct cert_judge *j, struct cert_answer *ret);
