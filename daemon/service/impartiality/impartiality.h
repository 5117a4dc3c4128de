/* SPDX-License-Identifier: Apache-2.0 */
/* Impartiality: the conflicts of interest of a person or body with a holder on a day, and the refusal that names them.
 *
 * Sources. Cooling-off: ISO/IEC 17021-1 5.2.6, 5.2.7, 5.2.10 (whoever provided consultancy or internal audits does not
 * certify, audit or decide for a time) and ISO/IEC 17065 4.2.10; whether internal audits count, whether a person's work
 * is also that of the person's body, and the number of months are rules of the edition, without which earlier work is
 * no conflict. A person belongs to a body while appointed to a role there: on the day of the work or on that of the
 * task. An internal inspection of a member is work for its cooperative too. A period of n months after a day ends on
 * the same day of the month n months later, or on the last day of that month if it is shorter (Regulation (EEC,
 * Euratom) 1182/71 Art. 3): with 24 months, assistance on 2024-02-29 is a conflict through 2026-02-28. Relations:
 * ISO/IEC 17021-1 5.2.13, and the yearly declarations of inspectors in groups of operators (Regulation (EU) 2018/848
 * Art. 36); these are conflicts under every edition. A relation to a cooperative is one to its members on the day of
 * the task. So is a role at the cooperative, where the edition has a rule on impartiality, until the cooling-off after
 * assistance has passed since the role ended: ISO/IEC 17021-1 5.2.7 (unverified); that every role counts, and for as
 * long as assistance, is ours. Both bar only audits for certification and decisions: the cooperative's own people audit
 * it, inspect its members and approve the inspections. Auditors do not decide: ISO/IEC 17021-1 9.5.1, ISO/IEC
 * 17065 7.6.2.
 *
 * A conflict recorded later may apply to the past: it undoes nothing already recorded, but is listed among the
 * conflicts. */
#pragma once

#include "daemon/service/register/team.h"
#include "daemon/service/standard/catalogue.h"

enum { IMPARTIALITY_SUBJECTS_MAX = 60 };

/* Someone who must be impartial: a person or a body; the other is 0. */
struct impartiality_subject {
    const char *field; /* the parameter that named it */
    int64_t person_id, body_id;
};

struct impartiality_case {
    enum impartial_task task;
    int64_t holder_id;
    const struct catalogue_edition *edition; /* NULL: the longest cooling-off of all editions */
    int64_t audit_id;                        /* to approve, or the basis of the decision; 0: none */
    struct date on;                          /* day of the audit, approval or decision */
    struct date as_of;                       /* counts what was known by then */
    struct impartiality_subject subjects[IMPARTIALITY_SUBJECTS_MAX];
    size_t n_subjects;
};

/* The subjects' conflicts, and whose conflict each is. In the arena. */
struct impartiality_bars {
    struct bar *rows; /* person.id or body.id is set */
    const char **fields;
    size_t n;
};

/* Adds a person or body unless its id is 0. */
void impartiality_add(struct impartiality_case *c, const char *field, int64_t person_id, int64_t body_id);
/* Adds the lead and the team except its observers. */
void impartiality_add_team(struct impartiality_case *c, const struct team *team);
/* Any thread. */
int impartiality_bars(struct call *call, const struct impartiality_case *c, struct impartiality_bars *ret);

/* OK if there is no conflict, or an administrator overrides it with a reason: then ret holds what impartiality_keep
 * must record. Conflicts overridden for the audit planned_id (0: none) need no reason again. ERR_CONFLICT names the
 * parameter, the record and its last day; ERR_DENIED refuses an override by anyone else; ERR_INVALID_PARAM an
 * unnecessary one. */
int impartiality_require(struct call *call, const struct impartiality_case *c, int64_t planned_id, const char *override,
                         struct impartiality_bars *ret);
/* Records the overrides with the audit. Writer thread. */
int impartiality_keep(struct call *call, int64_t audit_id, const struct impartiality_bars *bars, const char *override);
/* The overrides for an audit by the day. */
int impartiality_overrides(struct call *call, int64_t audit_id, struct date as_of, struct override **ret,
                           size_t *ret_n);
/* The same for the audits of a holder and, for a cooperative, of its members; edition_id 0: against any edition. */
int impartiality_overrides_of(struct call *call, int64_t holder_id, int64_t edition_id, struct date as_of,
                              struct override **ret, size_t *ret_n);

/* The same for the audits that a certificate's terms decided by the day are based on. */
int impartiality_overrides_of_certificate(struct call *call, int64_t certificate_id, struct date as_of,
                                          struct override **ret, size_t *ret_n);

/* Earlier work for a holder that starts a cooling-off period. */
enum impartiality_work { WORK_ASSISTANCE, WORK_INTERNAL_AUDIT, WORK_KINDS };
/* For how long, and by the rule of which edition. 0 months: it is no conflict. */
struct impartiality_period {
    int months;
    const char *edition;
    int64_t edition_id;
    const struct impartiality_rule *rule;
};
/* own: for who did the work; through: for the body of that person, and for the people of the body that did it. */
struct impartiality_periods {
    struct impartiality_period own[WORK_KINDS], through[WORK_KINDS];
};
/* Of one edition, or with NULL the longest of all. */
int impartiality_periods(struct call *call, const struct catalogue_edition *edition, struct impartiality_periods *ret);
/* The period of a conflict of a kind, through a body or not; NULL for a kind that no rule of an edition speaks of. */
const struct impartiality_period *impartiality_period(const struct impartiality_periods *periods, enum bar_kind kind,
                                                      bool through);
/* The last day of a conflict; end: the first day on which the relation or role no longer holds. Unset: none is known.
 */
struct date impartiality_until(enum bar_kind kind, struct date since, struct date end,
                               const struct impartiality_period *period);
/* A conflict in words; what: the subject of the record; through: the code of the body or cooperative, or NULL; period
 * may be NULL. NULL without memory. */
const char *impartiality_words(struct call *call, enum bar_kind kind, const char *what, struct date since,
                               const char *through, const struct impartiality_period *period);
