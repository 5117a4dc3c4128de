/* SPDX-License-Identifier: Apache-2.0 */
/* A write in the journal: entered with its change, and found again when the request is repeated.
 * Writer thread, inside the transaction of the group. */
#pragma once

#include "common/uuid.h"
#include "daemon/rpc/job.h"

/* *ret: the request was done before and the job has its stored answer. ERR_CONFLICT when the same
 * id came with another method, other parameters or from another user. */
int record_repeat(struct call *call, struct job *job, const uint8_t request[UUID_SIZE], bool *ret);
/* Enters the change that the job has made, with its encoded result. */
int record_append(struct call *call, struct job *job, const uint8_t request[UUID_SIZE]);
