/* SPDX-License-Identifier: Apache-2.0 */
/* Impartiality: what bars a person or body from a holder on a day, and the refusal that says so.
 *
 * Sources. Cooling-off: ISO/IEC 17021-1 5.2.6, 5.2.7, 5.2.10 (who gave consultancy or internal audits does not certify,
 * audit or decide for a time) and ISO/IEC 17065 4.2.10; the number of months is the edition's rule, and without such a
 * rule assistance bars nobody. A time of n months after a day ends on the same day of the month n months later, or,
 * where there is none, on the last of that month (Regulation (EEC, Euratom) 1182/71 Art. 3): assistance on 2024-02-29
 * with 24 months bars up to and on 2026-02-28. Relations: ISO/IEC 17021-1 5.2.13, and the yearly declarations of
 * inspectors in groups of operators (Regulation (EU) 2018/848 Art. 36); they bar whatever the edition says. Who audited
 * does not decide: ISO/IEC 17021-1 9.5.1, ISO/IEC 17065 7.6.2.
 *
 * What is recorded later may reach back: nothing that stands is refused for it, but it shows among the conflicts. */
#pragma once

#include "daemon/service/register/team.h"
#include "daemon/service/standard/catalogue.h"

enum { IMPARTIALITY_SUBJECTS_MAX = 60 };

/* Somebody who must be impartial: a person or a body, the other is 0. */
struct impartiality_subject {
    const char *field; /* the parameter that named it */
    int64_t person_id, body_id;
};

struct impartiality_case {
    enum impartial_task task;
    int64_t holder_id;
    const struct catalogue_edition *edition; /* NULL: the longest cooling-off of all editions */
    int64_t audit_id;                        /* to be approved, or that the decision rests on; 0: none */
    struct date on;                          /* day of the audit, approval or decision */
    struct date as_of;                       /* what was known by then counts */
    struct impartiality_subject subjects[IMPARTIALITY_SUBJECTS_MAX];
    size_t n_subjects;
};

/* What bars the subjects, and which of them each one bars. In the arena. */
struct impartiality_bars {
    struct bar *rows; /* person.id or body.id is set */
    const char **fields;
    size_t n;
};

/* Adds a person or body unless its id is 0. */
void impartiality_add(struct impartiality_case *c, const char *field, int64_t person_id, int64_t body_id);
/* Adds the lead and the team but for its observers. */
void impartiality_add_team(struct impartiality_case *c, const struct team *team);
/* Any thread. */
int impartiality_bars(struct call *call, const struct impartiality_case *c, struct impartiality_bars *ret);

/* OK when nothing bars them, or when an administrator sets it aside with a reason: then ret holds what
 * impartiality_keep is to record. What was set aside for the audit of planned_id (0: none) needs no reason again.
 * ERR_CONFLICT names the parameter, the record and its last day; ERR_DENIED refuses an override by anybody else;
 * ERR_INVALID_PARAM one that nothing asks for. */
int impartiality_require(struct call *call, const struct impartiality_case *c, int64_t planned_id, const char *override,
                         struct impartiality_bars *ret);
/* Records what was set aside, with the audit. Writer thread. */
int impartiality_keep(struct call *call, int64_t audit_id, const struct impartiality_bars *bars, const char *override);
/* What was set aside for an audit by the day. */
int impartiality_overrides(struct call *call, int64_t audit_id, struct date as_of, struct override **ret,
                           size_t *ret_n);
/* The same for the audits of a holder, and of a cooperative's members; edition_id 0: against any edition. */
int impartiality_overrides_of(struct call *call, int64_t holder_id, int64_t edition_id, struct date as_of,
                              struct override **ret, size_t *ret_n);

/* The same for the audits that the terms of a certificate rest on, those decided by the day. */
int impartiality_overrides_of_certificate(struct call *call, int64_t certificate_id, struct date as_of,
                                          struct override **ret, size_t *ret_n);

/* What an edition's rule asks. 0 months: nothing. */
struct impartiality_cooling_off {
    int months;
    const char *edition;
};
/* Of one edition, or with NULL the longest of all. */
int impartiality_cooling_off(struct call *call, const struct catalogue_edition *edition,
                             struct impartiality_cooling_off *ret);
/* A bar in words, from its kind and what the record is of; NULL without memory. */
const char *impartiality_words(struct call *call, enum bar_kind kind, const char *what, struct date since,
                               const struct impartiality_cooling_off *rule);
