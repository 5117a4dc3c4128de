/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of audit: who may record which, and which a certification body can make. */
#pragma once

#include "daemon/service/call/call.h"

/* ERR_INVALID_PARAM if a certification body (0: none) is named for an audit that is not an auditor's. */
int audit_kind_check_body(struct call *call, enum audit_kind kind, int64_t body_id);
/* Whether a certificate may be based on it: external, and of the whole edition. */
bool audit_kind_certifies(enum audit_kind kind);
/* ERR_DENIED, naming field, unless the caller has a role at the holder that records such audits. */
int audit_kind_check(struct call *call, int64_t holder_id, enum audit_kind kind, const char *field);
/* How independent the proof of such an audit is, if the caller records it: a follow-up is external if an auditor or
 * administrator does. */
int audit_kind_grade(struct call *call, int64_t holder_id, enum audit_kind kind, enum grade *ret);
/* The same as audit_kind_check for an audit that is there, or for what it raised: an external follow-up is the
 * auditor's. grade 0: it is only planned. */
int audit_kind_check_recorded(struct call *call, int64_t holder_id, enum audit_kind kind, enum grade grade,
                              const char *field);
/* How independent of the holder such an audit is (ISO 19011): first, second or third party. A follow-up is third party
 * if it names a certification body (0: none), else second party. */
int audit_kind_party(enum audit_kind kind, int64_t body_id);
/* Whether only an auditor records such audits. */
bool audit_kind_is_external(enum audit_kind kind);
