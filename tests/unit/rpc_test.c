/* SPDX-License-Identifier: Apache-2.0 */
/* Calls against a daemon that hangs up, refuses, or says nothing. */
#include "client/call/rpc.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* What the false daemon does with the call on each connection in turn. */
enum act { ANSWER = 'a', HANG_UP = 'h', REFUSE = 'r', UNKNOWN = 'u', SILENCE = 's', NOT_FOUND = 'n' };

struct fixture {
    char folder[32], path[48];
    pid_t daemon;
    int requests; /* pipe: the request ids as they were seen */
    struct rpc rpc;
    struct arena arena;
    struct err e;
};

static void put_cluster(struct buf *b)
{
    struct cluster cluster = { .cluster = { "north", 1 }, .name = "North" };
    struct err e = { 0 };
    codec_encode_record(RECORD_cluster, &cluster, b, &e);
}

static void reply(int fd, enum act act, uint32_t id)
{
    struct buf out, body;
    struct err e = { 0 };
    buf_init(&out, SIZE_MAX);
    buf_init(&body, SIZE_MAX);
    put_cluster(&body);
    if (act == ANSWER)
        frame_put_result(&out, id, &body);
    if (act == REFUSE || act == UNKNOWN || act == NOT_FOUND) {
        err_set(&e,
                act == REFUSE    ? ERR_BUSY
                : act == UNKNOWN ? ERR_OUTCOME_UNKNOWN
                                 : ERR_NOT_FOUND,
                "code", "so it is");
        frame_put_error(&out, act == REFUSE ? 0 : id, &e);
    }
    if (send(fd, out.data, out.size, MSG_NOSIGNAL) < 0)
        _exit(1);
    buf_fini(&out);
    buf_fini(&body);
}

static void tell_request(const struct message *m, int to)
{
    struct arena a = { 0 };
    arena_init(&a, SIZE_MAX);
    void *params;
    struct err e = { 0 };
    const struct method *method = api_method_by_name(m->method, m->method_length);
    if (codec_decode_params(method, m->params, &a, &params, &e) == OK && method->kind == WRITE
        && write(to, api_write_options(method, params)->request, 36) != 36)
        _exit(1);
    arena_reset(&a);
}

static void serve(int listener, const char *acts, int to)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (; *acts != '\0'; acts++) {
        int fd = accept(listener, NULL, NULL);
        struct frame f;
        struct message m;
        struct err e = { 0 };
        frame_init(&f, MP_MESSAGE_MAX);
        uint8_t bytes[4096];
        ssize_t n;
        while (frame_pop(&f, &m, &e) == 0 && (n = read(fd, bytes, sizeof bytes)) > 0)
            frame_push(&f, bytes, (size_t)n, &e);
        tell_request(&m, to);
        if (*acts == SILENCE)
            pause();
        reply(fd, (enum act) * acts, m.id);
        frame_fini(&f);
        close(fd);
    }
    _exit(0);
}

static void start(struct fixture *f, const char *acts)
{
    *f = (struct fixture){ .folder = "/tmp/rpc-XXXXXX" };
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/s", f->folder);
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    strcpy(address.sun_path, f->path);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0), ends[2];
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(listener, 8), 0);
    assert_int_equal(pipe(ends), 0);
    f->daemon = fork();
    if (f->daemon == 0)
        serve(listener, acts, ends[1]);
    close(listener);
    close(ends[1]);
    f->requests = ends[0];
    arena_init(&f->arena, SIZE_MAX);
    rpc_init(&f->rpc);
    f->rpc.host = NULL;
    f->rpc.socket = f->path;
}

static void stop(struct fixture *f)
{
    rpc_fini(&f->rpc);
    kill(f->daemon, SIGKILL);
    waitpid(f->daemon, NULL, 0);
    close(f->requests);
    unlink(f->path);
    rmdir(f->folder);
    arena_reset(&f->arena);
}

