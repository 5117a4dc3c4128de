/* SPDX-License-Identifier: Apache-2.0 */
/* Audits: storing one with all that follows from it, and reading it back.
 *
 * A concluded audit is never edited. One that was wrong is corrected by another, which names it: from the
 * day of the correcting audit on, the responses of the corrected one count no more, and its open findings
 * are closed. An audit is corrected once; what is wrong with the correction is corrected by naming that. */
#pragma once

#include "daemon/service/impartiality/impartiality.h"

/* An audit performed, as it was given. Ids are 0 where nothing is named. */
struct audit_draft {
    int64_t holder_id;
    const struct catalogue_edition *edition;
    enum audit_kind kind;
    struct date on;
    int64_t planned_id, corrects_id, body_id;
    struct team team; /* its lead is the auditor */
    const char *source;
    const char *override; /* why what bars is set aside; NULL: it is not */
    const struct response *responses;
    size_t n_responses;
};

/* Checks everything, then stores the audit, its findings and what they make of the standing. Writer thread. */
int audit_store(struct call *call, const struct audit_draft *draft, int64_t *ret_id);
/* That nothing bars the body and the team: from an audit for certification assistance and relations, from an inspection
 * or audit inside the group relations; nobody is barred from assessing himself in a self-assessment. What an
 * administrator set aside is in *ret. */
int audit_check_team(struct call *call, const struct audit_draft *draft, struct impartiality_bars *ret);
/* The same, where only the responses are in question: what a migration carries over. Writer thread. */
int audit_write(struct call *call, const struct audit_draft *draft, int64_t *ret_id);
/* That the edition may be used on the day. */
int audit_check_edition(struct call *call, const struct catalogue_edition *edition, struct date on);

/* What is recorded of an audit. */
struct audit_facts {
    int64_t holder_id, edition_id, body_id, auditor_id;
    int64_t corrected_by; /* 0 where nothing corrects it */
    enum audit_kind kind;
    enum audit_state state;
    struct date performed_on;
    struct bytes responses; /* packed, in the arena */
};
int audit_facts(struct call *call, int64_t id, struct audit_facts *ret);
/* Its record. */
int audit_load(struct call *call, int64_t id, struct audit *ret);
/* That who concludes may: of an inspection inside the group neither the inspector nor somebody related to the member,
 * and somebody must be named where the edition asks for the approval (rules.internal.approved). An external audit is
 * concluded by its own team (ISO 19011 6.4.9), and an internal audit of the system likewise. */
int audit_check_approval(struct call *call, const struct audit_conclude *p, const struct audit_facts *facts,
                         struct date on, struct impartiality_bars *ret);
