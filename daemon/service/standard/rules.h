/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of an edition besides its pass rule, as the packed record that was published. The nouns they concern apply
 * them: samples, certificates, findings, groups. */
#pragma once

#include "daemon/service/call/call.h"

/* Checks rules before publication. NULL is fine. Every error names the field: rules.sampling[1].root_of. */
int rules_check(struct call *call, const struct rules *rules);
/* Writer thread; nothing for NULL. */
int rules_insert(struct call *call, int64_t edition_id, const struct rules *rules);
/* Reads them into the arena a; *ret is NULL if the edition has none. */
int rules_read(struct call *call, int64_t edition_id, struct arena *a, struct rules **ret);

/* How independent the proof of a certificate must be: of an individual holder or the central function of a group, and
 * of its members. Without a rule an external audit of the one, and internal inspections of the others: what a
 * certification body saw itself, and what the group answers for. rules may be NULL. Pure. */
enum grade rules_proof_holder(const struct rules *rules);
enum grade rules_proof_members(const struct rules *rules);
