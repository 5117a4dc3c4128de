/* SPDX-License-Identifier: Apache-2.0 */
/* Standings and roll-ups: what the audits and findings of a holder imply for an edition, updated in the transaction of
 * every change. The tables hold today's; any other day is computed.
 *
 * On day D count all audits performed by D, done or concluded, except those void or corrected by the day of knowledge
 * and those of a migration rolled back by D. What stands of each requirement follows from their results by
 * standing_result.h, in this order: by day; within a day the less independent first, then by their number at the
 * source, 9 before 10; of audits of one day and grade without such a number the worse result counts. The order in which
 * they were recorded decides nothing. A nonconforming result whose findings were all closed by D is conforming by the
 * grade of its audit, unless a less independent audit closed one, or one that no longer counts. If the edition says how
 * long a result serves, older good ones are not assessed. */
#pragma once

#include "daemon/service/call/day.h"
#include "daemon/service/standard/response.h"
#include "daemon/service/standing/standing_result.h"

/* An open finding as a verdict needs it. */
struct standing_finding {
    int64_t id;
    int32_t ordinal;
    enum class class;
    struct date raised_on;
};

struct standing_state {
    const struct catalogue_edition *edition;
    struct standing_results results;
    struct standing_finding *findings; /* open on the day and of edition->kept_class or worse, by id */
    size_t n_findings;
    int64_t audits, last_audit_id; /* audits: without those of migrations */
    struct date last_on;           /* not set: neither audit nor migration by then, and the rest is empty */
    struct date changes_on;        /* the first day on which a result is too old; not set: no day */
};

/* The stored standing if the day is today, else the result of standing_compute; for one edition or, with edition_id 0,
 * for each edition against which the holder was audited by then, by number. */
int standing_list(struct call *call, int64_t holder_id, int64_t edition_id, struct judged_day day,
                  struct standing_state **ret, size_t *ret_n);
/* Computes a standing on a day (today: everything recorded) from audits and findings only. */
int standing_compute(struct call *call, int64_t holder_id, const struct catalogue_edition *edition,
                     struct judged_day day, struct standing_state *ret);
/* An audit just stored, with its new, open findings. */
struct standing_news {
    int64_t holder_id, audit_id;
    const struct catalogue_edition *edition;
    enum grade grade;
    struct date performed_on;
    const struct responses *responses;
    int64_t first_finding_id; /* of the findings of its responses, in their order */
    bool corrects;            /* an earlier audit no longer counts */
    bool carried;             /* by a migration */
};
/* standing_update, but incremental if the audit is later than all that is known of the holder and edition. */
int standing_audit_added(struct call *call, const struct standing_news *news);
/* Updates the stored standing, and the roll-ups of the holder's cooperatives, after a change of an audit or finding.
 * Writer thread. */
int standing_update(struct call *call, int64_t holder_id, int64_t edition_id);
/* A membership began (sign 1) or ended (sign -1): moves the member's standings into or out of the cooperative's
 * roll-ups, and counts the members. Writer thread; memberships begin and end today or earlier. */
int standing_member_changed(struct call *call, int64_t cooperative_id, int64_t enterprise_id, int sign);
