/* SPDX-License-Identifier: Apache-2.0 */
/* References and scope, in one place, before any handler: every REF of the parameters is looked up by its code or a
 * unique prefix of it, in any case (code.h; or, for a numbered noun, its letters and number), and its number and
 * canonical code are filled in. Anything outside the caller's scope is ERR_NOT_FOUND, like anything that does not
 * exist.
 *
 * The scope of a caller limited to cooperatives contains these cooperatives, the enterprises that are their members
 * today, and what belongs to them: audits, findings, evidence, pursuits and certificates through their holder,
 * memberships through their cooperative, interventions through their cooperative or, without one, through any
 * enterprise that takes part.
 *
 * A standard alone means its newest edition on the day that the call is about (day.h), never one whose first day is
 * still to come. */
#pragma once

#include "daemon/service/call/call.h"

/* Fills call->scope from the caller's grants and call->method's roles and reach. ERR_DENIED, with what to ask an
 * administrator for, if no grant allows the method. */
int resolve_scope(struct call *call);
/* Resolves every REF in params, and refuses future days where the interface says so. A WRITE by a caller limited to
 * cooperatives must name at least one thing in its scope, else ERR_DENIED. */
int resolve_params(struct call *call, void *params);

/* One reference, for handlers whose rows name things in text. ERR_NOT_FOUND names field. */
int resolve_ref(struct call *call, enum noun noun, const char *field, struct ref *ref);
/* The same by full code only and without a scope check: for rows of a batch already checked as a whole. In any case or
 * form, unless several codes of before differ only in it. *ret_id is 0 if there is no such thing; an error is a failure
 * of the store. */
int resolve_exact(struct call *call, enum noun noun, const char *code, int64_t *ret_id);
/* The code, as it was given, that a new one would be the same as; NULL if there is none. */
int resolve_taken(struct call *call, enum noun noun, const char *code, const char **ret);
/* Whether a cooperative or enterprise lies in the caller's scope today. */
int resolve_holder_in_scope(struct call *call, int64_t holder_id, bool *ret);
/* Of the roles that allow the method, those that the caller has at this holder: a manager of one cooperative may be an
 * auditor of another. */
int resolve_roles_at(struct call *call, int64_t holder_id, unsigned *ret);
/* The caller's cooperatives as ",12,45,", for $n IS NULL OR $n LIKE '%,' || id || ',%' ; NULL for everywhere. */
const char *resolve_scope_text(struct call *call);
/* The holder whose things a list shows: the one it names, else the only cooperative that the caller is limited to
 * (found by index); 0 for everything in scope. */
int64_t resolve_list_holder(const struct call *call, int64_t named_id);
