/* SPDX-License-Identifier: Apache-2.0 */
/* A daemon for a test in a directory of its own: the built program, which can be signalled and killed, or a thread of
 * the test's process with its own limits. One at a time per house; the database stays. Any failure stops the test. */
#pragma once

#include "daemon/daemon.h"

#include <pthread.h>

/* The entries of a new register: the zone, which the daemon records itself. */
enum { HOUSE_ENTRIES = 1 };

struct house {
    char directory[64], socket[96], database[96], log[96];
    pid_t pid; /* of the program, or 0 */
    struct daemon *daemon;
    pthread_t thread;
    int code; /* of daemon_run in the thread */
};

void house_open(struct house *h);
/* Removes the directory and everything in it. */
void house_close(struct house *h);

/* Starts the built program with SME_CLOCK set to clock (NULL: the system's) and waits until it answers. options:
 * further ones, ended by NULL; or NULL. */
void house_start(struct house *h, const char *clock, const char *const *options);
/* Sends SIGTERM and returns the exit status; -1 if a signal ended it. */
int house_stop(struct house *h);
void house_kill(struct house *h);
/* Only waits for it to exit. */
int house_wait(struct house *h);

/* The same in a thread. */
void house_start_inside(struct house *h, const struct limits *limits, size_t group);
int house_stop_inside(struct house *h);

/* KiB of memory that a process holds; 0: this one. */
long house_resident(pid_t pid);
