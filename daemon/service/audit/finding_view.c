/* SPDX-License-Identifier: Apache-2.0 */
/* Lists and shows findings as of any day. */
#include "daemon/service/audit/finding.h"
#include "daemon/service/audit/finding_due.h"
#include "daemon/service/audit/finding_proposal.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/late.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/standard/response.h"
#include "query/evidence.h"
#include "query/finding.h"

/* One row more than the page holds shows that more follow. */
static int take_page(struct finding *rows, size_t n, const struct page_options *options, struct page *ret)
{
    size_t limit = (size_t)answer_limit(options) - 1;
    ret->rows = rows;
    ret->n = n > limit ? limit : n;
    if (n > limit && limit > 0)
        ret->next = rows[limit - 1].finding.text;
    return OK;
}

static bool is_asked_for(const struct finding_due *f, const struct finding_list *p, int64_t after, struct date day)
{
    return f->id > after && finding_due_is_over(f, day) && (p->class == 0 || p->class == f->class)
           && (p->state == 0 || p->state == f->state);
}

/* Whether one is overdue depends on the rules of its edition. */
static int list_overdue(struct call *call, const struct finding_list *p, int64_t holder_id, int64_t after,
                        struct date day, struct page *ret)
{
    struct finding_due *due;
    size_t n, wanted = (size_t)answer_limit(&p->page);
    int code = finding_due_list(call, holder_id, p->edition.id, day, &due, &n);
    struct page rows = { 0 };
    for (size_t i = 0; i < n && rows.n < wanted && code == OK; i++) {
        struct finding row = { 0 };
        if (!is_asked_for(&due[i], p, after, day))
            continue;
        code = finding_load(call, due[i].id, day, &row);
        if (code == OK && !page_push(&rows, call->arena, &row, sizeof row))
            code = answer_no_memory(call);
    }
    return code == OK ? take_page(rows.rows, rows.n, &p->page, ret) : code;
}

/* The next findings after a number, as many as one page holds and one more. */
static int read_next(struct call *call, const struct finding_list *p, int64_t holder_id, int64_t after, struct date day,
                     struct finding **ret, size_t *ret_n)
{
    int64_t limit = answer_limit(&p->page);
    struct stmt *q = holder_id > 0 ? query_finding_list_of_holder(call->store, after, day, p->edition.id, p->class,
                                                                  p->state, p->pending, holder_id, limit)
                                   : query_finding_list(call->store, after, day, p->edition.id, p->class, p->state,
                                                        p->pending, resolve_scope_text(call), limit);
    return finding_rows(call, q, day, ret, ret_n);
}

/* Whether one was late depends on the rules of its edition, too. */
static int list_timed(struct call *call, const struct finding_list *p, int64_t holder_id, int64_t after,
                      struct date day, struct page *ret)
{
    struct page chosen = { 0 };
    size_t n, wanted = (size_t)answer_limit(&p->page);
    int code = OK;
    do {
        struct finding *rows;
        code = read_next(call, p, holder_id, after, day, &rows, &n);
        for (size_t i = 0; code == OK && i < n && chosen.n < wanted; i++) {
            bool fits = rows[i].has_late && (p->late ? rows[i].late > 0 : rows[i].late == 0)
                        && (!p->overdue || (rows[i].has_overdue && rows[i].overdue));
            if (fits && !page_push(&chosen, call->arena, &rows[i], sizeof rows[i]))
                code = answer_no_memory(call);
            after = rows[i].finding.id;
        }
    } while (code == OK && n == wanted && chosen.n < wanted);
    return code == OK ? take_page(chosen.rows, chosen.n, &p->page, ret) : code;
}

int finding_list(struct call *call, const struct finding_list *p, struct page *ret)
{
    struct date day = check_or_today(call, p->as_of);
    int64_t after, holder_id = resolve_list_holder(call, p->holder.id);
    struct finding *rows;
    size_t n;
    int code = answer_after(call, &p->page, NOUN_finding, &after);
    if (code == OK && p->late && p->on_time)
        code = err_set(call->err, ERR_INVALID_PARAM, "on_time", "a finding is late or on time; choose one of them");
    if (code != OK)
        return code;
    if (p->late || p->on_time)
        return list_timed(call, p, holder_id, after, day, ret);
    if (p->overdue)
        return list_overdue(call, p, holder_id, after, day, ret);
    code = read_next(call, p, holder_id, after, day, &rows, &n);
    return code == OK ? take_page(rows, n, &p->page, ret) : code;
}

/* The note of the response that raised it. */
static int find_note(struct call *call, const struct finding_facts *f, const struct catalogue_edition *edition,
                     struct finding_detail *ret)
{
    struct responses r = { 0 };
    int code = OK;
    struct stmt *q = query_finding_responses(call->store, f->id);
    if (stmt_step(q))
        code = response_read(call, edition, stmt_blob(q, FINDING_RESPONSES_responses), &r);
    code = answer_end(call, q, code);
    for (size_t i = 0; i < r.n; i++)
        if (r.answers[i].ordinal == f->ordinal)
            ret->note = r.rows[i].note;
    ret->title = edition->requirements[f->ordinal].title;
    return code;
}

static int read_move(struct call *call, int64_t id, struct date day, struct finding_deadline *ret)
{
    struct stmt *q = query_finding_due_last(call->store, id, day, ret->step);
    if (stmt_step(q)) {
        ret->due_on = stmt_date(q, FINDING_DUE_LAST_due_on);
        ret->moved_on = stmt_date(q, FINDING_DUE_LAST_on_day);
        ret->reason = stmt_dup(q, FINDING_DUE_LAST_reason, call->arena);
    }
    return answer_end(call, q, OK);
}

