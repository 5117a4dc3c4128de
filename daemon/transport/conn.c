/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/transport/conn.h"

#include "common/log.h"

#include <stdlib.h>

/* What a connection waits for; each has its own patience. */
enum conn_wait { WAIT_MESSAGE, WAIT_REST, WAIT_CALL, WAIT_READER };

struct conn {
    uv_pipe_t pipe;
    struct hub *hub;
    struct peer *peer; /* NULL: refused */
    struct frame frame;
    struct buf out;               /* replies not yet given to the kernel or to a write */
    struct conn *previous, *next; /* of all */
    struct conn *next_ready;
    uint64_t since;  /* of the wait */
    size_t unread;   /* at the last sweep */
    size_t expected; /* bytes of a reply, by the last ones */
    int in_flight;
    enum conn_wait wait;
    bool is_ready, is_reading, is_full; /* full: above the high water mark, not yet below the low one */
    bool has_ended;                     /* the client sends no more */
    bool is_broken;                     /* its input is unreadable */
    bool is_shutting, is_closing, is_closed;
};

/* Bytes being written by libuv; the connection is in req.data. */
struct conn_write {
    uv_write_t req;
    struct buf data;
};

static void free_conn(struct conn *c)
{
    if (c->peer != NULL)
        peer_release(c->peer);
    frame_fini(&c->frame);
    buf_fini(&c->out);
    free(c);
}

static void unlink_conn(struct conn *c)
{
    if (c->next != NULL)
        c->next->previous = c->previous;
    if (c->previous != NULL)
        c->previous->next = c->next;
    else
        c->hub->conns = c->next;
}

static void forget_ready(struct conn *c)
{
    for (struct conn **at = &c->hub->ready; c->is_ready && *at != NULL; at = &(*at)->next_ready) {
        if (*at == c) {
            *at = c->next_ready;
            break;
        }
    }
    c->is_ready = false;
}

static void on_closed(uv_handle_t *handle)
{
    struct conn *c = handle->data;
    forget_ready(c);
    unlink_conn(c);
    c->hub->dispatch->metrics.connections -= c->peer != NULL;
    c->is_closed = true;
    if (c->in_flight == 0)
        free_conn(c);
}

static void close_conn(struct conn *c)
{
    if (c->is_closing)
        return;
    c->is_closing = true;
    uv_close((uv_handle_t *)&c->pipe, on_closed);
}

static void mark_ready(struct conn *c)
{
    if (c->is_ready || c->is_closing)
        return;
    c->is_ready = true;
    c->next_ready = c->hub->ready;
    c->hub->ready = c;
}

static size_t unread_bytes(const struct conn *c)
{
    return c->out.size + uv_stream_get_write_queue_size((const uv_stream_t *)&c->pipe);
}

/* Whether the next message may be popped; asked per message, as one read may bring thousands. The replies of calls in
 * flight are counted before they exist, else a burst of calls would slip past the mark. */
static bool may_take(struct conn *c)
{
    const struct limits *limits = &c->hub->limits;
    size_t unread = unread_bytes(c) + (size_t)c->in_flight * c->expected;
    c->is_full = unread > (c->is_full ? limits->low_water : limits->high_water);
    return !c->is_full && c->in_flight < limits->in_flight && !c->is_broken && !c->is_closing && !c->hub->draining;
}

static void note_wait(struct conn *c)
{
    enum conn_wait wait = unread_bytes(c) > 0                            ? WAIT_READER
                          : c->in_flight > 0                             ? WAIT_CALL
                          : !c->is_broken && frame_is_partial(&c->frame) ? WAIT_REST
                                                                         : WAIT_MESSAGE;
    if (wait == c->wait)
        return;
    c->wait = wait;
    c->since = uv_now(c->hub->loop);
}

static void reply(void *owner, uint32_t id, const struct err *error, const struct buf *result)
{
    struct conn *c = owner;
    c->in_flight--;
    if (c->is_closed) {
        if (c->in_flight == 0)
            free_conn(c);
        return;
    }
    size_t before = c->out.size;
    if (error->code == OK)
        frame_put_result(&c->out, id, result);
    else
        frame_put_error(&c->out, id, error);
    size_t size = c->out.size - before;
    c->expected = size > c->expected / 2 ? size : c->expected / 2;
    mark_ready(c);
}

/* A notification has no reply, but counts as a call in flight. */
static void reply_nothing(void *owner, uint32_t id, const struct err *error, const struct buf *result)
{
    struct conn *c = owner;
    (void)id, (void)error, (void)result;
    c->in_flight--;
    if (c->is_closed && c->in_flight == 0)
        free_conn(c);
    else
        mark_ready(c);
}

