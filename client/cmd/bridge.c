/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/cmd.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* One direction: bytes read but not yet written, and whether the source has ended. */
struct flow {
    int from, to;
    size_t at, size;
    bool ended, closed;
    char bytes[64 * 1024];
};

static int fail(const char *what, struct err *e)
{
    return err_set(e, ERR_UNREACHABLE, NULL, "%s: %s", what, strerror(errno));
}

static int fill(struct flow *f, struct err *e)
{
    ssize_t n = read(f->from, f->bytes, sizeof f->bytes);
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        return fail("reading", e);
    f->ended = n == 0;
    f->at = 0;
    f->size = n > 0 ? (size_t)n : 0;
    return OK;
}

/* A side that hangs up may have said why: the other direction still counts. */
static int drain(struct flow *f, struct err *e)
{
    ssize_t n = write(f->to, f->bytes + f->at, f->size - f->at);
    if (n < 0 && (errno == EPIPE || errno == ECONNRESET)) {
        f->closed = true;
        return OK;
    }
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        return fail("writing", e);
    f->at += n > 0 ? (size_t)n : 0;
    return OK;
}

static bool is_empty(const struct flow *f)
{
    return f->at == f->size;
}

/* The end of the source ends the target once all is written; the other direction continues. */
static void pass_end(struct flow *f)
{
    if (!f->ended || f->closed || !is_empty(f))
        return;
    if (shutdown(f->to, SHUT_WR) != 0)
        close(f->to);
    f->closed = true;
}

static struct pollfd interest(const struct flow *f)
{
    if (f->closed)
        return (struct pollfd){ .fd = -1 };
    return is_empty(f) ? (struct pollfd){ f->from, POLLIN, 0 } : (struct pollfd){ f->to, POLLOUT, 0 };
}

static int step(struct flow *f, const struct pollfd *p, struct err *e)
{
    if (p->fd < 0 || p->revents == 0)
        return OK;
    if ((is_empty(f) ? fill(f, e) : drain(f, e)) != OK)
        return e->code;
    pass_end(f);
    return OK;
}

int cmd_bridge_run(struct client *c, struct args *args, struct err *e)
{
    (void)args;
    signal(SIGPIPE, SIG_IGN);
    /* The bridge ends on this machine, whatever the environment says. */
    c->rpc.host = NULL;
    if (rpc_connect(&c->rpc, 0, e) != OK)
        return e->code;
    static struct flow in, out;
    in.from = STDIN_FILENO;
    in.to = out.from = c->rpc.fd;
    out.to = STDOUT_FILENO;
    while (!out.closed) {
        struct pollfd p[] = { interest(&in), interest(&out) };
        if (poll(p, 2, -1) < 0 && errno != EINTR)
            return fail("poll", e);
        if (step(&in, &p[0], e) != OK || step(&out, &p[1], e) != OK)
            return e->code;
    }
    return OK;
}
