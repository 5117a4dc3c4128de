/* SPDX-License-Identifier: Apache-2.0 */
/* The daily digest of a cooperative: its due list in the log and, if there is an address, by mail; once a day each, and
 * recorded as a notice. */
#pragma once

#include "client/call/due_items.h"
#include "client/cli/command.h"

struct digest {
    struct client *client;
    struct due_list *asked;     /* how far it reaches, and of what */
    const char *program, *from; /* of mail; NULL: none is sent */
    struct instant now;
    struct date today; /* in the zone of the register */
    int failed;        /* cooperatives whose digest was not delivered completely */
};

/* Failures are logged and counted; only a failure of the daemon itself returns an error. */
int digest_tell(struct digest *d, const struct cooperative *cooperative, struct err *e);
