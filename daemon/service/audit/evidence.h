/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence: a file, identified by its SHA-256 and size, that supports a claim; the file stays with its owner. The days
 * on which it applies (effective_on, expires_on) are separate from when the register received it (received_at, never
 * changed). A file is recorded once per holder; further uses are linked to that record. */
#pragma once

#include "daemon/service/call/call.h"

/* Links the evidence to a finding or, unless action is 0, to that action of it. The evidence must belong to the holder
 * of the finding, or to a cooperative of which that holder is a member today. Writer thread. */
int evidence_link_finding(struct call *call, const struct ref *evidence, const struct ref *finding, int64_t action);
