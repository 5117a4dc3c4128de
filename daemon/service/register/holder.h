/* SPDX-License-Identifier: Apache-2.0 */
/* What cooperatives and enterprises share: a code unique among both, a name, a place, a contact stored separately, and
 * an end. Writer thread. */
#pragma once

#include "daemon/service/call/call.h"

/* Its attributes; absent fields are NULL or 0, and an update leaves them unchanged. */
struct holder_facts {
    enum holder_kind kind;
    const char *code, *name;
    enum activity activity; /* of enterprises */
    int64_t cluster_id;     /* of cooperatives */
    const char *country, *region, *contact, *phone, *email;
};

int holder_create(struct call *call, const struct holder_facts *facts, int64_t *ret_id);
int holder_update(struct call *call, int64_t id, const struct holder_facts *facts);
/* on is its last day: not in the future, and no membership may continue after it. */
int holder_end(struct call *call, int64_t id, struct date on, const char *reason);
/* Its code, in the arena, and the day it ended, if any. */
int holder_name(struct call *call, int64_t id, const char **ret_code, struct date *ret_ended_on);
