/* SPDX-License-Identifier: Apache-2.0 */
/* Migrations: carry the results of a cooperative and its members over from one edition to another, all at once.
 *
 * For each holder a migration makes an audit of the kind migration against the new edition, with results each as
 * independent as those it is carried from. The good ones are defaults: whatever a real audit sees, earlier or later,
 * takes precedence. The bad ones count from the day they were seen and yield to an audit of that day or later that is
 * at least as independent (standing_result.h), whatever was recorded first. It is neither an inspection nor external,
 * and no certificate can be based on it. A conforming result with a nonconformity still open is not carried over, so
 * that no finding is lost; a nonconformity carried over raises a new finding that names the old one. From the day of a
 * rollback the audits no longer count, and their open findings are closed. */
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

/* Checks that a chain of maps leads from one to the other, and finds it. */
int migration_prepare(struct call *call, int64_t from_id, int64_t to_id, struct date on, struct migration_plan *ret);
/* The maps of a plan as text, "K1 K4". */
const char *migration_maps(struct call *call, const struct migration_plan *plan);
/* The requirement of a row: code, title, sources, relation. */
int migration_describe(struct call *call, const struct migration_plan *plan, int32_t ordinal,
                       struct migration_requirement *ret);
/* Computes the migration of a holder and, if the plan has a number, carries it out; sums up the requirements. */
int migration_carry(struct call *call, const struct migration_plan *plan, int64_t holder_id,
                    struct migration_holder *ret);
