/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a surveillance is complete: ISO/IEC 17021-1 9.6.2.1.2 lists what each one covers, and an edition says by
 * which of its requirements (rules->surveillance). */
#pragma once

#include "daemon/service/standard/catalogue.h"

/* The codes of the requirements that the audit had to assess and did not, as many as fit, in the arena; NULL if it
 * lacks nothing. Any thread. */
int cert_surveillance_lacks(struct call *call, const struct catalogue_edition *edition, int64_t audit_id,
                            const char **ret);
