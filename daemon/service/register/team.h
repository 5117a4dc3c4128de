/* SPDX-License-Identifier: Apache-2.0 */
/* The team of an audit (ISO 19011 3.14): the lead, stored in the audit's row, and those who audit, learn or advise with
 * the lead. An observer accompanies the team without belonging to it (ISO 19011 3.17): listed, but without conflicts of
 * interest. */
#pragma once

#include "daemon/service/call/call.h"

/* Whether someone is the lead or on the team, other than as an observer. Uses the team that performed the audit or, if
 * only planned, the planned one. */
int team_has(struct call *call, int64_t audit_id, int64_t person_id, bool *ret);

/* A team by the numbers of its people. */
struct team {
    int64_t lead_id;              /* 0: not named */
    struct audit_member *members; /* resolved; the lead is not among them; in the arena */
    size_t n;
};

/* Resolves what was given. ERR_INVALID_PARAM if someone is named twice, or two are named as lead. */
int team_resolve(struct call *call, const struct ref *auditor, const struct audit_member *rows, size_t n,
                 struct team *ret);
/* The team as planned, or as it performed the audit. */
int team_read(struct call *call, int64_t audit_id, bool planned, struct team *ret);
/* Fills in the planned lead and members if none are given. */
int team_as_planned(struct call *call, int64_t audit_id, struct team *team);
/* The same as team_read for audit.show: the lead first. */
int team_list(struct call *call, int64_t audit_id, bool planned, struct audit_member **ret, size_t *ret_n);
/* The members; the lead is written with the audit. Writer thread. */
int team_store(struct call *call, int64_t audit_id, bool planned, const struct team *team);
