/* SPDX-License-Identifier: Apache-2.0 */
#include "client/call/rpc_connect.h"

#include "common/scope.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static const char system_socket[] = "/run/smed/smed.sock";

/* A full backlog is retried for this long: the daemon accepts thousands per second. */
enum { BACKLOG_MS = 2000, PAUSE_MS = 10, PAUSE_JITTER_MS = 40 };

/* Random, so that refused clients do not all retry at once. */
static int pause_a_moment(void)
{
    unsigned char jitter = 0;
    (void)getrandom(&jitter, 1, GRND_NONBLOCK);
    int ms = PAUSE_MS + jitter % PAUSE_JITTER_MS;
    nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000L }, NULL);
    return ms;
}

/* A descriptor, or -1 with errno. */
static int connect_once(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address.sun_path, path);
    SCOPED(scope_close) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        return -1;
    int ret = fd;
    fd = -1;
    return ret;
}

/* Retries while the backlog is full or, with patience, while nobody listens. */
static int connect_path(const char *path, int patience_ms)
{
    for (int waited = 0;;) {
        int fd = connect_once(path);
        if (fd >= 0)
            return fd;
        bool full = errno == EAGAIN && waited < BACKLOG_MS;
        bool absent = (errno == ECONNREFUSED || errno == ENOENT) && waited < patience_ms;
        if (!full && !absent)
            return -1;
        waited += pause_a_moment();
    }
}

static int cannot_reach(const char *path, struct err *e)
{
    const char *advice = "";
    if (errno == ENOENT || errno == ECONNREFUSED)
        advice = "; is smed running? (systemctl start smed.socket)";
    return err_set(e, ERR_UNREACHABLE, NULL, "%s: %s%s", path, strerror(errno), advice);
}

int rpc_connect_local(const char *socket, int patience_ms, int *ret_fd, struct err *e)
{
    const char *path = socket != NULL ? socket : system_socket;
    int fd = connect_path(path, patience_ms);
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    char own[sizeof((struct sockaddr_un *)0)->sun_path];
    if (fd < 0 && socket == NULL && errno != EACCES && runtime != NULL) {
        int saved = errno;
        int length = snprintf(own, sizeof own, "%s/smed.sock", runtime);
        if (length > 0 && (size_t)length < sizeof own)
            fd = connect_path(own, patience_ms);
        errno = saved;
    }
    if (fd < 0)
        return cannot_reach(path, e);
    *ret_fd = fd;
    return OK;
}

/* The child's side: standard input and output are the connection. Never returns. */
static _Noreturn void run_ssh(const char *host, int fd)
{
    const char *program = getenv("SME_SSH");
    if (program == NULL || *program == '\0')
        program = "ssh";
    /* ssh expects blocking descriptors. */
    int flags = fcntl(fd, F_GETFL);
    if (dup2(fd, STDIN_FILENO) >= 0 && dup2(fd, STDOUT_FILENO) >= 0 && fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) == 0)
        execlp(program, program, "-xT", host, "sme-ctl", "bridge", (char *)NULL);
    fprintf(stderr, "sme-ctl: %s: %s\n", program, strerror(errno));
    _exit(127);
}

int rpc_connect_ssh(const char *host, int *ret_fd, pid_t *ret_child, struct err *e)
{
    if (*host == '-' || *host == '\0')
        return err_set(e, ERR_UNREACHABLE, NULL, "'%s' is not a valid host", host);
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return err_set(e, ERR_UNREACHABLE, NULL, "%s: %s", host, strerror(errno));
    pid_t child = fork();
    if (child == 0)
        run_ssh(host, pair[1]);
    close(pair[1]);
    if (child < 0) {
        close(pair[0]);
        return err_set(e, ERR_UNREACHABLE, NULL, "%s: %s", host, strerror(errno));
    }
    fcntl(pair[0], F_SETFL, O_NONBLOCK);
    *ret_fd = pair[0];
    *ret_child = child;
    return OK;
}
