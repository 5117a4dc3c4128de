/* SPDX-License-Identifier: Apache-2.0 */
/* Minor findings that are to be seen as a major one: so many of one holder open on one requirement as the edition says
 * (ISO/IEC 17021-1 3.12: a number of minor nonconformities on the same requirement can show that it is not met). It is
 * a proposal: an auditor decides, and raises the major with an audit. Where one is open, nothing is proposed. */
#pragma once

#include "daemon/service/audit/finding.h"

/* What is proposed on the requirement of the finding; *ret is NULL where nothing is. */
int finding_proposal_of(struct call *call, const struct finding_facts *f, struct date as_of, struct proposal **ret);
