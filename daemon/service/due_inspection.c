/* Internal inspections that the internal control owes its members: of each edition that the cooperative pursues, or
 * holds a certificate against, by that edition's rule. In the calendar year they are due by its last day; where twelve
 * months count, twelve months after the last one, or after the member joined. */
#include "daemon/service/answer.h"
#include "daemon/service/catalogue.h"
#include "daemon/service/due.h"

struct group {
    int64_t cooperative_id, edition_id;
};

/* What one rule asks of the members of one cooperative. */
struct owed {
    const struct internal_rule *rule;
    const struct group *group;
    struct date from; /* the first day of the period */
    bool by_year;
    int year;
};

static struct date year_before(struct date day)
{
    int year, month, of_month;
    date_parts(day, &year, &month, &of_month);
    struct date same = date_of(year - 1, month, of_month); /* none for 29 February */
    return (struct date){ (date_is_set(same) ? same : date_of(year - 1, 2, 28)).day + 1 };
}

static struct date year_after(struct date day)
{
    int year, month, of_month;
    date_parts(day, &year, &month, &of_month);
    struct date same = date_of(year + 1, month, of_month);
    return date_is_set(same) ? same : date_of(year + 1, 2, 28);
}

static int add(struct call *call, struct due_ask *ask, const struct owed *o, struct stmt *q)
{
    bool wanted;
    struct date last = stmt_date(q, 3); /* the one that must not lie before the period */
    struct due_item item = { .kind = DUE_INSPECTION, .edition.id = o->group->edition_id };
    if (o->by_year && !date_before(last, o->from))
        return OK;
    item.due_on = o->by_year ? date_of(o->year, 12, 31) : year_after(date_is_set(last) ? last : stmt_date(q, 2));
    int code = due_wants(call, ask, item.kind, item.edition.id, item.due_on, &wanted);
    if (code != OK || !wanted)
        return code;
    const char *edition;
    code = due_edition_code(call, item.edition.id, &edition);
    if (code != OK)
        return code;
    int64_t missing = o->rule->inspections - stmt_int(q, 4);
    item.holder.text = stmt_dup(q, 0, call->arena);
    item.name = stmt_dup(q, 1, call->arena);
    item.what = missing <= 1 ? "internal inspection"
                             : arena_printf(call->arena, "%lld internal inspections", (long long)missing);
    const char *subject = o->by_year ? arena_printf(call->arena, "%s/%d", edition, o->year) : edition;
    return due_add(call, ask, &item, subject);
}

static int gather_group(struct call *call, struct due_ask *ask, const struct group *group)
{
    const struct catalogue_edition *e;
    int code = catalogue_edition(call, group->edition_id, &e);
    if (code != OK || e->rules == NULL || e->rules->internal == NULL)
        return code;
    struct owed o = { .rule = e->rules->internal, .group = group };
    int month, day;
    date_parts(ask->as_of, &o.year, &month, &day);
    o.by_year = o.rule->period != PERIOD_TWELVE_MONTHS;
    o.from = o.by_year ? date_of(o.year, 1, 1) : year_before(ask->as_of);
    int64_t only = ask->holder_id != group->cooperative_id ? ask->holder_id : 0;
    struct stmt *q = STORE_QUERY(call->store, QUERY_due_inspections, v_int(group->cooperative_id), V_DATE(ask->as_of),
                                 v_id(only), v_int(group->edition_id), v_int(o.rule->inspections - 1), V_DATE(o.from),
                                 v_int(o.rule->whole_checklist ? e->n_assessable : 0));
    while (code == OK && stmt_step(q))
        code = add(call, ask, &o, q);
    return answer_end(call, q, code);
}

int due_inspection_gather(struct call *call, struct due_ask *ask)
{
    struct page groups = { 0 };
    struct stmt *q = STORE_QUERY(call->store, QUERY_due_groups, v_id(ask->holder_id), V_DATE(ask->as_of),
                                 v_text(ask->scope));
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct group one = { stmt_int(q, 0), stmt_int(q, 1) };
        if (!page_push(&groups, call->arena, &one, sizeof one))
            code = answer_no_memory(call);
    }
    code = answer_end(call, q, code);
    const struct group *rows = groups.rows;
    for (size_t i = 0; i < groups.n && code == OK; i++)
        code = gather_group(call, ask, &rows[i]);
    return code;
}
