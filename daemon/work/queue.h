/* SPDX-License-Identifier: Apache-2.0 */
/* A bounded FIFO queue between the loop and threads, and the sign of life of the thread that takes from it. Any thread;
 * a mutex inside. */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Embedded in what is queued; the pusher owns it again once it is returned. */
struct work {
    struct work *next;
    size_t bytes; /* its size, to bound a group */
};

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct work *first, *last;
    size_t n, limit;
    uint64_t asked, answered; /* signs of life */
    bool closed;
};

void queue_init(struct queue *q, size_t limit);
void queue_fini(struct queue *q);
/* false if the queue is full or closed: the caller keeps the item. */
bool queue_push(struct queue *q, struct work *item);
/* Waits for items and takes all there are, up to max and about max_bytes (at least one). 0: the queue is closed and
 * empty. */
size_t queue_take(struct queue *q, struct work **ret, size_t max, size_t max_bytes);
/* Refuses pushes from now on; queued items can still be taken. */
void queue_close(struct queue *q);
size_t queue_count(struct queue *q);
/* Asks the taker for a sign of life, which it gives while waiting or when it next takes. */
void queue_ask(struct queue *q);
bool queue_has_answered(struct queue *q);
