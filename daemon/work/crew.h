/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that take work from a queue in groups and return it on the loop.
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
    /* On thread i, with members[i]: does this group. */
    void (*run)(void *member, struct work **items, size_t n);
    /* On thread i between two groups; waiting: how many items wait now. May be NULL. */
    void (*between)(void *member, size_t waiting);
    void *members[CREW_THREADS_MAX];
    /* On the loop's thread, once for every item pushed. */
    void (*done)(void *context, struct work *item);
    void *context;
};

/* Starts the threads; NULL if memory or threads are lacking. */
struct crew *crew_new(struct uv_loop_s *loop, const struct crew_options *options);
/* false if the queue is full or closing: the item was not taken. */
bool crew_push(struct crew *c, struct work *item);
size_t crew_waiting(struct crew *c);
/* A sign of life of the thread (of a crew of one): requests one; reports whether it was given since. */
void crew_ask(struct crew *c);
bool crew_has_answered(struct crew *c);
/* Takes no more work, does what is queued, joins the threads and returns the last items. Closes the handle in the loop,
 * which then frees the memory. Accepts NULL. */
void crew_stop(struct crew *c);