static void refuse(struct conn *c, uint32_t id, const struct err *e)
{
    c->is_broken = true;
    frame_put_error(&c->out, id, e);
    mark_ready(c);
}

static void take_message(struct conn *c, const struct message *m)
{
    if (m->kind == FRAME_RESPONSE) {
        struct err e = { 0 };
        err_set(&e, ERR_MALFORMED, NULL, "unexpected response: the daemon sends no requests");
        refuse(c, m->id, &e);
        return;
    }
    c->in_flight++;
    dispatch_call(c->hub->dispatch, m, &c->peer->caller, m->kind == FRAME_NOTIFY ? reply_nothing : reply, c);
}

static void take_messages(struct conn *c)
{
    while (may_take(c)) {
        struct message m;
        struct err e = { 0 };
        int got = frame_pop(&c->frame, &m, &e);
        if (got < 0)
            refuse(c, m.id, &e);
        if (got <= 0)
            return;
        take_message(c, &m);
    }
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *ret)
{
    struct conn *c = handle->data;
    (void)suggested;
    *ret = uv_buf_init(c->hub->read_buffer, sizeof c->hub->read_buffer);
}

static void follow_reading(struct conn *c);

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buffer)
{
    struct conn *c = stream->data;
    struct err e = { 0 };
    if (n == UV_EOF) {
        c->has_ended = true;
        mark_ready(c);
    } else if (n < 0) {
        close_conn(c);
        return;
    }
    if (n > 0 && frame_push(&c->frame, buffer->base, (size_t)n, &e) != OK)
        refuse(c, 0, &e);
    take_messages(c);
    follow_reading(c);
    note_wait(c);
}

static void follow_reading(struct conn *c)
{
    bool wanted = !c->has_ended && may_take(c);
    if (wanted == c->is_reading || c->is_closing)
        return;
    c->is_reading = wanted;
    if (!wanted)
        uv_read_stop((uv_stream_t *)&c->pipe);
    else if (uv_read_start((uv_stream_t *)&c->pipe, on_alloc, on_read) != 0)
        close_conn(c);
}

static void on_written(uv_write_t *req, int status)
{
    struct conn_write *w = (struct conn_write *)req;
    struct conn *c = req->data;
    buf_fini(&w->data);
    free(w);
    if (status != 0)
        close_conn(c);
    else
        mark_ready(c);
}

/* The rest, when the kernel takes no more at once. */
static void write_later(struct conn *c)
{
    struct conn_write *w = malloc(sizeof *w);
    if (w == NULL) {
        close_conn(c);
        return;
    }
    w->data = c->out;
    w->req.data = c;
    buf_init(&c->out, SIZE_MAX);
    uv_buf_t bytes = uv_buf_init((char *)w->data.data, (unsigned)w->data.size);
    if (uv_write(&w->req, (uv_stream_t *)&c->pipe, &bytes, 1, on_written) != 0) {
        buf_fini(&w->data);
        free(w);
        close_conn(c);
    }
}

static void write_out(struct conn *c)
{
    if (c->out.failed) {
        log_write(LOG_WARNING, "connection closed: out of memory for a reply user=%s", c->peer->caller.user);
        close_conn(c);
        return;
    }
    if (c->out.size == 0 || uv_stream_get_write_queue_size((uv_stream_t *)&c->pipe) > 0)
        return;
    uv_buf_t bytes = uv_buf_init((char *)c->out.data, (unsigned)c->out.size);
    int n = uv_try_write((uv_stream_t *)&c->pipe, &bytes, 1);
    if (n < 0 && n != UV_EAGAIN) {
        close_conn(c);
        return;
    }
    if (n > 0)
        buf_consume(&c->out, (size_t)n);
    if (c->out.size == 0)
        buf_fini(&c->out);
    else
        write_later(c);
}

static void on_shutdown(uv_shutdown_t *req, int status)
{
    struct conn *c = req->data;
    (void)status;
    free(req);
    close_conn(c);
}

/* Everything is answered and written: shuts down, and closes when that is done. */
static void shut(struct conn *c)
{
    uv_shutdown_t *req = malloc(sizeof *req);
    if (req == NULL || uv_shutdown(req, (uv_stream_t *)&c->pipe, on_shutdown) != 0) {
        free(req);
        close_conn(c);
        return;
    }
    req->data = c;
    c->is_shutting = true;
}

/* Call after take_messages, which leaves none unless calls or replies are in flight. */
static bool is_finished(const struct conn *c)
{
    bool no_more = c->is_broken || c->hub->draining || c->has_ended;
    return no_more && c->in_flight == 0 && unread_bytes(c) == 0 && !c->is_closing && !c->is_shutting;
}

