/* SPDX-License-Identifier: Apache-2.0 */
/* A blocking client for tests that sends anything, well-formed or not. Checks every reply against the declared record
 * of its method; a mismatch stops the test. */
#pragma once

#include "common/arena.h"
#include "common/codec.h"
#include "common/frame.h"

enum { GUEST_CALLS = 4096 };

struct guest {
    int fd;
    uint32_t last_id;
    struct frame in;
    struct arena arena;                        /* of all results, until guest_close */
    struct err err;                            /* of the last reply */
    const struct method *methods[GUEST_CALLS]; /* by id, for checking the replies */
};

/* false if nobody listens. */
bool guest_try_connect(struct guest *g, const char *socket);
void guest_connect(struct guest *g, const char *socket);
void guest_close(struct guest *g);
/* Sends raw bytes; false if the other side has closed. */
bool guest_send(struct guest *g, const void *data, size_t size);
/* Stops sending, but still reads. */
void guest_shut(struct guest *g);

/* Sends a call without waiting; returns its id. format: loose parameters (loose.h). A write without a request id gets
 * one. */
uint32_t guest_ask(struct guest *g, const char *method, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The next reply, whichever it is: its id in *ret_id, its error in g->err. ret: a zeroed struct of
 * the record or struct page, or NULL. false at the end of the stream. */
bool guest_next(struct guest *g, uint32_t *ret_id, void *ret);
/* Whether data or the end can be read within this time. */
bool guest_wait(struct guest *g, int ms);
/* Sends and waits for the reply; returns the error code. ERR_UNREACHABLE at the end of the stream. */
int guest_call(struct guest *g, void *ret, const char *method, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
