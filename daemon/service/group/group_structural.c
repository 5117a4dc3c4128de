/* SPDX-License-Identifier: Apache-2.0 */
/* Isolated or structural: the same failure at many members points to the system that should have prevented it. */
#include "daemon/service/call/answer.h"
#include "daemon/service/group/group.h"
#include "query/group.h"

enum { WITHOUT_DECISION_MONTHS = 12, PROPOSALS_MAX = 1000 };

static int find_since(struct call *call, int64_t cooperative_id, int64_t edition_id, struct date as_of,
                      struct date *ret)
{
    struct stmt *q = query_group_decided(call->store, cooperative_id, edition_id, as_of);
    struct date decided = stmt_step(q) ? stmt_date(q, GROUP_DECIDED_on_day) : (struct date){ 0 };
    *ret = date_is_set(decided) ? decided : date_add_months(as_of, -WITHOUT_DECISION_MONTHS);
    ret->day++;
    return answer_end(call, q, OK);
}

static int add(struct call *call, const struct catalogue_edition *edition, const struct stmt *q, int64_t visited,
               struct page *rows)
{
    const struct catalogue_requirement *r = &edition->requirements[stmt_int(q, GROUP_FAILING_ordinal)];
    const struct structural_proposal one = {
        .requirement = r->code, .title = r->title, .failed = stmt_int(q, GROUP_FAILING_failed), .visited = visited
    };
    return page_push(rows, call->arena, &one, sizeof one) ? OK : answer_no_memory(call);
}

int group_structural(struct call *call, int64_t cooperative_id, const struct catalogue_edition *edition,
                     struct judged_day day, struct structural_proposal **ret, size_t *ret_n)
{
    const struct group_rule *rule = edition->rules != NULL ? edition->rules->group : NULL;
    struct page rows = { 0 };
    struct date since;
    int64_t visited = 0;
    if (rule == NULL || !rule->has_structural)
        return OK;
    int code = find_since(call, cooperative_id, edition->id, day.day, &since);
    if (code == OK)
        code = answer_number(
            call, query_group_visited(call->store, cooperative_id, day.day, day.known, edition->id, since), &visited);
    if (code != OK || visited == 0)
        return code;
    struct stmt *q = query_group_failing(call->store, cooperative_id, day.day, day.known, edition->id, since);
    while (code == OK && rows.n < PROPOSALS_MAX && stmt_step(q)
           && stmt_int(q, GROUP_FAILING_failed) * rule->structural_of >= visited * rule->structural)
        code = add(call, edition, q, visited, &rows);
    *ret = rows.rows;
    *ret_n = rows.n;
    return answer_end(call, q, code);
}
