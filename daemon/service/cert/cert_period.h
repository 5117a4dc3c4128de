/* SPDX-License-Identifier: Apache-2.0 */
/* The conditions of a certificate on its number and its period of validity. None can be overridden but the rule on its
 * length: the record itself would contradict another. Read-only. */
#pragma once

#include "daemon/service/cert/cert_case.h"

int cert_period_renewable(struct cert_judge *j, struct cert_answer *ret);
int cert_period_validity(struct cert_judge *j, struct cert_answer *ret);
int cert_period_number(struct cert_judge *j, struct cert_answer *ret);
int cert_period_overlap(struct cert_judge *j, struct cert_answer *ret);
