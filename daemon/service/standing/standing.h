/* SPDX-License-Identifier: Apache-2.0 */
/* Standings and roll-ups: what the audits and findings of a holder imply for an edition, updated in the transaction of
 * every change. The tables hold today's; any other day is computed.
 *
 * On day D count all audits performed by D, done or concluded, except those corrected by an audit performed by D and
 * those of a migration rolled back by D. The result of a requirement is that of the latest of them (by day, then
 * number) that answered it; "not assessed" is not an answer. A nonconforming result whose finding was closed by D is
 * conforming. A result carried over by a migration counts only if no audit of another kind, whenever performed,
 * answered the requirement. */
#pragma once

#include "daemon/service/standard/response.h"

/* One byte per requirement of an edition (sections stay STANDING_NOT_ASSESSED). */
enum standing_result {
    STANDING_NOT_ASSESSED,
    STANDING_CONFORMING,
    STANDING_NONCONFORMING,
    STANDING_NOT_APPLICABLE,
};

/* An open finding as a verdict needs it. */
struct standing_finding {
    int64_t id;
    int32_t ordinal;
    enum class class;
    struct date raised_on;
};

struct standing_state {
    const struct catalogue_edition *edition;
    uint8_t *results;                  /* edition->n_requirements bytes */
    struct standing_finding *findings; /* open on the day and of edition->kept_class or worse, by id */
    size_t n_findings;
    int64_t audits, last_audit_id; /* audits: without those of migrations */
    struct date last_on;           /* not set: neither audit nor migration by then, and the rest is empty */
};

/* The stored standing if as_of is today, else the result of standing_compute; for one edition or, with edition_id 0,
 * for each edition against which the holder was audited by then, by number. */
int standing_list(struct call *call, int64_t holder_id, int64_t edition_id, struct date as_of,
                  struct standing_state **ret, size_t *ret_n);
/* Computes a standing on a day (today: everything recorded) from audits and findings only. */
int standing_compute(struct call *call, int64_t holder_id, const struct catalogue_edition *edition, struct date as_of,
                     struct standing_state *ret);
/* An audit just stored, with its new, open findings. */
struct standing_news {
    int64_t holder_id, audit_id;
    const struct catalogue_edition *edition;
    struct date performed_on;
    const struct responses *responses;
    int64_t first_finding_id; /* of the findings of its responses, in their order */
    bool corrects;            /* an earlier audit no longer counts */
    bool carried;             /* by a migration, for unanswered requirements */
};
/* standing_update, but incremental if the audit is the newest of the holder and edition. */
int standing_audit_added(struct call *call, const struct standing_news *news);
/* Updates the stored standing, and the roll-ups of the holder's cooperatives, after a change of an audit or finding.
 * Writer thread. */
int standing_update(struct call *call, int64_t holder_id, int64_t edition_id);
/* A membership began (sign 1) or ended (sign -1): moves the member's standings into or out of the cooperative's
 * roll-ups, and counts the members. Writer thread; memberships begin and end today or earlier, so today's roll-up never
 * changes merely because time passes. */
int standing_member_changed(struct call *call, int64_t cooperative_id, int64_t enterprise_id, int sign);
