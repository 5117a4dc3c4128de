/* SPDX-License-Identifier: Apache-2.0 */
#include "client/call/child.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int child_input(const struct buf *content)
{
    int fd = memfd_create("sme-ctl", MFD_CLOEXEC);
    for (size_t at = 0; fd >= 0 && at < content->size;) {
        ssize_t n = write(fd, content->data + at, content->size - at);
        if (n < 0 && errno != EINTR) {
            int error = errno;
            close(fd);
            errno = error;
            return -1;
        }
        at += n > 0 ? (size_t)n : 0;
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

int child_wait(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return status;
}
