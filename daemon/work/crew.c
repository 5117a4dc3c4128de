/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/work/crew.h"

#include <stdlib.h>
#include <uv.h>

struct crew_thread {
    struct crew *crew;
    void *member;
    struct work **group;
    uv_thread_t id;
};

struct crew {
    struct crew_options options;
    struct queue queue;
    uv_async_t async;
    uv_mutex_t lock; /* of the finished items */
    struct work *first, *last;
    struct crew_thread threads[CREW_THREADS_MAX];
    int started;
};

static void give_back(struct crew *c, struct work **items, size_t n)
{
    uv_mutex_lock(&c->lock);
    for (size_t i = 0; i < n; i++) {
        if (c->last != NULL)
            c->last->next = items[i];
        else
            c->first = items[i];
        c->last = items[i];
    }
    uv_mutex_unlock(&c->lock);
    uv_async_send(&c->async);
}

static void collect(struct crew *c)
{
    uv_mutex_lock(&c->lock);
    struct work *item = c->first;
    c->first = c->last = NULL;
    uv_mutex_unlock(&c->lock);
    while (item != NULL) {
        struct work *next = item->next;
        c->options.done(c->options.context, item);
        item = next;
    }
}

static void on_async(uv_async_t *async)
{
    collect(async->data);
}

static void work_until_closed(void *arg)
{
    struct crew_thread *thread = arg;
    struct crew *c = thread->crew;
    uv_thread_t self = uv_thread_self();
    pthread_setname_np(self, c->options.name);
    size_t n;
    while ((n = queue_take(&c->queue, thread->group, c->options.group, c->options.group_bytes)) > 0) {
        c->options.run(thread->member, thread->group, n);
        give_back(c, thread->group, n);
        if (c->options.between != NULL)
            c->options.between(thread->member, queue_count(&c->queue));
    }
}

static bool start_threads(struct crew *c)
{
    for (int i = 0; i < c->options.threads; i++) {
        struct crew_thread *thread = &c->threads[i];
        *thread = (struct crew_thread){ .crew = c, .member = c->options.members[i] };
        thread->group = calloc(c->options.group, sizeof *thread->group);
        if (thread->group == NULL || uv_thread_create(&thread->id, work_until_closed, thread) != 0) {
            free(thread->group);
            return false;
        }
        c->started++;
    }
    return true;
}

struct crew *crew_new(struct uv_loop_s *loop, const struct crew_options *options)
{
    struct crew *c = calloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    c->options = *options;
    if (options->threads == 0)
        return c;
    if (uv_async_init(loop, &c->async, on_async) != 0) {
        free(c);
        return NULL;
    }
    c->async.data = c;
    queue_init(&c->queue, options->queue);
    uv_mutex_init(&c->lock);
    if (!start_threads(c)) {
        crew_stop(c);
        return NULL;
    }
    return c;
}

bool crew_push(struct crew *c, struct work *item)
{
    if (c->options.threads > 0)
        return queue_push(&c->queue, item);
    c->options.run(c->options.members[0], &item, 1);
    c->options.done(c->options.context, item);
    return true;
}

size_t crew_waiting(struct crew *c)
{
    return c->options.threads > 0 ? queue_count(&c->queue) : 0;
}

void crew_ask(struct crew *c)
{
    if (c->options.threads > 0)
        queue_ask(&c->queue);
}

bool crew_has_answered(struct crew *c)
{
    return c->options.threads == 0 || queue_has_answered(&c->queue);
}

static void on_closed(uv_handle_t *handle)
{
    struct crew *c = handle->data;
    uv_mutex_destroy(&c->lock);
    queue_fini(&c->queue);
    free(c);
}

void crew_stop(struct crew *c)
{
    if (c == NULL)
        return;
    if (c->options.threads == 0) {
        free(c);
        return;
    }
    queue_close(&c->queue);
    for (int i = 0; i < c->started; i++) {
        uv_thread_join(&c->threads[i].id);
        free(c->threads[i].group);
    }
    collect(c);
    uv_close((uv_handle_t *)&c->async, on_closed);
}
