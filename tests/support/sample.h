/* SPDX-License-Identifier: Apache-2.0 */
/* An edition to audit against, and audits of it in one line.
 *
 *   S1 Site        1.1 major   1.2 major, may be not applicable   1.3 minor
 *   S2 Paper       2.1 minor   2.2 minor, may be not applicable   2.3 recommendation, may be not applicable
 *
 * Ready: all major conforming, two thirds of the minor, no open finding of class major. The class of a
 * finding is the auditor's. */
#pragma once

#include "tests/support/desk.h"

enum { SAMPLE_REQUIREMENTS = 8, SAMPLE_CLAUSES = 3, SAMPLE_ASSESSABLE = 6 };

/* The parameters that publish it, which a test may change; valid until the next call. */
struct standard_publish sample_edition(const char *standard, const char *edition);
void sample_publish(struct desk *desk, const char *standard, const char *edition);

/* "1.1=c 1.2=M 1.3=m 2.1=o 2.2=n 2.3=-": conforming, nonconforming of class major or minor, conforming with an
 * observation, not applicable, not assessed. The responses are valid until the next call. */
const struct response *sample_responses(const char *results, size_t *ret_n);
/* An internal inspection with these responses. */
int sample_audit(struct desk *desk, const char *holder, const char *edition, const char *on, const char *results,
                 struct audit *ret);
