/* Audits: storing one with all that follows from it, and reading it back.
 *
 * A concluded audit is never edited. One that was wrong is corrected by another, which names it: from the
 * day of the correcting audit on, the responses of the corrected one count no more, and its open findings
 * are closed. An audit is corrected once; what is wrong with the correction is corrected by naming that. */
#pragma once

#include "daemon/service/catalogue.h"
#include "daemon/service/team.h"

/* An audit performed, as it was given. Ids are 0 where nothing is named. */
struct audit_draft {
    int64_t holder_id;
    const struct catalogue_edition *edition;
    enum audit_kind kind;
    struct date on;
    int64_t planned_id, corrects_id, body_id;
    struct team team; /* its lead is the auditor */
    const char *source;
    const struct response *responses;
    size_t n_responses;
};

/* Checks everything, then stores the audit, its findings and what they make of the standing. Writer thread. */
int audit_store(struct call *call, const struct audit_draft *draft, int64_t *ret_id);
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
