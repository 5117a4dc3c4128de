/* SPDX-License-Identifier: Apache-2.0 */
/* The peer of a socket according to the kernel, and how many connections each user holds. Connections of one user with
 * the same groups share a peer, so that an idle one costs little. The loop's thread; a caller lives as long as a
 * connection holds its peer. */
#pragma once

#include "daemon/service/call/call.h"

struct peer {
    struct caller caller;
    int connections;
    struct peer *next;
};

struct peer_book {
    struct peer *first;
    int64_t own_uid;
    int64_t admin_gid; /* of the group smed-admin; -1 if there is none */
};

void peer_book_init(struct peer_book *book);
void peer_book_fini(struct peer_book *book);
/* The peer of a connected socket; counts the connection. ERR_DENIED for a user without an id of its own (nobody, or one
 * outside our user namespace). */
int peer_acquire(struct peer_book *book, int fd, struct peer **ret, struct err *e);
void peer_release(struct peer *peer);
/* The daemon itself, as a caller. */
void peer_self(struct caller *ret);
/* Connections that the user of this peer holds, with any groups. */
int peer_count(const struct peer_book *book, const struct peer *peer);