/* The day on which a step of the work was done, and not undone since; if the finding was closed without it, that day. A
 * step of an audit only brings back a state, where that audit is void. */
static struct date done_on(const struct finding_detail *d, const struct deadline_rule *rule, enum deadline_step step)
{
    enum finding_state state = finding_deadline_done_at(rule, step);
    struct date done = { 0 };
    for (size_t i = 0; i < d->n_steps && step != STEP_CLOSE; i++) {
        if (d->steps[i].state == state && d->steps[i].audit.text == NULL)
            done = d->steps[i].on;
        else if (d->steps[i].state == FINDING_OPEN)
            done = (struct date){ 0 };
    }
    return date_is_set(done) ? done : d->finding->closed_on;
}

/* The deadline of one step, where the edition or a move has one: of what the holder submits, or of its approval. */
static int add_deadline(struct call *call, const struct finding_facts *f, const struct deadline_rule *rule,
                        const struct finding_timing *t, struct date day, struct finding_deadline *row,
                        struct finding_detail *ret)
{
    row->scheduled_on = row->due_on = finding_deadline_by(rule, t);
    row->has_unverified = row->unverified = rule != NULL && rule->unverified;
    row->has_ours = row->ours = rule != NULL && rule->ours;
    row->has_approved = row->approved = rule != NULL && rule->approved;
    int code = read_move(call, f->id, day, row);
    row->done_on = done_on(ret, rule, row->step);
    row->has_late = late_days(row->due_on, row->done_on, day, &row->late);
    if (code == OK && date_is_set(row->due_on))
        ret->deadlines[ret->n_deadlines++] = *row;
    return code;
}

/* Every step with a deadline, done or not. */
static int list_deadlines(struct call *call, const struct finding_facts *f, const struct catalogue_edition *edition,
                          struct date day, struct finding_detail *ret)
{
    struct finding_timing t = { .class = f->class,
                                .kind = f->kind,
                                .raised_on = f->raised_on,
                                .notified_on = date_before(day, f->notified_on) ? (struct date){ 0 } : f->notified_on };
    int code = OK;
    ret->deadlines = arena_array(call->arena, 2 * deadline_step_end_, sizeof *ret->deadlines);
    if (ret->deadlines == NULL)
        return answer_no_memory(call);
    for (enum deadline_step step = STEP_PLAN; step < deadline_step_end_ && code == OK; step++) {
        const struct deadline_rule *submitted = finding_deadline_rule(edition->rules, &t, step, false);
        const struct deadline_rule *approved = finding_deadline_rule(edition->rules, &t, step, true);
        struct finding_deadline row = { .step = step }, more = { .step = step };
        if (submitted != NULL || approved == NULL)
            code = add_deadline(call, f, submitted, &t, day, &row, ret);
        if (code == OK && approved != NULL)
            code = add_deadline(call, f, approved, &t, day, &more, ret);
    }
    return code;
}

/* Actions that nobody has to do any more are not late: those of an older plan, or of a closed finding. */
static void time_actions(struct finding_detail *d, struct date day)
{
    for (size_t i = 0; i < d->n_actions; i++) {
        struct finding_action *x = &d->actions[i];
        bool awaited = x->plan == (int64_t)d->n_plans && d->finding->state != FINDING_OPEN
                       && d->finding->state != FINDING_CLOSED;
        if (awaited || date_is_set(x->done_on))
            x->has_late = late_days(x->due_on, x->done_on, day, &x->late);
    }
}

static int list_work(struct call *call, int64_t id, struct date day, struct finding_detail *ret)
{
    int code = answer_rows(call, query_finding_steps(call->store, id, day), RECORD_finding_step, &ret->steps,
                           &ret->n_steps);
    if (code == OK)
        code = answer_rows(call, query_finding_plans(call->store, id, day), RECORD_corrective_plan, &ret->plans,
                           &ret->n_plans);
    if (code == OK)
        code = answer_rows(call, query_finding_actions(call->store, id, day), RECORD_finding_action, &ret->actions,
                           &ret->n_actions);
    if (code == OK)
        code = answer_rows(call, query_evidence_of_finding(call->store, id, day), RECORD_finding_evidence,
                           &ret->evidence, &ret->n_evidence);
    return code;
}

int finding_show(struct call *call, const struct finding_show *p, struct finding_detail *ret)
{
    struct finding_facts facts;
    const struct catalogue_edition *edition;
    struct date day = check_or_today(call, p->as_of);
    ret->day = day;
    ret->finding = arena_alloc(call->arena, sizeof *ret->finding);
    if (ret->finding == NULL)
        return answer_no_memory(call);
    int code = finding_facts(call, p->finding.id, &facts);
    if (code == OK)
        code = finding_load(call, p->finding.id, day, ret->finding);
    if (code == OK)
        code = catalogue_edition(call, facts.edition_id, &edition);
    if (code == OK)
        code = find_note(call, &facts, edition, ret);
    if (code == OK)
        code = list_work(call, p->finding.id, day, ret);
    if (code == OK)
        code = list_deadlines(call, &facts, edition, day, ret);
    if (code == OK)
        time_actions(ret, day);
    return code == OK ? finding_proposal_of(call, &facts, day, &ret->proposal) : code;
}
