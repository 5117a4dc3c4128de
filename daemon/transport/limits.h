/* SPDX-License-Identifier: Apache-2.0 */
/* Every bound of the transport, with its reason. A struct, so that tests use small ones. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct limits {
    size_t message;           /* bytes of one message */
    int in_flight;            /* calls of one connection between request and reply */
    size_t high_water;        /* bytes of unread replies of a connection: above this, stop reading from it ... */
    size_t low_water;         /* ... until below this */
    size_t reply;             /* expected size of a connection's first replies, in bytes */
    size_t connections;       /* in all */
    size_t connections_user;  /* of one user */
    size_t connections_admin; /* of one administrator */
    size_t writes_waiting;    /* writes in the queue; more are answered busy */
    size_t longs_waiting;     /* long reads likewise */
    size_t turn_reads;        /* reads answered in one turn of the loop */
    uint64_t frame_ms;        /* from the first byte of a message to its last */
    uint64_t idle_ms;         /* without a message */
    uint64_t drain_ms;        /* without reading a byte of a reply */
    uint64_t stop_ms;         /* for the calls in flight when the daemon stops */
    uint64_t sweep_ms;        /* how often the timeouts above are checked */
};

enum {
    /* An audit of 5,000 responses with notes is about 700 KiB. */
    LIMITS_MESSAGE = 1024 * 1024,
    /* Enough for a pipelining client to keep the writer busy; more would only wait in memory. */
    LIMITS_IN_FLIGHT = 32,
    /* Roughly the size of the kernel's socket buffer; the low mark leaves time to refill it before it runs dry. */
    LIMITS_HIGH_WATER = 256 * 1024,
    LIMITS_LOW_WATER = 64 * 1024,
    /* A large page. A pipelining connection starts with five calls at once and reaches its full number after a few
     * small replies. */
    LIMITS_REPLY = 64 * 1024,
    /* Unless there are fewer file descriptors: LIMITS_FILES_KEPT are reserved for the database, the log, and
     * connections that are refused. 16,384 idle ones cost 16 MiB. */
    LIMITS_CONNECTIONS = 16384,
    LIMITS_FILES_KEPT = 64,
    /* A person with scripts; one user cannot lock out the others. */
    LIMITS_CONNECTIONS_USER = 64,
    /* A proxy or benchmark run by an administrator; a quarter stays for others. */
    LIMITS_CONNECTIONS_ADMIN = LIMITS_CONNECTIONS / 4 * 3,
    /* Four groups: about a second of work on a slow disk; later calls are refused at once. */
    LIMITS_WRITES_WAITING = 1024,
    /* Two workers need seconds for a long list of everything. */
    LIMITS_LONGS_WAITING = 256,
    /* At about 10 us each a turn stays near 10 ms, so that no one waits for another's burst. */
    LIMITS_TURN_READS = 1024,
    /* Any client writes a message at once; a trickling one only occupies a slot. */
    LIMITS_FRAME_MS = 10 * 1000,
    /* A terminal that occasionally shows a status stays connected over lunch. */
    LIMITS_IDLE_MS = 60 * 60 * 1000,
    /* A pager may hold a list open, but a program always reads between it and the daemon. */
    LIMITS_DRAIN_MS = 30 * 1000,
    /* Below the 30 s after which systemd kills. */
    LIMITS_STOP_MS = 20 * 1000,
    LIMITS_SWEEP_MS = 1000,
};

static inline struct limits limits_default(void)
{
    return (struct limits){
        .message = LIMITS_MESSAGE,
        .in_flight = LIMITS_IN_FLIGHT,
        .high_water = LIMITS_HIGH_WATER,
        .low_water = LIMITS_LOW_WATER,
        .reply = LIMITS_REPLY,
        .connections = LIMITS_CONNECTIONS,
        .connections_user = LIMITS_CONNECTIONS_USER,
        .connections_admin = LIMITS_CONNECTIONS_ADMIN,
        .writes_waiting = LIMITS_WRITES_WAITING,
        .longs_waiting = LIMITS_LONGS_WAITING,
        .turn_reads = LIMITS_TURN_READS,
        .frame_ms = LIMITS_FRAME_MS,
        .idle_ms = LIMITS_IDLE_MS,
        .drain_ms = LIMITS_DRAIN_MS,
        .stop_ms = LIMITS_STOP_MS,
        .sweep_ms = LIMITS_SWEEP_MS,
    };
}
