/* SPDX-License-Identifier: Apache-2.0 */
/* Audits: stores one with everything that follows from it, and reads it back.
 *
 * A concluded audit is never edited. A wrong one is corrected by another audit that names it: from the day on which the
 * correcting audit is recorded, the responses of the corrected one no longer count, and its open findings are closed.
 * An audit is corrected once; to correct a correction, name the correction. A correction is at least as independent as
 * what it corrects, because it may take bad news away. One that should not be there at all is declared void
 * (audit_void.c). */
#pragma once

#include "daemon/service/impartiality/impartiality.h"

struct proof;

/* A performed audit, as submitted. Ids are 0 if not named. */
struct audit_draft {
    int64_t holder_id;
    const struct catalogue_edition *edition;
    enum audit_kind kind;
    struct date on;
    int64_t planned_id, corrects_id, body_id;
    struct team team; /* its lead is the auditor */
    const char *source;
    const char *override; /* reason to override conflicts of interest; NULL: no override */
    bool again;           /* although there is one of this kind and day */
    const struct response *responses;
    const struct proof *proofs; /* of a migration: one per response; else NULL */
    size_t n_responses;
    enum grade grade; /* set as it is stored; of a migration without meaning */
};

/* Sets the grade, checks everything, then stores the audit and its findings and updates the standing. Writer thread. */
int audit_store(struct call *call, struct audit_draft *draft, int64_t *ret_id);
/* Checks that the body and the team have no conflict of interest: for a certification audit by assistance or relations,
 * for an inspection or audit inside the group by relations, for a self-assessment none. *ret has the overridden
 * conflicts. */
int audit_check_team(struct call *call, const struct audit_draft *draft, struct impartiality_bars *ret);
/* audit_store without its checks, except those of the responses: for what a migration carries over. Writer thread. */
int audit_write(struct call *call, const struct audit_draft *draft, int64_t *ret_id);
/* ERR_CONFLICT if the holder, the body or anyone on the team had ended by the day of the audit. */
int audit_check_there(struct call *call, const struct audit_draft *draft);
/* Checks that the edition may be used on that day for such an audit of the holder. */
int audit_check_edition(struct call *call, const struct catalogue_edition *edition, int64_t holder_id,
                        enum audit_kind kind, struct date on);

/* The stored audit. */
struct audit_facts {
    int64_t holder_id, edition_id, body_id, auditor_id;
    int64_t corrects_id;   /* the audit that it corrects; 0 if none */
    int64_t corrected_by;  /* 0 if not corrected */
    int64_t migration_id;  /* that carried its results over; 0 if none */
    int64_t nonconformity; /* the first that it raised; 0 if none */
    enum audit_kind kind;
    enum grade grade;       /* 0 while it is planned */
    enum audit_state state; /* void, or else as it is stored */
    enum outcome outcome;   /* 0: none */
    struct date planned_on, performed_on, concluded_on, recorded_on, void_on;
    struct bytes responses; /* packed, in the arena */
};
int audit_facts(struct call *call, int64_t id, struct audit_facts *ret);
/* Its record. */
int audit_load(struct call *call, int64_t id, struct audit *ret);
/* Fills in how late it was made after the day it was planned for; a cancelled one is not late. */
void audit_tell_late(struct audit *a, struct date as_of);
/* Checks who concludes: an inspection inside the group, neither the inspector nor anyone related to the member, and the
 * approver must be named if the edition requires approval (rules.internal.approved). An external audit is concluded by
 * its own team (ISO 19011 6.4.9), as is an internal audit of the system. */
int audit_check_approval(struct call *call, const struct audit_conclude *p, const struct audit_facts *facts,
                         struct date on, struct impartiality_bars *ret);
