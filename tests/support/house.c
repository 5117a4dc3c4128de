/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/house.h"

#include "tests/support/guest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { OPTIONS_MAX = 32, ANSWERS_WITHIN_MS = 20000, POLL_MS = 5 };

static void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "house: %s: %s\n", what, strerror(errno));
    abort();
}

void house_open(struct house *h)
{
    memset(h, 0, sizeof *h);
    snprintf(h->directory, sizeof h->directory, "/tmp/smed-house-XXXXXX");
    must(mkdtemp(h->directory) != NULL, "mkdtemp");
    snprintf(h->socket, sizeof h->socket, "%s/socket", h->directory);
    snprintf(h->database, sizeof h->database, "%s/smed.db", h->directory);
    snprintf(h->log, sizeof h->log, "%s/log", h->directory);
}

void house_close(struct house *h)
{
    DIR *directory = opendir(h->directory);
    must(directory != NULL, h->directory);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
        unlinkat(dirfd(directory), entry->d_name, 0);
    closedir(directory);
    rmdir(h->directory);
}

static void run_program(const struct house *h, const char *clock, const char *const *options)
{
    const char *argv[OPTIONS_MAX] = { "smed", "--socket", h->socket, "--database", h->database };
    for (int i = 0; options != NULL && options[i] != NULL && i < OPTIONS_MAX - 6; i++)
        argv[5 + i] = options[i];
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* no daemon outlives a failed test */
    int log = open(h->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    dup2(log, STDERR_FILENO);
    if (clock != NULL)
        setenv("SME_CLOCK", clock, 1);
    /* execv does not write through these pointers. */
    execv(SMED_BINARY_DIR "/daemon/smed", (char *const *)(uintptr_t)argv);
    _exit(127);
}

static void wait_until_answered(const struct house *h)
{
    static struct guest g;
    struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };
    for (int waited = 0; waited < ANSWERS_WITHIN_MS; waited += POLL_MS) {
        if (guest_try_connect(&g, h->socket)) {
            int code = guest_call(&g, NULL, "system.ping", "{}");
            guest_close(&g);
            if (code == OK)
                return;
        }
        nanosleep(&pause, NULL);
    }
    errno = ETIMEDOUT;
    must(false, h->log);
}

void house_start(struct house *h, const char *clock, const char *const *options)
{
    h->pid = fork();
    must(h->pid >= 0, "fork");
    if (h->pid == 0)
        run_program(h, clock, options);
    wait_until_answered(h);
}

int house_wait(struct house *h)
{
    int status = 0;
    while (waitpid(h->pid, &status, 0) < 0)
        must(errno == EINTR, "waitpid");
    h->pid = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int house_stop(struct house *h)
{
    kill(h->pid, SIGTERM);
    return house_wait(h);
}

void house_kill(struct house *h)
{
    kill(h->pid, SIGKILL);
    house_wait(h);
}

static void *run_inside(void *arg)
{
    struct house *h = arg;
    h->code = daemon_run(h->daemon);
    return NULL;
}

void house_start_inside(struct house *h, const struct limits *limits, size_t group)
{
    struct err e = { 0 };
    struct daemon_options options = daemon_defaults();
    options.socket = h->socket;
    options.database = h->database;
    options.limits = *limits;
    options.group = group;
    h->daemon = malloc(sizeof *h->daemon);
    must(h->daemon != NULL, "memory");
    must(daemon_start(h->daemon, &options, &e) == OK, e.message);
    must(pthread_create(&h->thread, NULL, run_inside, h) == 0, "thread");
}

int house_stop_inside(struct house *h)
{
    daemon_stop(h->daemon);
    pthread_join(h->thread, NULL);
    free(h->daemon);
    h->daemon = NULL;
    return h->code;
}

long house_resident(pid_t pid)
{
    char path[64], line[256];
    long kib = 0;
    if (pid == 0)
        pid = getpid();
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *f = fopen(path, "re");
    must(f != NULL, path);
    while (fgets(line, sizeof line, f) != NULL)
        if (sscanf(line, "VmRSS: %ld", &kib) == 1)
            break;
    fclose(f);
    return kib;
}
