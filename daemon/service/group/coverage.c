/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/group/coverage.h"

#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/group/inspections.h"
#include "query/excuse.h"
#include "query/group.h"

enum { YEAR_MONTHS = 12 };

static const struct internal_rule usual_rule = { .inspections = 1 };

/* A list under construction, and the member whose rows are being read. */
struct reading {
    struct call *call;
    const struct coverage_ask *ask;
    const struct internal_rule *rule;
    struct date from;    /* the first day of the period */
    struct date since;   /* what is owed is counted from this day and from joining, whichever is later */
    struct page excused; /* of struct excused, by member and day */
    struct page *rows;
    struct coverage now;
    struct date joined_on;
    struct page days; /* of the inspections that count, newest first */
};

/* An inspection that need not be made. */
struct excused {
    int64_t enterprise_id;
    struct date due_on;
};

static int year_of(struct date d)
{
    int year, month, day;
    date_parts(d, &year, &month, &day);
    return year;
}

/* The first day of the period that ends on the day. */
static struct date period_start(const struct internal_rule *rule, struct date as_of)
{
    if (rule->period != PERIOD_TWELVE_MONTHS)
        return date_of(year_of(as_of), 1, 1);
    return (struct date){ date_add_months(as_of, -YEAR_MONTHS).day + 1 };
}

const char *coverage_words(struct arena *a, const struct internal_rule *rule, struct date as_of)
{
    rule = rule != NULL ? rule : &usual_rule;
    const char *times = rule->inspections == 1 ? "" : arena_printf(a, " %lld times", (long long)rule->inspections);
    if (times == NULL)
        return NULL;
    if (rule->period == PERIOD_TWELVE_MONTHS)
        return arena_printf(a, "every member inspected%s in twelve months", times);
    return arena_printf(a, "every member inspected%s in %d", times, year_of(as_of));
}

static enum coverage_flaw flaw_of(const struct reading *r, const struct stmt *q)
{
    bool named = stmt_text(q, COVERAGE_READ_inspector) != NULL;
    if (stmt_int(q, COVERAGE_READ_void) != 0)
        return FLAW_VOID;
    if (r->rule->whole_checklist && stmt_int(q, COVERAGE_READ_answered) < r->ask->edition->n_assessable)
        return FLAW_NOT_WHOLE;
    if ((r->rule->appointed || r->rule->approved) && !named)
        return FLAW_NO_INSPECTOR;
    if (r->rule->appointed && stmt_int(q, COVERAGE_READ_appointed) == 0)
        return FLAW_NOT_APPOINTED;
    if (r->rule->approved && stmt_int(q, COVERAGE_READ_approved) == 0)
        return FLAW_NOT_APPROVED;
    return 0;
}

static int show_audit(struct reading *r, const struct stmt *q, enum coverage_flaw flaw)
{
    struct coverage *c = &r->now;
    struct arena *a = r->call->arena;
    bool named = stmt_text(q, COVERAGE_READ_inspector) != NULL;
    c->inspected_on = stmt_date(q, COVERAGE_READ_performed_on);
    c->audit = ref_to(a, NOUN_audit, stmt_int(q, COVERAGE_READ_audit_id));
    c->inspector.text = named ? stmt_dup(q, COVERAGE_READ_inspector, a) : NULL;
    c->why = flaw;
    return c->audit.text == NULL || (named && c->inspector.text == NULL) ? answer_no_memory(r->call) : OK;
}

/* Rows come newest first: the first that counts is shown, or else the first there is. */
static int take_audit(struct reading *r, const struct stmt *q)
{
    struct coverage *c = &r->now;
    if (stmt_is_null(q, COVERAGE_READ_audit_id))
        return OK;
    enum coverage_flaw flaw = flaw_of(r, q);
    struct date on = stmt_date(q, COVERAGE_READ_performed_on);
    if (flaw == 0 && !page_push(&r->days, r->call->arena, &on, sizeof on))
        return answer_no_memory(r->call);
    if (flaw == 0 && date_before(on, r->from))
        flaw = FLAW_BEFORE;
    bool first = flaw == 0 ? c->counted == 0 : c->audit.id == 0 || c->why == FLAW_VOID;
    c->counted += flaw == 0;
    return first ? show_audit(r, q, flaw) : OK;
}

