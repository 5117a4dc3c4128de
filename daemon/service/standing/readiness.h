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
 *            With p = 0 the clause asks that all are assessed: what is counted are assessed ones, and the margin is 0.
 *   no_open  fails with an open finding of the class or worse; margin: minus their number, or 0.
 *
 * Verdict: not_ready if a clause fails, else incomplete if one is or if nothing is assessed, else ready. Integers only.
 *
 * A verdict by a proof takes the good results below that grade as not assessed. What fails by any proof fails by each:
 * asking for a better one never makes a verdict better. */
#pragma once

#include "daemon/service/standing/standing.h"

struct readiness {
    enum verdict verdict;
    int64_t conforming, nonconforming, not_applicable, not_assessed, major, minor;
    enum grade grade;   /* the highest proof, not below the one asked for, by which it is ready; 0 if it is not */
    struct date oldest; /* of the results that it rests on, by that proof or the one asked for; not given: none */
    struct clause_status *clauses; /* only if requested; one more than the edition has where nothing is assessed */
    struct blocker *blockers;      /* only if requested */
    size_t n_clauses, n_blockers;
};

/* Only the verdict, counts and grade: needs no memory. proof 0: any. */
void readiness_judge(const struct standing_state *state, enum grade proof, struct readiness *ret);
/* The same with the figures of each clause and the blockers, in the arena. */
int readiness_explain(struct arena *a, const struct standing_state *state, enum grade proof, struct readiness *ret,
                      struct err *e);
