/* SPDX-License-Identifier: Apache-2.0 */
/* Values stored once, outside the journal: an entry holds their digests, the register the values. */
#pragma once

#include "daemon/store/store.h"

/* A digest in the parameters of an entry, and the references in its row that locate the value. */
struct detached {
    const uint8_t *digest;       /* DIGEST_SIZE bytes */
    const char *holder, *source; /* NULL if the row does not name them */
};

enum { DETACHED_WHY = 200 };

/* Whether a method has such parameters at all. */
bool detached_has(const struct method *m);
/* The digests in canonical parameters, in order; copies in the arena. ERR_MALFORMED if params do not match the method's
 * declaration. */
int detached_list(const struct method *m, struct bytes params, struct arena *a, struct detached **ret, size_t *ret_n,
                  struct err *e);
/* Looks up and checks the values of the n digests of entry seq, in the order of the rows that the entry recorded; an
 * imported row that already existed is found by its holder and source. values: NULL, or room for n, filled with copies
 * in the arena. why: "" if all is well. */
int detached_fetch(struct store *s, int64_t seq, const struct detached *digests, size_t n, struct arena *a,
                   struct detached_value *values, char why[DETACHED_WHY], struct err *e);
