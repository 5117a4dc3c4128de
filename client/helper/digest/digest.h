/* SPDX-License-Identifier: Apache-2.0 */
/* The daily digest of one cooperative: its list in the log and, where there is an address, by mail; once a day each,
 * and recorded as a notice. */
#pragma once

#include "client/call/due_items.h"
#include "client/cli/command.h"

struct digest {
    struct client *client;
    struct due_list *asked;     /* how far it reaches, and of what */
    const char *program, *from; /* of mail; NULL: none is sent */
    struct instant now;
    int failed; /* cooperatives whose digest was not told whole */
};

/* What fails is logged and counted; only where the daemon itself fails is there an error to end with. */
int digest_tell(struct digest *d, const struct cooperative *cooperative, struct err *e);
