/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence: a file that shows something, known by its SHA-256 and size; the file stays with its owner. When what it
 * says counts (effective_on, expires_on) and when the register got to know it (received_at, never changed) are kept
 * apart. One file is recorded once for a holder; what more it shows is linked to it. */
#pragma once

#include "daemon/service/call/call.h"

/* Records that the evidence shows the work on a finding or, with action other than 0, on that action of it. It belongs
 * to the holder of the finding, or to a cooperative that this one is a member of today. Writer thread. */
int evidence_link_finding(struct call *call, const struct ref *evidence, const struct ref *finding, int64_t action);
