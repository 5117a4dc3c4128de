/* SPDX-License-Identifier: Apache-2.0 */
/* Request ids of batches: a UUID computed from the method and its parameters, so that a batch keeps its id however
 * often it is sent, and is done once.
 *
 * The id is based on SHA-256. Clients before 0.2 used another hash, and the daemon knows their batches by that older
 * id. A dry run can test for it: it changes nothing and enters nothing in the journal, so its id stays free; but if the
 * batch itself has used the id, the daemon refuses the dry run as another call with the same id. So the dry run uses
 * the older id, and a batch known by it is sent under it again, to get the same answer as before; every other batch
 * gets the SHA-256 id. */
#pragma once

#include "common/codec.h"

/* Sets the request id of a write's params; a text in the arena. */
int request_name(const struct method *m, void *params, struct arena *a, struct err *e);
/* The same id as a client before 0.2. */
int request_name_older(const struct method *m, void *params, struct arena *a, struct err *e);
/* Whether the daemon refused a call because its request id was used for another. */
bool request_is_known(const struct err *e);
