/* SPDX-License-Identifier: Apache-2.0 */
/* Migrations: the results of a cooperative and its members carried over from one edition to another, at once.
 *
 * What is carried over for a holder is an audit of the kind migration against the new edition. Its results are
 * defaults: a requirement that a real audit answered, before or after, has that audit's result. It is no inspection, is
 * external to nobody and no certificate rests on it. A conforming result under a nonconformity that is still open says
 * nothing, so that no finding is lost on the way; a nonconformity that is carried over raises its finding again, which
 * names the old one. Rolled back, the audits count no more from that day on, and their open findings are closed. */
#pragma once

#include "daemon/service/migration/carry.h"

/* A migration from edition to edition on a day, before or while it is done. */
struct migration_plan {
    int64_t id; /* 0: a preview, nothing is written */
    const struct catalogue_edition *from, *to;
    struct date on;
    struct map_step steps[MAP_STEPS_MAX];
    size_t n_steps;
    struct carry_source *sources;          /* per requirement of to */
    struct migration_requirement *summary; /* likewise; the counts are summed up holder by holder */
};

/* That there is a way from the one to the other, and which. */
int migration_prepare(struct call *call, int64_t from_id, int64_t to_id, struct date on, struct migration_plan *ret);
/* The maps of a plan as text, "K1 K4". */
const char *migration_maps(struct call *call, const struct migration_plan *plan);
/* The requirement a row speaks of: code, title, sources, relation. */
int migration_describe(struct call *call, const struct migration_plan *plan, int32_t ordinal,
                       struct migration_requirement *ret);
/* Computes what it does for a holder, and, where the plan has a number, does it; sums up the requirements. */
int migration_carry(struct call *call, const struct migration_plan *plan, int64_t holder_id,
                    struct migration_holder *ret);
