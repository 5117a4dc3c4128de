/* SPDX-License-Identifier: Apache-2.0 */
/* Writes in the journal: entered with their change, and found again when the request is repeated. Writer thread, inside
 * the group's transaction. */
#pragma once

#include "common/uuid.h"
#include "daemon/rpc/job.h"

/* *ret: the request was done before and the job has its stored answer. ERR_CONFLICT if the id was used with another
 * method, other parameters or by another user. */
int record_repeat(struct call *call, struct job *job, const uint8_t request[UUID_SIZE], bool *ret);
/* Enters the job's change with its encoded result. */
int record_append(struct call *call, struct job *job, const uint8_t request[UUID_SIZE]);
