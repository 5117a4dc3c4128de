/* SPDX-License-Identifier: Apache-2.0 */
/* The journal in the store: append in the transaction of the change, look up a repeated request. */
#pragma once

#include "daemon/journal/entry.h"
#include "daemon/store/store.h"

/* The number that the next entry gets. Writer thread, inside its transaction. */
int journal_next(struct store *s, int64_t *ret_seq, struct err *e);
/* Appends entry with its salt (stored separately; NULL if no parameter is personal) and the encoded result, which
 * answers a repeat of the request. */
int journal_append(struct store *s, const struct entry *entry, const uint8_t salt[ENTRY_SALT], const struct buf *result,
                   struct err *e);
/* The entry of a request already done; *ret_seq is 0 if there is none. Strings and bytes are in the arena; salt is zero
 * if the entry has none (has_salt false). */
struct journal_found {
    int64_t seq, uid;
    const char *method;
    struct bytes params, result;
    uint8_t salt[ENTRY_SALT];
    bool has_salt;
};
int journal_find(struct store *s, const uint8_t request[UUID_SIZE], struct arena *a, struct journal_found *ret,
                 struct err *e);
