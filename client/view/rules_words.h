/* SPDX-License-Identifier: Apache-2.0 */
/* Rules as sentences. All texts live in the arena; what a rule does not require is omitted, so a text may be empty. */
#pragma once

#include "common/api/api.h"
#include "common/arena.h"

const char *rules_words_clause(const struct pass_clause *c, struct arena *a);
/* 'all', '95 %' or '2/3'. */
const char *rules_words_share(int64_t p, int64_t q, struct arena *a);
/* 'the larger of 6/10·√n and 10, all if n ≤ 10'. */
const char *rules_words_size(const struct sampling_rule *s, bool utf8, struct arena *a);
/* 'all new members, all of high risk'; NULL if no members are mandatory. */
const char *rules_words_strata(const struct sampling_rule *s, struct arena *a);
const char *rules_words_cycle(const struct cycle_rule *c, struct arena *a);
const char *rules_words_decision(const struct decision_rule *d, struct arena *a);
const char *rules_words_group(const struct group_rule *g, struct arena *a);
const char *rules_words_internal(const struct internal_rule *i, struct arena *a);
const char *rules_words_proof(const struct proof_rule *p, struct arena *a);
const char *rules_words_impartiality(const struct impartiality_rule *i, struct arena *a);
const char *rules_words_left_open(const struct left_open_rule *l, struct arena *a);
const char *rules_words_forbidden(const struct forbidden_rule *f, struct arena *a);
const char *rules_words_transition(const struct transition_rule *t, struct arena *a);
const char *rules_words_results(const struct results_rule *r, struct arena *a);
const char *rules_words_escalation(const struct escalation_rule *e, struct arena *a);
