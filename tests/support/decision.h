/* SPDX-License-Identifier: Apache-2.0 */
/* A scheme with rules for decisions and certificates, farms audited against it, and a person who decides. All is done
 * at the desk that was opened last. */
#pragma once

#include "tests/support/sample.h"

enum { DECISION_CERTIFIER = 7001 }; /* a user who may grant */

/* 2026-03-10; the edition sample:1 with the rules, the farms E1 and E2 of ALFA, the bodies CB and LAB, the people ana
 * and bea. */
void decision_open(struct desk *desk);
/* An audit with these results, as sample_responses has them. */
int decision_record(struct audit_record p, const char *results, struct audit *ret);
/* The same by Ana against sample:1, concluded that day if requested. */
void decision_audit(const char *holder, enum audit_kind kind, const char *on, const char *results, bool conclude);
extern const char decision_all_conforming[];
/* A grant to E1 on 2026-03-01 by Bea, based on A1. */
struct cert_grant decision_wanted(void);
/* The conditions that the check of such a grant finds unmet, by name; "" for none. */
const char *decision_unmet(const struct cert_grant *p);
/* Fails the test unless the grant is refused with exactly these, by the check and by the grant, which records nothing.
 * The refusal is then in decision_message. */
void decision_refused(const struct cert_grant *p, const char *conditions, const char *field, const char *said);
extern char decision_message[ERR_MESSAGE];
