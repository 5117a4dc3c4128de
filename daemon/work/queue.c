/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/work/queue.h"

void queue_init(struct queue *q, size_t limit)
{
    *q = (struct queue){ .limit = limit };
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->filled, NULL);
}

void queue_fini(struct queue *q)
{
    pthread_cond_destroy(&q->filled);
    pthread_mutex_destroy(&q->lock);
}

static void append(struct queue *q, struct work *item)
{
    item->next = NULL;
    if (q->last != NULL)
        q->last->next = item;
    else
        q->first = item;
    q->last = item;
    q->n++;
}

static struct work *remove_first(struct queue *q)
{
    struct work *item = q->first;
    q->first = item->next;
    if (q->first == NULL)
        q->last = NULL;
    item->next = NULL;
    q->n--;
    return item;
}

bool queue_push(struct queue *q, struct work *item)
{
    pthread_mutex_lock(&q->lock);
    bool accepted = !q->closed && q->n < q->limit;
    if (accepted) {
        append(q, item);
        pthread_cond_signal(&q->filled);
    }
    pthread_mutex_unlock(&q->lock);
    return accepted;
}

size_t queue_take(struct queue *q, struct work **ret, size_t max, size_t max_bytes)
{
    size_t n = 0, bytes = 0;
    pthread_mutex_lock(&q->lock);
    q->answered = q->asked;
    while (q->first == NULL && !q->closed) {
        pthread_cond_wait(&q->filled, &q->lock);
        q->answered = q->asked;
    }
    while (q->first != NULL && n < max && (n == 0 || bytes + q->first->bytes <= max_bytes)) {
        bytes += q->first->bytes;
        ret[n++] = remove_first(q);
    }
    pthread_mutex_unlock(&q->lock);
    return n;
}

void queue_close(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->closed = true;
    pthread_cond_broadcast(&q->filled);
    pthread_mutex_unlock(&q->lock);
}

size_t queue_count(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    size_t n = q->n;
    pthread_mutex_unlock(&q->lock);
    return n;
}

void queue_ask(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->asked++;
    pthread_cond_broadcast(&q->filled);
    pthread_mutex_unlock(&q->lock);
}

bool queue_has_answered(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    bool answered = q->answered == q->asked;
    pthread_mutex_unlock(&q->lock);
    return answered;
}
