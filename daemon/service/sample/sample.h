/* SPDX-License-Identifier: Apache-2.0 */
/* Samples as they are kept: the population packed in one row, those drawn in rows of their own, so that what became
 * of each can be told. A stored sample never changes; who took whose place is a row more. */
#pragma once

#include "daemon/service/sample/sample_random.h"
#include "daemon/service/standard/catalogue.h"

/* The members of a cooperative on a day, as candidates, and what the rule refers to. */
struct sample_population {
    struct sample_unit *units; /* by code; their facts are what is stored */
    size_t n;
    int64_t excluded;
    int64_t last_id; /* the sample before of its series of which somebody was visited; 0: none */
    struct date last_on;
};

/* What is recorded of a draw. */
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
/* The rule of an edition for a purpose; NULL where it has none. */
const struct sampling_rule *sample_rule(const struct catalogue_edition *edition, enum sample_purpose purpose);
/* The members of the day, excluded ones left out, with what the rule asks to know of each. */
int sample_population(struct call *call, int64_t cooperative_id, int64_t edition_id, const struct sampling_rule *rule,
                      struct date on, struct sample_population *ret);
int sample_load(struct call *call, int64_t id, struct sample_facts *ret);
/* What a seed that was not given must be, by the entry of the journal that the draw is (or will be). */
int sample_seed_of_entry(struct call *call, int64_t seq, struct instant at, uint8_t ret[DIGEST_SIZE]);
/* The sample as of a day, without its population. */
int sample_detail(struct call *call, int64_t id, const struct catalogue_edition *edition,
                  const struct sampling_rule *rule, struct date as_of, struct sample_detail *ret);
