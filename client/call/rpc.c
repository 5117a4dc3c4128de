/* SPDX-License-Identifier: Apache-2.0 */
#include "client/call/rpc.h"

#include "client/call/rpc_connect.h"
#include "common/scope.h"
#include "common/uuid.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    ANSWER_MS = 30 * 1000,
    LONG_ANSWER_MS = 10 * 60 * 1000,
    /* After a failed commit the daemon restarts, within a second under systemd. */
    RESTART_MS = 5000,
    PAGE_ROWS = 200, /* rows of a page by default */
    READ_SIZE = 64 * 1024,
    /* An answer may be as large as a page of an export with a single big entry. */
    ANSWER_MAX = 64 * 1024 * 1024,
};

static const char *given(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : NULL;
}

void rpc_init(struct rpc *r)
{
    *r = (struct rpc){ .host = given("SME_HOST"), .socket = given("SME_SOCKET"), .fd = -1 };
    frame_init(&r->in, ANSWER_MAX);
}

void rpc_fini(struct rpc *r)
{
    rpc_disconnect(r);
    frame_fini(&r->in);
}

int rpc_connect(struct rpc *r, int patience_ms, struct err *e)
{
    if (r->fd >= 0)
        return OK;
    if (r->host != NULL)
        return rpc_connect_ssh(r->host, &r->fd, &r->child, e);
    return rpc_connect_local(r->socket, patience_ms, &r->fd, e);
}

