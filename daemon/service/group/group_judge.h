/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a group (rules->internal, rules->group) applied to its figures. Pure; integers only. */
#pragma once

#include "common/api/api.h"

enum { GROUP_CLAUSES = 6 };

struct group_facts {
    int64_t members;                      /* on the day, without those excluded */
    int64_t ready, not_ready, incomplete; /* of these; the sum is members */
    int64_t inspected;                    /* members lacking no internal inspection */
    int64_t sanctions;                    /* against the group itself, and structural ones */
    enum verdict central;                 /* of the central function's own standing; incomplete if there is none */
    int64_t central_clauses, central_held, central_unknown; /* of the pass rule, for the central function */
};

/* The clauses required by the rules, without words, and the overall verdict. "No sanction" is always required, and
 * that something is assessed: a member, or the central function where it is asked. rules may be NULL. */
enum verdict group_judge(const struct rules *rules, const struct group_facts *facts,
                         struct group_clause_status clauses[GROUP_CLAUSES], size_t *ret_n);
