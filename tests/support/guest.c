/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/guest.h"

#include "common/uuid.h"
#include "tests/support/coverage.h"
#include "tests/support/loose.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { REPLY_MAX = 64 * 1024 * 1024, TEXT_MAX_SIZE = 1024 * 1024, READ_SIZE = 64 * 1024 };

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "guest: %s: %s\n", what, why);
    abort();
}

bool guest_try_connect(struct guest *g, const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    memset(g, 0, sizeof *g);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    g->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(g->fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        close(g->fd);
        return false;
    }
    frame_init(&g->in, REPLY_MAX);
    arena_init(&g->arena, REPLY_MAX);
    return true;
}

void guest_connect(struct guest *g, const char *path)
{
    if (!guest_try_connect(g, path))
        fail(path, strerror(errno));
}

void guest_close(struct guest *g)
{
    close(g->fd);
    frame_fini(&g->in);
    arena_reset(&g->arena);
}

bool guest_send(struct guest *g, const void *data, size_t size)
{
    const char *at = data;
    while (size > 0) {
        ssize_t n = send(g->fd, at, size, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            at += n;
            size -= (size_t)n;
        }
    }
    return true;
}

void guest_shut(struct guest *g)
{
    shutdown(g->fd, SHUT_WR);
}

static bool has_request(const char *text)
{
    return strstr(text, "request:") != NULL;
}

/* Inserts a request id at the start of the braces. */
static void add_request(char *text, size_t size)
{
    char uuid[UUID_TEXT];
    uuid_make(uuid);
    const char *inside = strchr(text, '{');
    const char *after = inside == NULL ? "}" : inside + 1;
    const char *comma = after[strspn(after, " \n")] == '}' ? "" : ",";
    char *whole = malloc(size);
    if (whole == NULL)
        fail("memory", "none");
    snprintf(whole, size, "{request: %s%s %s", uuid, comma, after);
    snprintf(text, size, "%s", whole);
    free(whole);
}

static uint32_t ask(struct guest *g, const char *method, char *text)
{
    const struct method *m = api_method_by_name(method, strlen(method));
    struct buf params = { 0 }, out = { 0 };
    buf_init(&params, SIZE_MAX);
    buf_init(&out, SIZE_MAX);
    if (m != NULL && m->kind == WRITE && !has_request(text))
        add_request(text, TEXT_MAX_SIZE);
    loose_pack(text, &params);
    uint32_t id = ++g->last_id;
    g->methods[id % GUEST_CALLS] = m;
    frame_put_request(&out, id, method, &params);
    guest_send(g, out.data, out.size);
    buf_fini(&params);
    buf_fini(&out);
    if (m != NULL)
        coverage_note(m);
    return id;
}

__attribute__((format(printf, 3, 0))) static uint32_t ask_formatted(struct guest *g, const char *method,
                                                                    const char *format, va_list args)
{
    char *text = malloc(TEXT_MAX_SIZE);
    if (text == NULL)
        fail("memory", "none");
    vsnprintf(text, TEXT_MAX_SIZE, format, args);
    uint32_t id = ask(g, method, text);
    free(text);
    return id;
}

uint32_t guest_ask(struct guest *g, const char *method, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    uint32_t id = ask_formatted(g, method, format, args);
    va_end(args);
    return id;
}

static bool read_message(struct guest *g, struct message *ret)
{
    static char bytes[READ_SIZE];
    int got;
    while ((got = frame_pop(&g->in, ret, &g->err)) == 0) {
        ssize_t n = recv(g->fd, bytes, sizeof bytes, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        if (frame_push(&g->in, bytes, (size_t)n, &g->err) != OK)
            fail("reply", g->err.message);
    }
    if (got < 0 || ret->kind != FRAME_RESPONSE)
        fail("not a reply", g->err.message);
    return true;
}

static void check_result(struct guest *g, const struct message *m, void *ret)
{
    const struct method *method = g->methods[m->id % GUEST_CALLS];
    if (method == NULL)
        fail("reply", "a result for a method that does not exist");
    void *scratch = ret;
    if (scratch == NULL)
        scratch = arena_alloc(&g->arena,
                              method->shape == PAGE ? sizeof(struct page) : api_records[method->result].size);
    if (scratch == NULL || codec_decode_result(method, m->result, &g->arena, scratch, &g->err) != OK)
        fail(method->name, g->err.message);
}

/* Every error has the parts of its sentence. */
static void check_error(struct guest *g, const struct message *m)
{
    frame_get_error(m->error, &g->err);
    if (g->err.parts.format[0] == '\0')
        fail("an error without its format", g->err.message);
}

bool guest_next(struct guest *g, uint32_t *ret_id, void *ret)
{
    struct message m;
    err_clear(&g->err);
    if (!read_message(g, &m))
        return false;
    if (ret_id != NULL)
        *ret_id = m.id;
    if (m.error != NULL)
        check_error(g, &m);
    else
        check_result(g, &m, ret);
    return true;
}

bool guest_wait(struct guest *g, int ms)
{
    struct pollfd p = { .fd = g->fd, .events = POLLIN };
    return poll(&p, 1, ms) > 0;
}

int guest_call(struct guest *g, void *ret, const char *method, const char *format, ...)
{
    va_list args;
    uint32_t got = 0;
    va_start(args, format);
    uint32_t id = ask_formatted(g, method, format, args);
    va_end(args);
    while (got != id)
        if (!guest_next(g, &got, ret))
            return err_set(&g->err, ERR_UNREACHABLE, NULL, "the daemon closed the connection");
    return g->err.code;
}
