/* The kinds of audit: which are made by an outside party, and who may record which. */
#pragma once

#include "daemon/service/call.h"

bool audit_kind_is_external(enum audit_kind kind);
/* ERR_DENIED, naming field, unless the caller has a role at the holder that records such audits. */
int audit_kind_check(struct call *call, int64_t holder_id, enum audit_kind kind, const char *field);
