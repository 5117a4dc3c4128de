/* SPDX-License-Identifier: Apache-2.0 */
/* The work on findings: the next step of each open one, due by the rules of its edition or as moved. */
#include "common/ref.h"
#include "daemon/service/audit/finding_due.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/due/due.h"
#include "daemon/service/standard/catalogue.h"

static const enum due_kind kinds[deadline_step_end_] = {
    [STEP_PLAN] = DUE_PLAN,
    [STEP_EVIDENCE] = DUE_EVIDENCE,
    [STEP_CLOSE] = DUE_VERIFICATION,
};

static const char *const words[deadline_step_end_] = {
    [STEP_PLAN] = "plan for a",
    [STEP_EVIDENCE] = "evidence for a",
    [STEP_CLOSE] = "verification of a",
};

static int add(struct call *call, struct due_ask *ask, const struct finding_due *f)
{
    const struct finding_next *next = &f->next;
    bool wanted = false;
    struct due_item item = { .kind = kinds[next->step], .edition.id = f->edition_id, .due_on = next->due_on };
    int code = next->step != 0 ? due_wants(call, ask, item.kind, f->edition_id, item.due_on, &wanted) : OK;
    if (code != OK || !wanted)
        return code;
    code = due_holder(call, ask, f->holder_id, &item);
    if (code != OK || item.holder.text == NULL)
        return code;
    if (next->scheduled_on.day != next->due_on.day)
        item.scheduled_on = next->scheduled_on;
    item.what = arena_printf(call->arena, "%s %s finding", words[next->step],
                             api_choice_text(ENUM_class, (int)f->class));
    item.record = ref_text(call->arena, NOUN_finding, f->id);
    return due_add(call, ask, &item, item.record);
}

int due_finding_gather(struct call *call, struct due_ask *ask)
{
    struct finding_due *rows;
    size_t n;
    int code = finding_due_list(call, ask->holder_id, 0, ask->as_of, &rows, &n);
    for (size_t i = 0; code == OK && i < n; i++)
        code = add(call, ask, &rows[i]);
    return code;
}
