/* SPDX-License-Identifier: Apache-2.0 */
/* Findings and the work on them. The history of a finding is a list of dated steps, none earlier than the one before;
 * the state on day D is that of the last step by D, or open if there is none. Plans, actions, notices and moved
 * deadlines are dated too, so that past days can be shown as they were. Standings use closed_on of the finding.
 *
 * The chain (ISO 9001 10.2, ISO/IEC 17021-1 9.4.9 and 9.4.10): open, planned (correction, root cause and actions are
 * submitted), accepted, implemented (every action is done), verified (it is effective), closed; a rejection returns it
 * to open.
 *
 * Only effectiveness must be judged by someone who does not own an action (9.4.10 has the body verify; ISO 9001 10.2
 * lets the organization choose who reviews its own plans). The user who recorded a plan may also accept it, if that
 * user may judge audits of the kind: in a small cooperative one person often enters what others submitted. Plans and
 * steps keep the user who recorded them (recorded_by), so that this stays visible. */
#pragma once

#include "daemon/service/standard/catalogue.h"

/* The stored finding, independent of the day. */
struct finding_facts {
    int64_t id, holder_id, edition_id, audit_id;
    int32_t ordinal;
    enum class class;
    enum audit_kind kind; /* of the audit that raised it */
    enum grade grade;     /* of the result that raised it */
    struct date raised_on, closed_on, notified_on, void_on;
    enum finding_state state; /* after the last step */
    struct date changed_on;   /* the day of the last step, else the day it was raised */
    const char *verifier;     /* the person named by the last step, or NULL */
    int64_t plan;             /* number of the newest; 0 if none */
};
int finding_facts(struct call *call, int64_t id, struct finding_facts *ret);
/* The state at the end of the day; FINDING_OPEN also for days before it was raised. A plan is accepted in the states
 * accepted, implemented and verified. */
int finding_state_on(struct call *call, int64_t id, struct date day, enum finding_state *ret);

/* Whether a minor finding, open on the day, counts as a major one by a rule of its edition: rules->left_open. Reads
 * nothing for other classes and without the rule. */
int finding_is_left_open(struct call *call, const struct rules *rules, int64_t id, enum class class, struct date day,
                         bool *ret);

/* A step to make. on is never absent. */
struct finding_step_draft {
    enum finding_state to;
    struct date on;
    const char *reason;
    int64_t person_id, audit_id, plan; /* 0 for none */
};
/* Checks that the caller may judge such a finding, and that the day is not before its last step. */
int finding_check_judge(struct call *call, const struct finding_facts *f);
int finding_check_day(struct call *call, const struct finding_facts *f, struct date on);
/* Checks the move against the lifecycle of its class, and the day; ERR_BAD_STATE names the state and what may
 * follow. */
int finding_check_step(struct call *call, const struct finding_facts *f, enum finding_state to, struct date on);
/* Records a checked step. Writer thread. */
int finding_step_add(struct call *call, const struct finding_facts *f, const struct finding_step_draft *step);
/* ERR_BAD_STATE if the audit that raised it is void; field: the parameter that names it. */
int finding_refuse_void(struct call *call, const struct finding_facts *f, const char *field);
/* An audit that is void from today on: its findings are void, what it closed is as it was before. Writer thread. */
int finding_void_audit(struct call *call, int64_t audit_id);
/* An audit that is corrected from today on: what it closed is as it was before, but for the findings of the audit that
 * it corrected itself, which still does not count (0: none). Writer thread. */
int finding_reopen_corrected(struct call *call, int64_t audit_id, int64_t corrected_before, int64_t corrected_by);
/* Closes all findings of a corrected audit. */
int finding_close_corrected(struct call *call, int64_t audit_id, int64_t corrected_by, struct date on);

/* The record as of a day, with what is due next. */
int finding_load(struct call *call, int64_t id, struct date day, struct finding *ret);
/* Reads the rows of finding_record, finding_list and the like; ends q. */
int finding_rows(struct call *call, struct stmt *q, struct date day, struct finding **ret, size_t *ret_n);
