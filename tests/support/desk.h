/* SPDX-License-Identifier: Apache-2.0 */
/* The register without its daemon: a store in a temporary directory, a day, and a caller at the desk. Calls take the
 * same path as in the daemon (encode, decode, scope, references, handler, savepoint, journal, encode), in the test's
 * own process.
 *
 *     struct cooperative coop;
 *     assert_int_equal(DESK(&desk, coop_create, &coop, .code = "A", .name = "Alpha"), OK);
 */
#pragma once

#include "daemon/rpc/run.h"

enum { DESK_PATH = 128 };

struct desk {
    char directory[64];
    struct run run;
    struct caller caller;
    struct clock clock;
    struct instant now;
    struct arena arena;          /* results live until desk_stop */
    struct err err;              /* of the last call */
    size_t memory;               /* memory limit of a call; 0: as in the daemon */
    void (*around)(bool begins); /* called before and after the handler; may be NULL */
};

/* Stops the test on failure. The caller is an administrator. */
void desk_start(struct desk *desk, const char *today);
/* The same on a database that furnish() made at this path. */
void desk_start_on(struct desk *desk, const char *today, void (*furnish)(const char *path));
void desk_path(const struct desk *desk, char ret[DESK_PATH]);
void desk_stop(struct desk *desk);
/* Closes and reopens the store, like a restarted daemon. */
void desk_reopen(struct desk *desk);
void desk_set_today(struct desk *desk, const char *today);
void desk_as_admin(struct desk *desk);
/* A caller with only the grants of this Unix user id. */
void desk_as_user(struct desk *desk, const char *name, int64_t uid);
/* params: the method's struct, with references as text; a missing request id is made here. ret may be NULL. The code is
 * also in desk->err. */
int desk_call(struct desk *desk, enum method_id method, const void *params, void *ret);
#define DESK(desk, id, ret, ...) desk_call(desk, METHOD_##id, &(struct id){ __VA_ARGS__ }, ret)
/* Publishes an edition with the assessable requirements R1 (major), R2 (minor) and R3 (recommendation) that requires
 * every major one, and a sample of half the members for surveillance. */
void desk_publish(struct desk *desk, const char *standard, const char *edition);
/* Short for what tests write often. */
struct date desk_day(const char *text);
struct ref desk_ref(const char *text);
