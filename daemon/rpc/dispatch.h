/* SPDX-License-Identifier: Apache-2.0 */
/* From a message to a reply: finds the method, decodes, routes by its kind, replies, counts, logs.
 *
 * Reads wait for dispatch_turn, which answers all of one turn of the loop in one transaction; long
 * reads go to workers, writes to the writer. Everything here runs on the loop's thread. */
#pragma once

#include "common/frame.h"
#include "daemon/rpc/metrics.h"
#include "daemon/rpc/run.h"
#include "daemon/work/crew.h"

struct pending;

struct dispatch_options {
    const char *database;
    const struct clock *clock;
    store_tell *tell;      /* hears of an upgrade at the start; may be NULL */
    size_t writes_waiting; /* beyond that: busy */
    size_t longs_waiting;
    size_t group;      /* most writes of one commit */
    size_t turn_reads; /* most reads of one turn, so that a turn stays short */
    bool threads;      /* false: everything on the caller's thread, for tests */
};

enum { DISPATCH_WORKERS = 2 };

struct dispatch {
    struct host host; /* for handlers; first, so that it converts back to this struct */
    struct dispatch_options options;
    struct metrics metrics;
    struct run reads, longs[DISPATCH_WORKERS], writes;
    struct crew *writer, *workers;
    struct pending *first, *last; /* reads waiting for the turn */
    size_t in_flight;
    bool failed; /* a commit with unknown outcome: stop and restart */
};

/* One reply; id is the caller's. If error->code is OK, result is the encoded result. */
typedef void dispatch_reply(void *owner, uint32_t id, const struct err *error, const struct buf *result);

/* Opens the database, brings its schema up to date, and starts the threads. */
int dispatch_start(struct dispatch *d, struct uv_loop_s *loop, const struct dispatch_options *options, struct err *e);
/* Finishes and answers what is queued, joins the threads, closes the database. */
void dispatch_stop(struct dispatch *d);
/* Takes a request or notification and keeps no pointer into it. Calls reply once, perhaps before returning; caller and
 * owner must live until then. reply is called for a notification, too. */
void dispatch_call(struct dispatch *d, const struct message *m, const struct caller *caller, dispatch_reply *reply,
                   void *owner);
/* Answers the waiting reads, or as many as one turn may have. */
void dispatch_turn(struct dispatch *d);
bool dispatch_has_reads(const struct dispatch *d);
/* Whether the writer has given a sign of life since the last call. */
bool dispatch_is_alive(struct dispatch *d);