static void serve(struct conn *c)
{
    write_out(c);
    take_messages(c);
    follow_reading(c);
    note_wait(c);
    if (is_finished(c))
        shut(c);
}

bool conn_serve_ready(struct hub *hub)
{
    struct conn *c = hub->ready;
    hub->ready = NULL;
    while (c != NULL) {
        struct conn *next = c->next_ready;
        c->is_ready = false;
        if (!c->is_closing)
            serve(c);
        c = next;
    }
    return hub->ready != NULL;
}

void conn_wake_all(struct hub *hub)
{
    for (struct conn *c = hub->conns; c != NULL; c = c->next)
        mark_ready(c);
}

/* Too many, or unknown: the client gets the reason, in a reply to no call, before closing. */
static void turn_away(struct conn *c, const struct err *e)
{
    struct buf out;
    buf_init(&out, SIZE_MAX);
    frame_put_error(&out, 0, e);
    uv_buf_t bytes = uv_buf_init((char *)out.data, (unsigned)out.size);
    if (!out.failed)
        uv_try_write((uv_stream_t *)&c->pipe, &bytes, 1);
    buf_fini(&out);
    c->hub->dispatch->metrics.refused++;
    log_write(LOG_WARNING, "connection refused code=%s message=\"%s\"", api_error(e->code)->name, e->message);
    close_conn(c);
}

static int admit(struct conn *c, struct err *e)
{
    struct hub *hub = c->hub;
    uv_os_fd_t fd;
    struct peer *peer;
    if (uv_fileno((uv_handle_t *)&c->pipe, &fd) != 0)
        return err_set(e, ERR_INTERNAL, NULL, "connection without a descriptor");
    if ((size_t)hub->dispatch->metrics.connections >= hub->limits.connections)
        return err_set(e, ERR_BUSY, NULL, "too many connections to the daemon (limit: %zu); try again later",
                       hub->limits.connections);
    if (peer_acquire(&hub->peers, fd, &peer, e) != OK)
        return e->code;
    size_t most = peer->caller.is_admin ? hub->limits.connections_admin : hub->limits.connections_user;
    if ((size_t)peer_count(&hub->peers, peer) > most) {
        peer_release(peer);
        return err_set(e, ERR_BUSY, NULL, "too many connections for one user (limit: %zu); close some", most);
    }
    c->peer = peer;
    return OK;
}

static struct conn *new_conn(struct hub *hub)
{
    struct conn *c = calloc(1, sizeof *c);
    if (c == NULL || uv_pipe_init(hub->loop, &c->pipe, 0) != 0) {
        free(c);
        return NULL;
    }
    c->pipe.data = c;
    c->hub = hub;
    c->since = uv_now(hub->loop);
    c->expected = hub->limits.reply;
    frame_init(&c->frame, hub->limits.message);
    buf_init(&c->out, SIZE_MAX);
    c->next = hub->conns;
    if (hub->conns != NULL)
        hub->conns->previous = c;
    hub->conns = c;
    return c;
}

void conn_accept(struct hub *hub, uv_stream_t *listener)
{
    struct err e = { 0 };
    struct conn *c = new_conn(hub);
    if (c == NULL)
        return;
    if (uv_accept(listener, (uv_stream_t *)&c->pipe) != 0) {
        close_conn(c);
        return;
    }
    if (admit(c, &e) != OK) {
        turn_away(c, &e);
        return;
    }
    hub->dispatch->metrics.accepted++;
    hub->dispatch->metrics.connections++;
    follow_reading(c);
}

static void sweep_one(struct conn *c, uint64_t now)
{
    const struct limits *limits = &c->hub->limits;
    struct err e = { 0 };
    size_t unread = unread_bytes(c);
    if (unread < c->unread)
        c->since = now;
    c->unread = unread;
    uint64_t waited = now - c->since;
    if (c->wait == WAIT_REST && waited >= limits->frame_ms && !c->is_broken) {
        err_set(&e, ERR_MALFORMED, NULL, "incomplete message after %llu ms", (unsigned long long)limits->frame_ms);
        refuse(c, 0, &e);
    } else if ((c->wait == WAIT_READER && waited >= limits->drain_ms)
               || (c->wait == WAIT_MESSAGE && waited >= limits->idle_ms)) {
        close_conn(c);
    }
}

void conn_sweep(struct hub *hub, bool all)
{
    uint64_t now = uv_now(hub->loop);
    for (struct conn *c = hub->conns, *next; c != NULL; c = next) {
        next = c->next;
        if (all)
            close_conn(c);
        else if (!c->is_closing)
            sweep_one(c, now);
    }
}
