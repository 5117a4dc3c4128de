/* SPDX-License-Identifier: Apache-2.0 */
/* The conditions of a certificate on the verdict, of a holder alone or of a group by its rules. Read-only. */
#pragma once

#include "daemon/service/cert/cert_case.h"

int cert_verdict_ready(struct cert_judge *j, struct cert_answer *ret);
/* Whether it is so by proof as independent as the edition asks; after cert_verdict_ready, and only where that holds. */
int cert_verdict_proof(struct cert_judge *j, struct cert_answer *ret);
