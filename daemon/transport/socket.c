/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/transport/socket.h"

#include "common/scope.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

enum { FIRST_INHERITED = 3 };

static bool has_option(int fd, int option, int wanted)
{
    int value = 0;
    socklen_t size = sizeof value;
    return getsockopt(fd, SOL_SOCKET, option, &value, &size) == 0 && value == wanted;
}

static long environment_number(const char *name)
{
    const char *text = getenv(name);
    return text == NULL ? 0 : strtol(text, NULL, 10);
}

int socket_inherited(int *ret, struct err *e)
{
    long n = environment_number("LISTEN_PID") == (long)getpid() ? environment_number("LISTEN_FDS") : 0;
    /* Not for the programs we might start. */
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_FDNAMES");
    *ret = -1;
    if (n <= 0)
        return OK;
    int fd = FIRST_INHERITED;
    if (n > 1 || !has_option(fd, SO_DOMAIN, AF_UNIX) || !has_option(fd, SO_TYPE, SOCK_STREAM)
        || !has_option(fd, SO_ACCEPTCONN, 1))
        return err_set(e, ERR_INTERNAL, NULL, "socket activation must pass one listening Unix stream socket");
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    *ret = fd;
    return OK;
}

static int address_of(const char *path, struct sockaddr_un *ret, struct err *e)
{
    *ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof ret->sun_path)
        return err_set(e, ERR_INVALID_PARAM, "socket", "the path of a socket can have at most %zu bytes: %s",
                       sizeof ret->sun_path - 1, path);
    memcpy(ret->sun_path, path, strlen(path) + 1);
    return OK;
}

static bool is_answered(const struct sockaddr_un *address)
{
    SCOPED(scope_close) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    /* A full backlog is an answer too. */
    return fd >= 0 && (connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN);
}

static int bind_private(int fd, const struct sockaddr_un *address)
{
    mode_t before = umask(0177);
    int failed = bind(fd, (const struct sockaddr *)address, sizeof *address);
    int error = errno;
    umask(before);
    errno = error;
    return failed;
}

static bool is_socket(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISSOCK(st.st_mode);
}

int socket_bind(const char *path, int *ret, struct err *e)
{
    struct sockaddr_un address;
    if (address_of(path, &address, e) != OK)
        return e->code;
    if (is_socket(path)) {
        if (is_answered(&address))
            return err_set(e, ERR_EXISTS, "socket", "another daemon is using %s; stop it first", path);
        unlink(path);
    }
    SCOPED(scope_close) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || bind_private(fd, &address) != 0)
        return err_set(e, ERR_INTERNAL, "socket", "cannot bind %s: %s", path, strerror(errno));
    *ret = fd;
    fd = -1;
    return OK;
}
