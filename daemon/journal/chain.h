/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the chain back: its head, its entries, and whether it is intact. Any connection; every function reads in its
 * caller's transaction. */
#pragma once

#include "daemon/journal/entry.h"
#include "daemon/store/store.h"

enum { CHAIN_WHY = 200 };

struct chain_pin {
    int64_t seq; /* 0: nothing is pinned */
    uint8_t hash[ENTRY_HASH];
};

struct chain_report {
    int64_t entries, detached; /* checked and good */
    uint8_t head[ENTRY_HASH];  /* of the last good entry; zeros before the first */
    int64_t broken;            /* the first bad entry; 0 if all are good */
    char why[CHAIN_WHY];
};

/* seq 0 and zeros if there is no entry. */
int chain_last(struct store *s, int64_t *ret_seq, uint8_t ret_hash[ENTRY_HASH], struct err *e);
/* The row of a journal_range query; its pointers are valid until the next step. false if the row cannot be an entry. */
bool chain_row(const struct stmt *q, struct entry *ret, uint8_t ret_hash[ENTRY_HASH]);
/* Checks numbers, hashes, detached values and the pin. A broken chain is OK with ret->broken. */
int chain_verify(struct store *s, const struct chain_pin *pin, struct chain_report *ret, struct err *e);
