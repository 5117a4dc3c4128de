/* SPDX-License-Identifier: Apache-2.0 */
/* Put before libc (LD_PRELOAD) in a daemon under test: the disk, in the hands of the test, which makes files in the
 * folder $SYNC_GATE. hold: every synchronization waits, and says so with the file held; fail: it is an input or output
 * error; fail-next: likewise, but for those that had to wait. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const char *path_of(const char *name, char *path, size_t size)
{
    const char *folder = getenv("SYNC_GATE");
    snprintf(path, size, "%s/%s", folder != NULL ? folder : "", name);
    return path;
}

static int exists(const char *name)
{
    char path[200];
    return access(path_of(name, path, sizeof path), F_OK) == 0;
}

static int wait_at_gate(void)
{
    const struct timespec pause = { .tv_nsec = 1000000 };
    char path[200];
    if (!exists("hold"))
        return 0;
    close(open(path_of("held", path, sizeof path), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    while (exists("hold"))
        nanosleep(&pause, NULL);
    return 1;
}

static int pass(long number, int fd)
{
    int waited = wait_at_gate();
    if (exists("fail") || (!waited && exists("fail-next"))) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(number, fd);
}

int fsync(int fd)
{
    return pass(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return pass(SYS_fdatasync, fd);
}
