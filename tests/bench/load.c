/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/load.h"

#include "common/mp.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, READ_SIZE = 65536, SAMPLES_MAX = 4000000 };
/* A minute: a daemon that starts may have to judge every standing first. */
enum { TRIES = 12000, WAIT_US = 5000 };

struct line {
    int fd;
    uint32_t next_id;
    double sent_at;
    struct buf out, in;
    size_t written;
    struct mp_guard guard;
};

struct samples {
    float *ms;
    size_t n;
};

_Noreturn static void die(const char *what)
{
    fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
    exit(1);
}

double load_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double load_median(double *values, size_t n)
{
    qsort(values, n, sizeof(*values), by_double);
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static int open_socket(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        die("socket");
    for (int tries = 0; connect(fd, (struct sockaddr *)&address, sizeof address) != 0; tries++) {
        if ((errno != EAGAIN && errno != ENOENT && errno != ECONNREFUSED) || tries == TRIES)
            die("connect");
        usleep(WAIT_US);
    }
    return fd;
}

void load_wait(const char *socket)
{
    close(open_socket(socket));
}

static void line_send(struct line *line, const struct load *load)
{
    buf_clear(&line->out);
    load->request(load->context, line->next_id++, &line->out);
    line->written = 0;
    line->sent_at = load_seconds();
    while (line->written < line->out.size) {
        ssize_t n = write(line->fd, line->out.data + line->written, line->out.size - line->written);
        if (n < 0 && errno != EINTR)
            die("write");
        line->written += n > 0 ? (size_t)n : 0;
    }
}

/* [1, id, error, result]: whether error is nil. The id is a smallest-form unsigned integer. */
static bool reply_succeeded(const uint8_t *m)
{
    size_t id = m[2] <= 0x7f ? 1 : m[2] == 0xcc ? 2 : m[2] == 0xcd ? 3 : 5;
    return m[2 + id] == 0xc0;
}

/* Reads what is there; true when the reply is whole. */
static bool line_receive(struct line *line, bool *ret_ok)
{
    static uint8_t bytes[READ_SIZE];
    ssize_t n = read(line->fd, bytes, sizeof bytes);
    if (n <= 0)
        die("the daemon closed the connection");
    buf_append(&line->in, bytes, (size_t)n);
    enum mp_guard_state state = mp_guard_feed(&line->guard, line->in.data, line->in.size);
    if (state == MP_MORE)
        return false;
    if (state != MP_WHOLE)
        die("a reply is not MessagePack");
    *ret_ok = reply_succeeded(line->in.data);
    if (!*ret_ok && getenv("BENCH_DEBUG") != NULL)
        fwrite(line->in.data, 1, line->in.size, stderr);
    buf_clear(&line->in);
    mp_guard_init(&line->guard, MP_MESSAGE_MAX);
    return true;
}

static void line_init(struct line *line, const struct load *load, int poll)
{
    line->fd = open_socket(load->socket);
    buf_init(&line->in, MP_MESSAGE_MAX);
    buf_init(&line->out, MP_MESSAGE_MAX);
    mp_guard_init(&line->guard, MP_MESSAGE_MAX);
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = line };
    if (epoll_ctl(poll, EPOLL_CTL_ADD, line->fd, &event) != 0)
        die("epoll_ctl");
}

static void line_fini(struct line *line)
{
    close(line->fd);
    buf_fini(&line->in);
    buf_fini(&line->out);
}

static int by_float(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static struct load_result summarise(struct samples *samples, uint64_t errors, double seconds)
{
    if (samples->n == 0)
        die("no call was answered");
    qsort(samples->ms, samples->n, sizeof(float), by_float);
    return (struct load_result){
        .calls = samples->n,
        .errors = errors,
        .per_second = (double)samples->n / seconds,
        .p50_ms = samples->ms[samples->n / 2],
        .p99_ms = samples->ms[samples->n * 99 / 100],
    };
}

struct load_result load_run(const struct load *load)
{
    struct samples samples = { malloc(SAMPLES_MAX * sizeof(float)), 0 };
    struct line *lines = calloc(load->connections, sizeof(*lines));
    int poll = epoll_create1(EPOLL_CLOEXEC);
    if (samples.ms == NULL || lines == NULL || poll < 0)
        die("start");
    for (size_t i = 0; i < load->connections; i++)
        line_init(&lines[i], load, poll);
    for (size_t i = 0; i < load->connections; i++)
        line_send(&lines[i], load);

    uint64_t errors = 0;
    double start = load_seconds(), now = start;
    size_t waiting = load->connections;
    while (waiting > 0) {
        struct epoll_event events[EVENTS];
        int n = epoll_wait(poll, events, EVENTS, 10000);
        if (n <= 0 && errno != EINTR)
            die("no reply in ten seconds");
        now = load_seconds();
        for (int i = 0; i < n; i++) {
            struct line *line = events[i].data.ptr;
            bool ok;
            if (!line_receive(line, &ok))
                continue;
            errors += !ok;
            if (samples.n < SAMPLES_MAX)
                samples.ms[samples.n++] = (float)((now - line->sent_at) * 1000);
            if (now - start < load->seconds)
                line_send(line, load);
            else
                waiting--;
        }
    }
    struct load_result result = summarise(&samples, errors, now - start);
    for (size_t i = 0; i < load->connections; i++)
        line_fini(&lines[i]);
    close(poll);
    free(lines);
    free(samples.ms);
    return result;
}

int *load_open_idle(const char *socket, size_t n, load_request *request, void *context)
{
    int *fds = calloc(n, sizeof(*fds));
    struct load load = { .socket = socket, .request = request, .context = context };
    if (fds == NULL)
        die("start");
    for (size_t i = 0; i < n; i++) {
        struct line line = { .fd = open_socket(socket) };
        buf_init(&line.in, MP_MESSAGE_MAX);
        buf_init(&line.out, MP_MESSAGE_MAX);
        mp_guard_init(&line.guard, MP_MESSAGE_MAX);
        bool ok;
        line_send(&line, &load);
        while (!line_receive(&line, &ok))
            ;
        fds[i] = line.fd;
        buf_fini(&line.in);
        buf_fini(&line.out);
    }
    return fds;
}

void load_close_idle(int *fds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        close(fds[i]);
    free(fds);
}