static size_t first_excused(const struct page *excused, int64_t enterprise_id)
{
    const struct excused *rows = excused->rows;
    size_t low = 0, high = excused->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows[middle].enterprise_id < enterprise_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The days of the member's excuses, in the arena. */
static int find_excused(struct reading *r, const struct date **ret, size_t *ret_n)
{
    const struct excused *rows = r->excused.rows;
    int64_t member = r->now.enterprise.id;
    struct page days = { 0 };
    for (size_t i = first_excused(&r->excused, member); i < r->excused.n && rows[i].enterprise_id == member; i++)
        if (!page_push(&days, r->call->arena, &rows[i].due_on, sizeof rows[i].due_on))
            return answer_no_memory(r->call);
    *ret = days.rows;
    *ret_n = days.n;
    return OK;
}

static int list_missed(struct reading *r, const struct inspections *owed)
{
    struct coverage_missed one = { .enterprise_id = r->now.enterprise.id };
    if (r->ask->missed == NULL)
        return OK;
    for (;;) {
        one.due_by = inspections_missed_after(owed, one.due_by, r->ask->day.day);
        if (!date_is_set(one.due_by))
            return OK;
        if (!page_push(r->ask->missed, r->call->arena, &one, sizeof one))
            return answer_no_memory(r->call);
    }
}

/* What the member owes after all its inspections, and how late the one shown was. */
static int reckon(struct reading *r)
{
    struct coverage *c = &r->now;
    struct inspections owed;
    const struct date *excused = NULL, *days = r->days.rows;
    size_t n_excused = 0;
    int code = find_excused(r, &excused, &n_excused);
    if (code != OK)
        return code;
    struct date start = date_before(r->since, r->joined_on) ? r->joined_on : r->since;
    struct date first = inspections_from(r->rule, start);
    inspections_begin(&owed, r->rule, start, excused, n_excused);
    for (size_t i = r->days.n; i > 0; i--) {
        struct date on = days[i - 1];
        struct date settled = date_before(on, first) ? (struct date){ 0 } : inspections_take(&owed, on);
        if (on.day == c->inspected_on.day)
            c->settled = settled;
    }
    c->has_late = date_is_set(c->settled) && date_before(c->settled, c->inspected_on);
    c->late = c->has_late ? c->inspected_on.day - c->settled.day : 0;
    c->due_by = inspections_next(&owed);
    c->missed = inspections_missed(&owed, r->ask->day.day);
    c->has_missed = true;
    return list_missed(r, &owed);
}

static int end_member(struct reading *r)
{
    struct coverage *c = &r->now;
    if (c->enterprise.id == 0)
        return OK;
    c->missing = c->counted < c->asked;
    if (c->missing && c->counted > 0)
        c->why = FLAW_TOO_FEW;
    else if (c->missing && c->audit.id == 0)
        c->why = FLAW_NEVER;
    int code = reckon(r);
    if (code != OK || (r->ask->missing_only && !c->missing && c->missed == 0))
        return code;
    return page_push(r->rows, r->call->arena, c, sizeof *c) ? OK : answer_no_memory(r->call);
}

static int begin_member(struct reading *r, const struct stmt *q)
{
    struct arena *a = r->call->arena;
    r->now = (struct coverage){ .enterprise = { stmt_dup(q, COVERAGE_READ_code, a),
                                                stmt_int(q, COVERAGE_READ_enterprise_id) },
                                .name = stmt_dup(q, COVERAGE_READ_name, a),
                                .has_missing = true,
                                .has_counted = true,
                                .asked = r->rule->inspections,
                                .has_asked = true };
    r->joined_on = stmt_date(q, COVERAGE_READ_joined_on);
    r->days.n = 0;
    return r->now.enterprise.text == NULL || r->now.name == NULL ? answer_no_memory(r->call) : OK;
}

static int read_rows(struct reading *r, struct stmt *q)
{
    int code = OK;
    while (code == OK && r->rows->n < r->ask->limit && stmt_step(q)) {
        if (stmt_int(q, COVERAGE_READ_enterprise_id) != r->now.enterprise.id) {
            code = end_member(r);
            if (code == OK && r->rows->n < r->ask->limit)
                code = begin_member(r, q);
        }
        if (code == OK)
            code = take_audit(r, q);
    }
    if (code == OK && r->rows->n < r->ask->limit)
        code = end_member(r);
    return answer_end(r->call, q, code);
}

static int read_excused(struct reading *r)
{
    struct call *call = r->call;
    struct stmt *q = query_excuse_inspections(call->store, r->ask->cooperative_id, r->ask->day.day,
                                              r->ask->edition->id);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct excused one = { stmt_int(q, EXCUSE_INSPECTIONS_holder_id), stmt_date(q, EXCUSE_INSPECTIONS_due_on) };
        if (!page_push(&r->excused, call->arena, &one, sizeof one))
            code = answer_no_memory(call);
    }
    return answer_end(call, q, code);
}

