/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of an edition that the decision on a certificate does not ask for: cert check names each, so that nobody
 * takes its answer for more than it is. Read-only. */
#pragma once

#include "daemon/service/cert/cert_case.h"

/* A line of cert_rule.def. */
struct cert_rule {
    enum record_id record;
    const char *field;
    enum grant_condition asked; /* the condition that asks for it; 0: only told */
    bool group;                 /* asked of groups only */
    const char *words;          /* why it is not asked; NULL if it is */
};
extern const struct cert_rule cert_told_rules[];
extern const size_t cert_told_n_rules;

/* Adds a struct condition of kind CONDITION_TOLD for each rule that is not asked in this case. */
int cert_told_list(struct call *call, const struct cert_case *c, struct page *ret);
