/* SPDX-License-Identifier: Apache-2.0 */
/* Values kept once, outside the journal: an entry has their digests, the register the values. */
#pragma once

#include "daemon/store/store.h"

/* A digest in the parameters of an entry, and what its row says of where the value is. */
struct detached {
    const uint8_t *digest;       /* DIGEST_SIZE bytes */
    const char *holder, *source; /* NULL when the row does not name them */
};

enum { DETACHED_WHY = 200 };

/* Whether a method has such parameters at all. */
bool detached_has(const struct method *m);
/* The digests in canonical parameters, in their order; copies in the arena. ERR_MALFORMED when params
 * are not what the method declares. */
int detached_list(const struct method *m, struct bytes params, struct arena *a, struct detached **ret, size_t *ret_n,
                  struct err *e);
/* Looks up the value of each digest of entry seq, n of them, and checks it. Row after row of what the
 * entry recorded; a row of an import that was there before is found by its holder and source.
 * values: NULL, or room for n, filled with copies in the arena. why: "" when all is well. */
int detached_fetch(struct store *s, int64_t seq, const struct detached *digests, size_t n, struct arena *a,
                   struct detached_value *values, char why[DETACHED_WHY], struct err *e);
