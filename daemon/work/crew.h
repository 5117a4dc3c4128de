/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that take work from a queue in groups and give it back on the loop.
 *
 * The writer is a crew of one thread with large groups, the readers of long lists a crew of two
 * with groups of one. Without threads (for tests) the work is done inside crew_push. */
#pragma once

#include "daemon/work/queue.h"

struct uv_loop_s;
struct crew;

enum { CREW_THREADS_MAX = 8 };

struct crew_options {
    const char *name; /* of the threads */
    int threads;      /* 0: none; crew_push does the work */
    size_t queue;     /* items that may wait */
    size_t group;     /* most items taken at once */
    size_t group_bytes;
    /* On thread i, with members[i]: do this group. */
    void (*run)(void *member, struct work **items, size_t n);
    /* On thread i between two groups; waiting: how many items wait now. May be NULL. */
    void (*between)(void *member, size_t waiting);
    void *members[CREW_THREADS_MAX];
    /* On the loop's thread, once for every item pushed. */
    void (*done)(void *context, struct work *item);
    void *context;
};

/* Starts the threads; NULL when the system has no memory or threads for them. */
struct crew *crew_new(struct uv_loop_s *loop, const struct crew_options *options);
/* false when the queue is full or closing: the item was not taken. */
bool crew_push(struct crew *c, struct work *item);
size_t crew_waiting(struct crew *c);
/* Sign of life of the thread (of a crew of one): asked for, and given since. */
void crew_ask(struct crew *c);
bool crew_has_answered(struct crew *c);
/* Takes no more work, does what is queued, joins the threads and hands the last items back. The
 * handle in the loop is closed; the memory goes with it. Accepts NULL. */
void crew_stop(struct crew *c);