void rpc_disconnect(struct rpc *r)
{
    if (r->fd >= 0)
        close(r->fd);
    r->fd = -1;
    if (r->child > 0 && r->expired)
        kill(r->child, SIGTERM);
    if (r->child > 0)
        while (waitpid(r->child, NULL, 0) < 0 && errno == EINTR)
            continue;
    r->child = 0;
    frame_fini(&r->in);
    frame_init(&r->in, ANSWER_MAX);
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int wait_for(struct rpc *r, short events, struct err *e)
{
    struct pollfd p = { .fd = r->fd, .events = events };
    for (;;) {
        int64_t left = r->deadline - now_ms();
        int n = left > 0 ? poll(&p, 1, (int)left) : 0;
        if (n > 0)
            return OK;
        r->expired = n == 0;
        if (n == 0)
            return err_set(e, ERR_UNREACHABLE, NULL, "timed out waiting for an answer");
        if (errno != EINTR)
            return err_set(e, ERR_UNREACHABLE, NULL, "poll: %s", strerror(errno));
    }
}

/* A refusing daemon may close before all is sent; its reason can still be read, so a broken pipe is not yet a
 * failure. */
static int send_all(struct rpc *r, const struct buf *b, struct err *e)
{
    for (size_t at = 0; at < b->size;) {
        ssize_t n = send(r->fd, b->data + at, b->size - at, MSG_NOSIGNAL);
        if (n >= 0) {
            at += (size_t)n;
        } else if (errno == EAGAIN) {
            if (wait_for(r, POLLOUT, e) != OK)
                return e->code;
        } else if (errno == EPIPE || errno == ECONNRESET) {
            return OK;
        } else if (errno != EINTR) {
            return err_set(e, ERR_UNREACHABLE, NULL, "connection lost: %s", strerror(errno));
        }
    }
    return OK;
}

/* ssh itself has reported on standard error what ended its connection. */
static int lost(struct rpc *r, const char *why, struct err *e)
{
    if (r->host != NULL)
        return err_set(e, ERR_UNREACHABLE, NULL, "the ssh connection to %s ended", r->host);
    return err_set(e, ERR_UNREACHABLE, NULL, "connection lost: %s", why);
}

static int receive_some(struct rpc *r, struct err *e)
{
    static uint8_t bytes[READ_SIZE];
    for (;;) {
        ssize_t n = recv(r->fd, bytes, sizeof bytes, 0);
        if (n > 0)
            return frame_push(&r->in, bytes, (size_t)n, e);
        if (n == 0)
            return lost(r, "the daemon closed the connection", e);
        if (errno == EAGAIN) {
            if (wait_for(r, POLLIN, e) != OK)
                return e->code;
        } else if (errno != EINTR) {
            return lost(r, strerror(errno), e);
        }
    }
}

/* The answer to the last request; message id 0 comes from a daemon that refuses a connection. */
static int receive_answer(struct rpc *r, struct message *ret, struct err *e)
{
    for (;;) {
        int popped = frame_pop(&r->in, ret, e);
        if (popped < 0)
            return e->code;
        if (popped > 0 && ret->kind == FRAME_RESPONSE && (ret->id == r->last_id || ret->id == 0))
            return OK;
        if (popped == 0 && receive_some(r, e) != OK)
            return e->code;
    }
}

/* One attempt. *ret_sent: whether the daemon may have seen the call. */
static int exchange(struct rpc *r, const struct method *m, const struct buf *params, int patience_ms, bool *ret_sent,
                    struct message *ret, struct err *e)
{
    *ret_sent = false;
    /* ssh may first have to ask for a passphrase. */
    bool patient = m->kind == LONG || r->host != NULL;
    int ms = r->timeout_ms > 0 ? r->timeout_ms : patient ? LONG_ANSWER_MS : ANSWER_MS;
    if (rpc_connect(r, patience_ms, e) != OK)
        return e->code;
    SCOPED(buf_fini) struct buf request;
    buf_init(&request, SIZE_MAX);
    if (++r->last_id == 0)
        r->last_id = 1;
    frame_put_request(&request, r->last_id, m->name, params);
    if (request.failed)
        return err_set(e, ERR_TOO_BIG, NULL, "out of memory");
    r->deadline = now_ms() + ms;
    r->expired = false;
    *ret_sent = true;
    if (send_all(r, &request, e) != OK || receive_answer(r, ret, e) != OK)
        return e->code;
    if (ret->error != NULL)
        frame_get_error(ret->error, e);
    return e->code;
}

static int say_unknown(const struct write_options *w, struct err *e)
{
    if (w == NULL) {
        e->code = ERR_UNREACHABLE;
        return e->code;
    }
    return err_set(e, ERR_OUTCOME_UNKNOWN, NULL,
                   "the outcome is unknown; repeat the command with --request %s, which is safe", w->request);
}

static int encode_call(const struct method *m, void *params, struct arena *a, struct buf *ret, struct err *e)
{
    struct write_options *w = api_write_options(m, params);
    if (w != NULL && w->request == NULL) {
        char id[UUID_TEXT];
        uuid_make(id);
        w->request = arena_dup(a, id);
        if (w->request == NULL)
            return err_set(e, ERR_INTERNAL, NULL, "no memory");
    }
    return codec_encode_params(m, params, ret, e);
}

int rpc_call(struct rpc *r, const struct method *m, void *params, struct arena *a, void *ret, struct err *e)
{
    SCOPED(buf_fini) struct buf body;
    buf_init(&body, SIZE_MAX);
    if (encode_call(m, params, a, &body, e) != OK)
        return e->code;
    struct message answer;
    bool sent, was_sent = false;
    for (int attempt = 0;; attempt++) {
        err_clear(e);
        int code = exchange(r, m, &body, attempt == 0 ? 0 : RESTART_MS, &sent, &answer, e);
        if (code == OK)
            return codec_decode_result(m, answer.result, a, ret, e);
        was_sent = was_sent || sent;
        if (code != ERR_UNREACHABLE && code != ERR_OUTCOME_UNKNOWN)
            return code;
        rpc_disconnect(r);
        if (!was_sent)
            return e->code;
        if (attempt == 1 || r->expired)
            return say_unknown(api_write_options(m, params), e);
    }
}

int rpc_each(struct rpc *r, const struct method *m, void *params, int64_t limit, rpc_page *page, void *context,
             struct err *e)
{
    struct page_options *options = api_page_options(m, params);
    struct arena arenas[2] = { 0 };
    arena_init(&arenas[0], SIZE_MAX);
    arena_init(&arenas[1], SIZE_MAX);
    bool more = true;
    for (int turn = 0; more; turn = !turn) {
        /* The other arena owns the text of options->after. */
        arena_reset(&arenas[turn]);
        struct page rows = { 0 };
        if (limit > 0 && limit < PAGE_ROWS) {
            options->limit = limit;
            options->has_limit = true;
        }
        more = rpc_call(r, m, params, &arenas[turn], &rows, e) == OK && page(context, &rows, e) == OK
               && rows.next != NULL && (limit == 0 || (limit -= (int64_t)rows.n) > 0);
        options->after = rows.next;
    }
    options->after = NULL;
    arena_reset(&arenas[0]);
    arena_reset(&arenas[1]);
    return e->code;
}
