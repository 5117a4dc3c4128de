/* SPDX-License-Identifier: Apache-2.0 */
/* Request ids of batches: a UUID made of the method and its parameters, so that the same batch has the same id however
 * often it is sent, and is done once.
 *
 * The id is of SHA-256. Clients before 0.2 made it of another hash; a batch that one of them has sent is known to the
 * daemon by that older id. Whether it is known can be asked without doing anything: a dry run changes nothing and
 * enters nothing in the journal, so that its id stays free; but where the id was used by the batch itself, the daemon
 * refuses the dry run as another call of the same id. So the dry run goes out under the older id, and a batch that is
 * known by it is sent under it again, to be answered as it was then; every other batch gets the id of SHA-256. */
#pragma once

#include "common/codec.h"

/* Gives params, of a write, their request id; a text in the arena. */
int request_name(const struct method *m, void *params, struct arena *a, struct err *e);
/* The same id as a client before 0.2. */
int request_name_older(const struct method *m, void *params, struct arena *a, struct err *e);
/* Whether the daemon has refused a call since its request id was used for another. */
bool request_is_known(const struct err *e);
