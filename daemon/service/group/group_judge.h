/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a group (rules->internal, rules->group) applied to its figures. Pure, in whole numbers alone. */
#pragma once

#include "common/api/api.h"

enum { GROUP_CLAUSES = 6 };

struct group_facts {
    int64_t members;                      /* on the day, without those excluded */
    int64_t ready, not_ready, incomplete; /* of these; the sum is members */
    int64_t inspected;                    /* members of whom no internal inspection is missing */
    int64_t sanctions;                    /* against the group itself, and structural ones */
    enum verdict central;                 /* of the central function's own standing; incomplete where there is none */
    int64_t central_clauses, central_held, central_unknown; /* of the pass rule, for the central function */
};

/* The clauses that the rules ask, without words, and the verdict over all; a clause not asked is not among them. That
 * no sanction holds is asked always. rules may be NULL. */
enum verdict group_judge(const struct rules *rules, const struct group_facts *facts,
                         struct group_clause_status clauses[GROUP_CLAUSES], size_t *ret_n);
