/* SPDX-License-Identifier: Apache-2.0 */
/* How much was done on time: a row for each edition, class and step that has a deadline. */
#include "daemon/service/audit/finding_deadline.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/late.h"
#include "query/finding.h"

#include <stdlib.h>

/* The counts of one edition, by class and step. */
struct counts {
    const struct finding_timeliness *asked;
    struct date as_of;
    const struct catalogue_edition *edition;
    struct timeliness rows[class_end_][deadline_step_end_];
};

static void count(struct timeliness *row, bool done, int64_t late)
{
    row->on_time += done && late == 0;
    row->late += done && late > 0;
    row->overdue += !done;
    if (late > row->longest)
        row->longest = late;
}

/* done: the day on which the finding last came to each state. */
static void count_step(struct counts *c, const struct finding_timing *t, const struct deadline_rule *rule,
                       enum deadline_step step, const struct date done[finding_state_end_], struct date closed)
{
    struct date due = date_is_set(t->moved[step]) ? t->moved[step] : finding_deadline_by(rule, t);
    struct date done_on = done[finding_deadline_done_at(rule, step)];
    int64_t late;
    done_on = date_is_set(done_on) ? done_on : closed;
    if (late_days(due, done_on, c->as_of, &late))
        count(&c->rows[t->class][step], date_is_set(done_on), late);
}

static void count_finding(struct counts *c, const struct stmt *q)
{
    struct finding_timing t = { .class = (enum class)stmt_choice(q, FINDING_TIMES_class, ENUM_class),
                                .kind = (enum audit_kind)stmt_choice(q, FINDING_TIMES_kind, ENUM_audit_kind),
                                .raised_on = stmt_date(q, FINDING_TIMES_raised_on),
                                .notified_on = stmt_date(q, FINDING_TIMES_notified_on),
                                .moved = { [STEP_PLAN] = stmt_date(q, FINDING_TIMES_plan_moved),
                                           [STEP_EVIDENCE] = stmt_date(q, FINDING_TIMES_evidence_moved),
                                           [STEP_CLOSE] = stmt_date(q, FINDING_TIMES_close_moved) } };
    struct date closed = stmt_date(q, FINDING_TIMES_closed_on);
    const struct date done[finding_state_end_] = { [FINDING_PLANNED] = stmt_date(q, FINDING_TIMES_planned_on),
                                                   [FINDING_ACCEPTED] = stmt_date(q, FINDING_TIMES_accepted_on),
                                                   [FINDING_IMPLEMENTED] = stmt_date(q, FINDING_TIMES_implemented_on),
                                                   [FINDING_VERIFIED] = stmt_date(q, FINDING_TIMES_verified_on) };
    for (enum deadline_step step = STEP_PLAN; step < deadline_step_end_; step++) {
        const struct deadline_rule *submitted = finding_deadline_rule(c->edition->rules, &t, step, false);
        const struct deadline_rule *approved = finding_deadline_rule(c->edition->rules, &t, step, true);
        if (submitted != NULL || approved == NULL)
            count_step(c, &t, submitted, step, done, closed);
        if (approved != NULL)
            count_step(c, &t, approved, step, done, closed);
    }
}

/* Moves what was counted into the list. */
static int end_edition(struct call *call, struct counts *c, struct page *ret)
{
    if (c->edition == NULL)
        return OK;
    for (enum class class = CLASS_MAJOR; class < class_end_; class ++)
        for (enum deadline_step step = STEP_PLAN; step < deadline_step_end_; step++) {
            struct timeliness *row = &c->rows[class][step];
            if (row->on_time + row->late + row->overdue == 0)
                continue;
            row->holder = c->asked->holder;
            row->edition = (struct ref){ c->edition->code, c->edition->id };
            row->class = class;
            row->step = step;
            row->has_on_time = row->has_late = row->has_overdue = row->has_longest = true;
            if (!page_push(ret, call->arena, row, sizeof *row))
                return answer_no_memory(call);
        }
    *c = (struct counts){ .asked = c->asked, .as_of = c->as_of };
    return OK;
}

static int read_findings(struct call *call, struct counts *c, struct page *ret)
{
    const struct finding_timeliness *p = c->asked;
    struct stmt *q = query_finding_times(call->store, p->holder.id, c->as_of, p->edition.id, p->from);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        int64_t edition_id = stmt_int(q, FINDING_TIMES_edition_id);
        if (c->edition == NULL || c->edition->id != edition_id) {
            code = end_edition(call, c, ret);
            if (code == OK)
                code = catalogue_edition(call, edition_id, &c->edition);
        }
        if (code == OK)
            count_finding(c, q);
    }
    if (code == OK)
        code = end_edition(call, c, ret);
    return answer_end(call, q, code);
}

/* The rows are few: the cursor is how many were listed. */
static int cut_page(struct call *call, const struct page_options *options, struct page *rows)
{
    const char *after = answer_after_code(options);
    char *end = NULL;
    unsigned long skip = after[0] != '\0' ? strtoul(after, &end, 10) : 0;
    if (end != NULL && *end != '\0')
        return err_set(call->err, ERR_INVALID_PARAM, "after", "must be the next value of the previous page");
    size_t limit = (size_t)answer_limit(options) - 1, from = skip < rows->n ? skip : rows->n;
    rows->rows = (struct timeliness *)rows->rows + from;
    rows->n -= from;
    if (rows->n <= limit)
        return OK;
    rows->n = limit;
    rows->next = arena_printf(call->arena, "%zu", from + limit);
    return rows->next != NULL ? OK : answer_no_memory(call);
}

int finding_timeliness(struct call *call, const struct finding_timeliness *p, struct page *ret)
{
    struct counts c = { .asked = p, .as_of = check_or_today(call, p->as_of) };
    int code = read_findings(call, &c, ret);
    return code == OK ? cut_page(call, &p->page, ret) : code;
}
