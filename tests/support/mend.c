/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/mend.h"

void mend_people(struct desk *desk)
{
    DESK(desk, person_create, NULL, .code = "doer", .name = "Dora");
    DESK(desk, person_create, NULL, .code = "seer", .name = "Sera");
}

static int plan(struct desk *desk, const char *finding, struct date on, struct finding *ret)
{
    struct planned_action action = {
        .kind = ACTION_CORRECTIVE, .text = "Fence the well", .owner = "doer", .due_on = desk_day("2030-01-01")
    };
    return DESK(desk, finding_plan, ret, .finding = desk_ref(finding), .correction = "Animals driven out",
                .root_cause = "Nobody looks after the fence", .actions = &action, .n_actions = 1, .on = on);
}

/* The number of the newest action. */
static int64_t newest_action(struct desk *desk, const char *finding)
{
    struct finding_detail detail;
    if (DESK(desk, finding_show, &detail, .finding = desk_ref(finding)) != OK || detail.n_actions == 0)
        return 1;
    return detail.actions[detail.n_actions - 1].action;
}

int mend_until(struct desk *desk, const char *finding, enum finding_state state, const char *on, struct finding *ret)
{
    struct ref ref = desk_ref(finding);
    struct date day = desk_day(on);
    int code = plan(desk, finding, day, ret);
    if (code == OK && state != FINDING_PLANNED)
        code = DESK(desk, finding_accept, ret, .finding = ref, .on = day);
    if (code != OK || state == FINDING_PLANNED || state == FINDING_ACCEPTED)
        return code;
    code = DESK(desk, finding_implement, ret, .finding = ref, .action = newest_action(desk, finding),
                .has_action = true, .done_on = day);
    if (code == OK && state != FINDING_IMPLEMENTED)
        code = DESK(desk, finding_verify, ret, .finding = ref, .by = desk_ref("seer"), .reason = "seen on the spot",
                    .on = day);
    if (code == OK && state == FINDING_CLOSED)
        code = DESK(desk, finding_close, ret, .finding = ref, .reason = "fence mended", .on = day);
    return code;
}
