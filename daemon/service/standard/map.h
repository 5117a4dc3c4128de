/* SPDX-License-Identifier: Apache-2.0 */
/* Maps from one edition to another, of the same standard or of two.
 *
 * A row relates what two requirements demand: "6.1 is a subset of 6.1.1". A map never changes; a newer one between the
 * same editions replaces it. The kinds of relation, and the principle that a chain of maps is as strong as its weakest
 * link, come from the mapping models of OSCAL (NIST) and CISO Assistant. */
#pragma once

#include "daemon/service/standard/catalogue.h"

/* A row that relates two requirements: neither is absent, and the relation is not none. */
struct map_link {
    int32_t from, to; /* ordinals */
    enum map_relation relation;
};

/* A map as carry.h uses it. */
struct map_step {
    int64_t map_id;
    const struct catalogue_edition *from, *to;
    const struct map_link *links; /* by to, then from */
    size_t n_links;
};

enum { MAP_STEPS_MAX = 4 };

/* The maps that lead from one edition to another on a day, at most MAP_STEPS_MAX: a direct one, else the shortest
 * chain. *ret_n is 0 if there is none. */
int map_chain(struct call *call, int64_t from_id, int64_t to_id, struct date as_of, struct map_step *ret,
              size_t *ret_n);
/* The maps with these numbers, n of them, as a chain. */
int map_steps(struct call *call, const int64_t *map_ids, size_t n, struct map_step *ret);
