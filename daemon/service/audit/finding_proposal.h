/* SPDX-License-Identifier: Apache-2.0 */
/* Minor findings that may amount to a major one: as many open for one holder on one requirement as the edition's rule
 * says (ISO/IEC 17021-1 3.12: several minor nonconformities on the same requirement can show that it is not met). Only
 * a proposal: an auditor decides, and raises the major with an audit. If a major is already open, nothing is
 * proposed. */
#pragma once

#include "daemon/service/audit/finding.h"

/* The proposal for the finding's requirement; *ret is NULL if there is none. */
int finding_proposal_of(struct call *call, const struct finding_facts *f, struct date as_of, struct proposal **ret);