static int create(struct fixture *f, struct cluster *ret)
{
    struct cluster_create params = { .code = "north", .name = "North" };
    *ret = (struct cluster){ 0 };
    return rpc_call(&f->rpc, &api_methods[METHOD_cluster_create], &params, &f->arena, ret, &f->e);
}

static int show(struct fixture *f, struct cluster *ret)
{
    struct cluster_show params = { .cluster = { "north", 0 } };
    *ret = (struct cluster){ 0 };
    return rpc_call(&f->rpc, &api_methods[METHOD_cluster_show], &params, &f->arena, ret, &f->e);
}

static void test_answer(void **state)
{
    (void)state;
    struct fixture f;
    struct cluster cluster;
    start(&f, "a");
    assert_int_equal(create(&f, &cluster), OK);
    assert_string_equal(cluster.name, "North");
    stop(&f);
}

static void test_error(void **state)
{
    (void)state;
    struct fixture f;
    struct cluster cluster;
    start(&f, "n");
    assert_int_equal(create(&f, &cluster), ERR_NOT_FOUND);
    assert_string_equal(f.e.field, "code");
    assert_string_equal(f.e.message, "so it is");
    stop(&f);
}

static void read_ids(struct fixture *f, char *ids, size_t size)
{
    for (size_t at = 0; at < size;) {
        ssize_t n = read(f->requests, ids + at, size - at);
        assert_true(n > 0);
        at += (size_t)n;
    }
}

/* The same request id both times; otherwise it might be done twice. */
static void expect_repeated(const char *acts)
{
    struct fixture f;
    struct cluster cluster;
    char ids[73] = "";
    start(&f, acts);
    assert_int_equal(create(&f, &cluster), OK);
    read_ids(&f, ids, 72);
    assert_memory_equal(ids, ids + 36, 36);
    stop(&f);
}

static void test_repeated(void **state)
{
    (void)state;
    expect_repeated("ha");
    expect_repeated("ua");
}

static void test_unknown(void **state)
{
    (void)state;
    struct fixture f;
    struct cluster cluster;
    char id[37] = "";
    start(&f, "hh");
    assert_int_equal(create(&f, &cluster), ERR_OUTCOME_UNKNOWN);
    read_ids(&f, id, 36);
    assert_non_null(strstr(f.e.message, id));
    stop(&f);
}

static void test_read_is_never_unknown(void **state)
{
    (void)state;
    struct fixture f;
    struct cluster cluster;
    start(&f, "ha");
    assert_int_equal(show(&f, &cluster), OK);
    stop(&f);
    start(&f, "hh");
    assert_int_equal(show(&f, &cluster), ERR_UNREACHABLE);
    stop(&f);
}

/* A refusal has no call's id, and may come before the call was read. */
static void test_refused(void **state)
{
    (void)state;
    struct fixture f;
    struct cluster cluster;
    start(&f, "r");
    assert_int_equal(create(&f, &cluster), ERR_BUSY);
    stop(&f);
}

static void test_silence(void **state)
{
    (void)state;
    struct fixture f;
    struct cluster cluster;
    start(&f, "s");
    f.rpc.timeout_ms = 50;
    assert_int_equal(create(&f, &cluster), ERR_OUTCOME_UNKNOWN);
    stop(&f);
    start(&f, "s");
    f.rpc.timeout_ms = 50;
    assert_int_equal(show(&f, &cluster), ERR_UNREACHABLE);
    assert_non_null(strstr(f.e.message, "timed out"));
    stop(&f);
}

static void test_absent(void **state)
{
    (void)state;
    struct fixture f;
    struct cluster cluster;
    start(&f, "");
    f.rpc.socket = "/nonexistent/s";
    assert_int_equal(create(&f, &cluster), ERR_UNREACHABLE);
    assert_non_null(strstr(f.e.message, "/nonexistent/s"));
    f.rpc.host = "-oProxyCommand=touch";
    assert_int_equal(create(&f, &cluster), ERR_UNREACHABLE);
    stop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answer),
        cmocka_unit_test(test_error),
        cmocka_unit_test(test_repeated),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_read_is_never_unknown),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_silence),
        cmocka_unit_test(test_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
