/* SPDX-License-Identifier: Apache-2.0 */
/* References and scope, in one place, before any handler: every REF of the parameters is looked up
 * by its code or a unique prefix of it (or, for a numbered noun, its letters and number), its number
 * and canonical code are filled in, and what lies outside the caller's scope is ERR_NOT_FOUND, like
 * what does not exist.
 *
 * In scope of a caller bound to cooperatives are these cooperatives, the enterprises that are their members
 * today, and what is theirs: audits, findings, evidence, pursuits and certificates through their holder,
 * memberships through their cooperative, interventions through their cooperative or, without one,
 * through any enterprise that takes part.
 *
 * A standard alone stands for its newest edition on the day that the call speaks of (day.h). An edition whose first
 * day is still to come is not it. */
#pragma once

#include "daemon/service/call/call.h"

/* Fills call->scope from the caller's grants and call->method's roles and reach. ERR_DENIED, with
 * what to ask an administrator for, when no grant opens the method. */
int resolve_scope(struct call *call);
/* Resolves every REF in params, and refuses a day in the future where the interface does. A WRITE by a caller
 * bound to cooperatives must name at least one thing that lies in its scope, else ERR_DENIED. */
int resolve_params(struct call *call, void *params);

/* One reference, for handlers whose rows name things in text. ERR_NOT_FOUND names field. */
int resolve_ref(struct call *call, enum noun noun, const char *field, struct ref *ref);
/* The same by the whole code only, without a scope check: for rows that a batch has checked as a
 * whole. *ret_id is 0 when there is no such thing; an error is a failure of the store. */
int resolve_exact(struct call *call, enum noun noun, const char *code, int64_t *ret_id);
/* Whether a cooperative or enterprise lies in the caller's scope today. */
int resolve_holder_in_scope(struct call *call, int64_t holder_id, bool *ret);
/* The roles, of those that open the method, that the caller has at this holder: a manager of one
 * cooperative may be an auditor of another. */
int resolve_roles_at(struct call *call, int64_t holder_id, unsigned *ret);
/* The caller's cooperatives as ",12,45,", for  $n IS NULL OR $n LIKE '%,' || id || ',%' ; NULL when
 * everywhere. */
const char *resolve_scope_text(struct call *call);
/* Whose things a list shows: the holder it names, else the one cooperative that the caller is bound to,
 * which finds them by its index; 0 for all that is in scope. */
int64_t resolve_list_holder(const struct call *call, int64_t named_id);
