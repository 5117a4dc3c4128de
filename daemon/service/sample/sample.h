/* SPDX-License-Identifier: Apache-2.0 */
/* Stored samples: the population packed in one row, each member drawn in a row of its own, so that its outcome can be
 * recorded. A stored sample never changes; a substitution adds a row. */
#pragma once

#include "daemon/service/call/day.h"
#include "daemon/service/sample/sample_random.h"
#include "daemon/service/standard/catalogue.h"

/* The members of a cooperative on a day, as candidates, and what the rule refers to. */
struct sample_population {
    struct sample_unit *units; /* by code; their facts are what is stored */
    size_t n;
    int64_t excluded;
    int64_t last_id; /* the previous sample of its series with a visited member; 0: none */
    struct date last_on;
};

/* A draw as stored. */
struct sample_facts {
    int64_t id, cooperative_id, edition_id;
    enum sample_purpose purpose;
    struct date on;
    int64_t size, mandatory, journal_seq;
    enum seed_origin seed_from;
    uint8_t seed[DIGEST_SIZE];
    struct sample_candidate *candidates; /* by code */
    size_t n_candidates;
    const struct catalogue_edition *edition;
    const struct sampling_rule *rule;
};

/* The series of a purpose: initial, surveillance and recertification follow one another. */
const char *sample_series(enum sample_purpose purpose);
/* The rule of an edition for a purpose; NULL if it has none. */
const struct sampling_rule *sample_rule(const struct catalogue_edition *edition, enum sample_purpose purpose);
/* The members on that day, without excluded ones, with the facts that the rule needs about each. */
int sample_population(struct call *call, int64_t cooperative_id, int64_t edition_id, const struct sampling_rule *rule,
                      struct date on, struct sample_population *ret);
int sample_load(struct call *call, int64_t id, struct sample_facts *ret);
/* The seed of a draw without a given one, computed from the draw's (possibly future) journal entry. */
int sample_seed_of_entry(struct call *call, int64_t seq, struct instant at, uint8_t ret[DIGEST_SIZE]);
/* The sample as of a day, without its population; visits by what is known of them. */
int sample_detail(struct call *call, int64_t id, const struct catalogue_edition *edition,
                  const struct sampling_rule *rule, struct judged_day day, struct sample_detail *ret);
