/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/group/coverage.h"

#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "query/group.h"

enum { YEAR_MONTHS = 12 };

static const struct internal_rule usual_rule = { .inspections = 1 };

/* A list under construction, and the member whose rows are being read. */
struct reading {
    struct call *call;
    const struct coverage_ask *ask;
    const struct internal_rule *rule;
    struct date from; /* the first day of the period */
    bool by_year;
    struct page *rows;
    struct coverage now;
    struct date joined_on;
    struct date counts_from; /* the earliest needed inspection, for the twelve months after it */
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
    bool before = date_before(stmt_date(q, COVERAGE_READ_performed_on), r->from);
    if (flaw == 0 && c->counted < c->asked)
        r->counts_from = stmt_date(q, COVERAGE_READ_performed_on);
    if (flaw == 0 && before)
        flaw = FLAW_BEFORE;
    bool first = flaw == 0 ? c->counted == 0 : c->audit.id == 0 || c->why == FLAW_VOID;
    c->counted += flaw == 0;
    return first ? show_audit(r, q, flaw) : OK;
}

/* In a calendar year an inspection is due by its last day, the next one by that of the next year. With a twelve-month
 * period, the inspection that leaves it first must be followed by another in time; a member never inspected is due
 * twelve months after joining. */
static struct date due_by(const struct reading *r)
{
    const struct coverage *c = &r->now;
    if (r->by_year)
        return date_of(year_of(r->ask->as_of) + (c->missing ? 0 : 1), 12, 31);
    return date_add_months(date_is_set(r->counts_from) ? r->counts_from : r->joined_on, YEAR_MONTHS);
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
    c->due_by = due_by(r);
    if (r->ask->missing_only && !c->missing)
        return OK;
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
    r->counts_from = (struct date){ 0 };
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

int coverage_list(struct call *call, const struct coverage_ask *ask, struct page *ret)
{
    const struct rules *rules = ask->edition->rules;
    struct reading r = { .call = call,
                         .ask = ask,
                         .rule = rules != NULL && rules->internal != NULL ? rules->internal : &usual_rule,
                         .rows = ret };
    r.by_year = r.rule->period != PERIOD_TWELVE_MONTHS;
    r.from = period_start(r.rule, ask->as_of);
    return read_rows(&r, query_coverage_read(call->store, ask->cooperative_id, ask->as_of, ask->edition->id, r.from,
                                             ask->after, !ask->in_period));
}

int group_coverage(struct call *call, const struct group_coverage *p, struct page *ret)
{
    size_t wanted = (size_t)answer_limit(&p->page);
    struct coverage_ask ask = { .cooperative_id = p->cooperative.id,
                                .as_of = check_or_today(call, p->as_of),
                                .after = answer_after_code(&p->page),
                                .missing_only = p->missing,
                                .limit = wanted };
    int code = catalogue_edition(call, p->edition.id, &ask.edition);
    if (code == OK)
        code = coverage_list(call, &ask, ret);
    if (code != OK || ret->n < wanted)
        return code;
    ret->n = wanted - 1;
    ret->next = ((const struct coverage *)ret->rows)[ret->n - 1].enterprise.text;
    return OK;
}
