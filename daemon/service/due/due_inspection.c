/* SPDX-License-Identifier: Apache-2.0 */
/* Internal inspections still required of the internal control (coverage.h), for each edition with such a rule that the
 * cooperative pursues or holds a certificate against. An inspection that only waits to be concluded by someone else is
 * due as that decision. */
#include "daemon/service/call/answer.h"
#include "daemon/service/due/due.h"
#include "daemon/service/group/coverage.h"
#include "query/due.h"

struct group {
    int64_t cooperative_id;
    struct date since;
    const struct catalogue_edition *edition;
};

static bool is_by_year(const struct group *g)
{
    return g->edition->rules->internal->period != PERIOD_TWELVE_MONTHS;
}

static int year_of(struct date d)
{
    int year, month, day;
    date_parts(d, &year, &month, &day);
    return year;
}

static const char *words_missed(struct call *call, const struct due_ask *ask, const struct group *g,
                                const struct coverage *c)
{
    bool several = c->missed > 1 && !ask->singly;
    if (several && is_by_year(g))
        return arena_printf(call->arena, "%lld missed internal inspections, the first of %d", (long long)c->missed,
                            year_of(c->due_by));
    if (several)
        return arena_printf(call->arena, "%lld missed internal inspections", (long long)c->missed);
    return is_by_year(g) ? arena_printf(call->arena, "internal inspection of %d", year_of(c->due_by))
                         : "internal inspection";
}

static const char *words(struct call *call, const struct due_ask *ask, const struct group *g, const struct coverage *c)
{
    int64_t missing = c->asked - c->counted;
    if (c->missed > 0)
        return words_missed(call, ask, g, c);
    return missing <= 1 ? "internal inspection"
                        : arena_printf(call->arena, "%lld internal inspections", (long long)missing);
}

static int add(struct call *call, struct due_ask *ask, const struct group *g, const struct coverage *c)
{
    bool decide = c->missing && c->why == FLAW_NOT_APPROVED, wanted;
    struct due_item item = { .kind = decide ? DUE_MEMBER_DECISION : DUE_INSPECTION,
                             .edition.id = g->edition->id,
                             .holder = c->enterprise,
                             .name = c->name,
                             .due_on = c->due_by,
                             .missed = c->missed,
                             .has_missed = c->missed > 0 };
    int code = due_wants(call, ask, item.kind, item.edition.id, item.due_on, &wanted);
    if (code != OK || !wanted)
        return code;
    const char *subject = is_by_year(g) ? arena_printf(call->arena, "%s/%d", g->edition->code, year_of(item.due_on))
                                        : g->edition->code;
    item.what = decide ? "conclusion of an internal inspection" : words(call, ask, g, c);
    item.record = decide ? c->audit.text : NULL;
    return due_add(call, ask, &item, decide ? c->audit.text : subject);
}

/* Asked for singly, each period that was missed is an item of its own. */
static int add_singly(struct call *call, struct due_ask *ask, const struct group *g, const struct coverage *c,
                      const struct page *missed)
{
    const struct coverage_missed *rows = missed->rows;
    struct coverage one = *c;
    int code = add(call, ask, g, c);
    for (size_t i = 0; i < missed->n && code == OK; i++) {
        if (rows[i].enterprise_id != c->enterprise.id || !date_before(c->due_by, rows[i].due_by))
            continue;
        one.due_by = rows[i].due_by;
        one.missing = false; /* what waits for a decision settles the oldest */
        code = add(call, ask, g, &one);
    }
    return code;
}

/* What a calendar year requires is due on its last day, not earlier; what earlier ones did is overdue. */
static bool is_too_early(const struct due_ask *ask, const struct group *g)
{
    return is_by_year(g) && date_before(ask->until, date_of(year_of(ask->as_of), 12, 31))
           && !coverage_reaches_back(g->edition->rules->internal, g->since, ask->as_of);
}

static int gather_group(struct call *call, struct due_ask *ask, const struct group *g)
{
    if (g->edition->rules == NULL || g->edition->rules->internal == NULL || is_too_early(ask, g))
        return OK;
    struct page members = { 0 }, missed = { 0 };
    const struct coverage_ask every = { .cooperative_id = g->cooperative_id,
                                        .edition = g->edition,
                                        .day = day_as_of(ask->as_of),
                                        .since = g->since,
                                        .after = "",
                                        .in_period = is_by_year(g),
                                        .limit = SIZE_MAX,
                                        .missed = ask->singly ? &missed : NULL };
    int code = coverage_list(call, &every, &members);
    const struct coverage *rows = members.rows;
    bool whole = ask->holder_id == 0 || ask->holder_id == g->cooperative_id;
    for (size_t i = 0; i < members.n && code == OK; i++)
        if (whole || rows[i].enterprise.id == ask->holder_id)
            code = add_singly(call, ask, g, &rows[i], &missed);
    return code;
}

static int read_group(struct call *call, struct stmt *q, struct page *groups)
{
    struct group one = { .cooperative_id = stmt_int(q, DUE_GROUPS_cooperative_id),
                         .since = stmt_date(q, DUE_GROUPS_since) };
    int code = catalogue_edition(call, stmt_int(q, DUE_GROUPS_edition_id), &one.edition);
    if (code == OK && !page_push(groups, call->arena, &one, sizeof one))
        return answer_no_memory(call);
    return code;
}

int due_inspection_gather(struct call *call, struct due_ask *ask)
{
    struct page groups = { 0 };
    struct stmt *q = query_due_groups(call->store, ask->holder_id, ask->as_of, ask->scope);
    int code = OK;
    while (code == OK && stmt_step(q))
        code = read_group(call, q, &groups);
    code = answer_end(call, q, code);
    const struct group *rows = groups.rows;
    for (size_t i = 0; i < groups.n && code == OK; i++)
        code = gather_group(call, ask, &rows[i]);
    return code;
}
