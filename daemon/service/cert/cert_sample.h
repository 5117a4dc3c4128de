/* SPDX-License-Identifier: Apache-2.0 */
/* The condition of a group's certificate on its samples: by each rule of the edition that a decision of this kind asks
 * for, one was drawn since the last decision, and every member in it visited. Read-only. */
#pragma once

#include "daemon/service/cert/cert_case.h"

int cert_sample_visited(struct cert_judge *j, struct cert_answer *ret);
/* What a decision says of a sample that it does not ask for; NULL if it asks for it. */
const char *cert_sample_told(const struct cert_case *c, enum sample_purpose purpose);
