/* SPDX-License-Identifier: Apache-2.0 */
/* Applies the pass rule to a standing: a verdict with its reasons. Pure.
 *
 *   all      fails with a nonconforming requirement of the level; else incomplete while one is not
 *            assessed. margin: minus the nonconforming ones, or 0.
 *   ratio    over the applicable requirements (assessable, not "not applicable") of the level below the
 *            section: fails when q*(conforming + not assessed) < p*applicable; else incomplete while one
 *            is not assessed. margin: how many more may fail, or minus how many must be mended.
 *   points   the same over points; margin in points.
 *   gates    fails with a nonconforming gate or autofail; else incomplete while one is not assessed.
 *   no_open  fails with an open finding of the class or worse; margin: minus their number, or 0.
 *
 * Verdict: not_ready if a clause fails, else incomplete if one is, else ready. Integers only. */
#pragma once

#include "daemon/service/standing/standing.h"

struct readiness {
    enum verdict verdict;
    int64_t conforming, nonconforming, not_applicable, not_assessed, major, minor;
    struct clause_status *clauses; /* edition->n_clauses, only if requested */
    struct blocker *blockers;      /* only if requested */
    size_t n_blockers;
};

/* Only the verdict and counts: needs no memory. */
void readiness_judge(const struct standing_state *state, struct readiness *ret);
/* The same with the figures of each clause and the blockers, in the arena. */
int readiness_explain(struct arena *a, const struct standing_state *state, struct readiness *ret, struct err *e);
