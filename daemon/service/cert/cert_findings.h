/* SPDX-License-Identifier: Apache-2.0 */
/* The conditions of a certificate on findings, and on what the audit recommends. Read-only. */
#pragma once

#include "daemon/service/cert/cert_case.h"

/* No certificate without a recommendation: ISO/IEC 17021-1 9.5.3.1 has the audit team give one. */
int cert_findings_outcome(struct cert_judge *j, struct cert_answer *ret);
int cert_findings_major(struct cert_judge *j, struct cert_answer *ret);
int cert_findings_majors_in_time(struct cert_judge *j, struct cert_answer *ret);
/* A major finding on a fundamental requirement: only another audit of the whole edition can carry a certificate. */
int cert_findings_fundamental(struct cert_judge *j, struct cert_answer *ret);
int cert_findings_minor_plans(struct cert_judge *j, struct cert_answer *ret);
int cert_findings_decision_days(struct cert_judge *j, struct cert_answer *ret);