/* The first day of the inspections to read: of the period, of what is owed since the pursuit began, or of all of them
 * where that is since each member joined. */
static struct date first_needed(const struct reading *r)
{
    if (!date_is_set(r->since))
        return r->ask->in_period ? r->from : date_of(1, 1, 1);
    struct date first = inspections_from(r->rule, r->since);
    return date_before(r->from, first) ? r->from : first;
}

int coverage_list(struct call *call, const struct coverage_ask *ask, struct page *ret)
{
    const struct rules *rules = ask->edition->rules;
    struct reading r = { .call = call,
                         .ask = ask,
                         .rule = rules != NULL && rules->internal != NULL ? rules->internal : &usual_rule,
                         .rows = ret };
    r.from = period_start(r.rule, ask->day.day);
    r.since = ask->since;
    if (!date_is_set(r.since) && r.rule->period != PERIOD_TWELVE_MONTHS)
        r.since = r.from;
    struct date first = first_needed(&r);
    int code = date_is_set(ask->since) ? read_excused(&r) : OK;
    if (code != OK)
        return code;
    return read_rows(&r, query_coverage_read(call->store, ask->cooperative_id, ask->day.day, ask->day.known,
                                             ask->edition->id, r.from, first, ask->after, !ask->in_period));
}

bool coverage_reaches_back(const struct internal_rule *rule, struct date since, struct date as_of)
{
    return date_is_set(since) && date_before(since, period_start(rule, as_of));
}

static int find_since(struct call *call, struct coverage_ask *ask)
{
    struct stmt *q = query_group_since(call->store, ask->cooperative_id, ask->day.day, ask->edition->id);
    if (stmt_step(q))
        ask->since = stmt_date(q, GROUP_SINCE_since);
    return answer_end(call, q, OK);
}

int group_coverage(struct call *call, const struct group_coverage *p, struct page *ret)
{
    size_t wanted = (size_t)answer_limit(&p->page);
    struct coverage_ask ask = { .cooperative_id = p->cooperative.id,
                                .day = day_as_of(check_or_today(call, p->as_of)),
                                .after = answer_after_code(&p->page),
                                .missing_only = p->missing,
                                .limit = wanted };
    int code = catalogue_edition(call, p->edition.id, &ask.edition);
    if (code == OK)
        code = find_since(call, &ask);
    if (code == OK)
        code = coverage_list(call, &ask, ret);
    if (code != OK || ret->n < wanted)
        return code;
    ret->n = wanted - 1;
    ret->next = ((const struct coverage *)ret->rows)[ret->n - 1].enterprise.text;
    return OK;
}
