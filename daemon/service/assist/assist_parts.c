/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/assist/assist_parts.h"

#include "common/api/bound.h"
#include "common/text_unit.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/ended.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/register/member.h"
#include "daemon/service/standard/catalogue.h"
#include "query/assist.h"

#include <stdlib.h>
#include <string.h>

enum {
    PARTICIPATIONS_MAX = BOUND(intervention_detail, participations),
    MINUTES_MAX = BOUND(intervention, planned),
};
static const int64_t payment_max = 1000000000000000; /* so that the sum of a hundred does not overflow */

static int find_enterprise(struct call *call, const struct assist_parts *of, const char *text, int64_t *ret_id)
{
    bool is_member = false, in_scope = false;
    char day[DATE_TEXT];
    int code = resolve_exact(call, NOUN_enterprise, text, ret_id);
    if (code == OK && *ret_id > 0 && of->cooperative_id > 0)
        code = member_on_day(call, of->cooperative_id, *ret_id, of->day, &is_member);
    if (code == OK && *ret_id > 0 && !is_member)
        code = resolve_holder_in_scope(call, *ret_id, &in_scope);
    if (code != OK || is_member || (in_scope && of->cooperative_id == 0))
        return code;
    if (in_scope)
        return err_set(call->err, ERR_CONFLICT, "enterprise",
                       "%s was not a member of the cooperative on %s; record the membership first, or omit it", text,
                       date_format(of->day, day));
    return err_set(call->err, ERR_NOT_FOUND, "enterprise", "no enterprise %s, or outside your scope", text);
}

static int by_enterprise(const void *a, const void *b)
{
    const struct participation *const *x = a, *const *y = b;
    return strcmp((*x)->enterprise, (*y)->enterprise);
}

static int refuse_doubles(struct call *call, const struct participation *rows, size_t n)
{
    const struct participation **sorted = arena_array(call->arena, n, sizeof *sorted);
    if (sorted == NULL)
        return answer_no_memory(call);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &rows[i];
    qsort(sorted, n, sizeof *sorted, by_enterprise);
    for (size_t i = 1; i < n; i++)
        if (by_enterprise(&sorted[i - 1], &sorted[i]) == 0)
            return err_set(call->err, ERR_INVALID_PARAM, "participations", "%s is named more than once",
                           sorted[i]->enterprise);
    return OK;
}

static int save_participation(struct call *call, const struct assist_parts *of, const struct participation *row)
{
    int64_t enterprise_id;
    if (row->has_attended && !of->delivered)
        return err_set(call->err, ERR_CONFLICT, "attended", "attended hours need the day of delivery");
    int code = find_enterprise(call, of, row->enterprise, &enterprise_id);
    if (code == OK)
        code = ended_check(call, NOUN_enterprise, "enterprise", enterprise_id, of->day);
    if (code != OK)
        return code;
    return stmt_run(query_assist_participation(call->store, of->intervention_id, enterprise_id, row->has_planned,
                                               row->planned, row->has_attended, row->attended, row->result,
                                               of->delivered ? of->day : call->today),
                    call->err);
}

int assist_parts_participations(struct call *call, const struct assist_parts *of, const struct participation *rows,
                                size_t n)
{
    int code = refuse_doubles(call, rows, n);
    for (size_t i = 0; i < n && code == OK; i++)
        if (save_participation(call, of, &rows[i]) != OK)
            code = err_within(call->err, "participations[%zu].", i);
    return code;
}

/* A requirement by its stored numbers. */
struct address {
    int64_t edition_id;
    int32_t ordinal;
};

static int find_address(struct call *call, const struct addressed *row, struct address *ret)
{
    struct ref ref = { .text = row->edition };
    const struct catalogue_edition *edition;
    int code = resolve_ref(call, NOUN_edition, "edition", &ref);
    if (code == OK)
        code = catalogue_edition(call, ref.id, &edition);
    if (code != OK)
        return code;
    const struct catalogue_requirement *requirement = catalogue_requirement(edition, row->requirement);
    if (requirement == NULL)
        return err_set(call->err, ERR_INVALID_PARAM, "requirement",
                       "%s has no requirement %s; see sme-ctl standard show %s", ref.text, row->requirement, ref.text);
    *ret = (struct address){ ref.id, requirement->ordinal };
    return OK;
}

static int save_requirement(struct call *call, const struct assist_parts *of, const struct addressed *rows, size_t i,
                            struct address *addresses)
{
    int code = find_address(call, &rows[i], &addresses[i]);
    if (code != OK)
        return code;
    for (size_t j = 0; j < i; j++)
        if (addresses[j].edition_id == addresses[i].edition_id && addresses[j].ordinal == addresses[i].ordinal)
            return err_set(call->err, ERR_INVALID_PARAM, "requirement", "%s is named more than once",
                           rows[i].requirement);
    return stmt_run(
        query_assist_requirement(call->store, of->intervention_id, addresses[i].edition_id, addresses[i].ordinal),
        call->err);
}

int assist_parts_requirements(struct call *call, const struct assist_parts *of, const struct addressed *rows, size_t n)
{
    struct address *addresses = arena_array(call->arena, n, sizeof *addresses);
    if (addresses == NULL)
        return answer_no_memory(call);
    for (size_t i = 0; i < n; i++)
        if (save_requirement(call, of, rows, i, addresses) != OK)
            return err_within(call->err, "requirements[%zu].", i);
    return OK;
}

/* A body or a holder; bodies are visible to everyone. */
static int find_payer(struct call *call, const char *text, int64_t *ret_body, int64_t *ret_holder)
{
    bool in_scope = true;
    int code = resolve_exact(call, NOUN_body, text, ret_body);
    if (code == OK)
        code = resolve_exact(call, NOUN_holder, text, ret_holder);
    if (code == OK && *ret_holder > 0)
        code = resolve_holder_in_scope(call, *ret_holder, &in_scope);
    if (code == OK && !in_scope)
        *ret_holder = 0;
    if (code == OK && *ret_body > 0 && *ret_holder > 0)
        return err_set(call->err, ERR_INVALID_PARAM, "payer", "%s is ambiguous: a body and a holder have this code",
                       text);
    if (code == OK && *ret_body == 0 && *ret_holder == 0)
        return err_set(call->err, ERR_NOT_FOUND, "payer",
                       "no body, cooperative or enterprise %s, or outside your scope", text);
    return code;
}

static int save_payment(struct call *call, const struct assist_parts *of, const struct payment *row, size_t i)
{
    int64_t body_id, holder_id;
    int code = find_payer(call, row->payer, &body_id, &holder_id);
    if (code == OK)
        code = ended_check(call, NOUN_body, "payer", body_id, of->day);
    if (code == OK)
        code = ended_check(call, NOUN_holder, "payer", holder_id, of->day);
    if (code == OK && (row->amount.minor <= 0 || row->amount.minor > payment_max))
        code = err_set(call->err, ERR_INVALID_PARAM, "amount", "must be more than 0 and less than ten trillion");
    if (code != OK)
        return code;
    return stmt_run(
        query_assist_payment(call->store, of->intervention_id, (int64_t)i + 1, body_id, holder_id, row->amount),
        call->err);
}

int assist_parts_payments(struct call *call, const struct assist_parts *of, const struct payment *rows, size_t n)
{
    int code = OK;
    if (n > 0)
        code = stmt_run(query_assist_forget_payments(call->store, of->intervention_id), call->err);
    for (size_t i = 0; i < n && code == OK; i++)
        if (save_payment(call, of, &rows[i], i) != OK)
            code = err_within(call->err, "payments[%zu].", i);
    return code;
}

static int refuse_strangers(struct call *call, const struct assist_parts *of)
{
    struct stmt *q = query_assist_stranger(call->store, of->intervention_id, of->day);
    char text[DATE_TEXT];
    int code = OK;
    if (stmt_step(q))
        code = err_set(call->err, ERR_CONFLICT, "participations",
                       "planned participant %s was not a member of the cooperative on %s",
                       stmt_text(q, ASSIST_STRANGER_code), date_format(of->day, text));
    return answer_end(call, q, code);
}

static int refuse_excess(struct call *call, const struct assist_parts *of)
{
    struct stmt *q = query_assist_size(call->store, of->intervention_id);
    bool many = stmt_step(q) && stmt_int(q, ASSIST_SIZE_participants) > PARTICIPATIONS_MAX;
    bool longest = stmt_int(q, ASSIST_SIZE_planned) > MINUTES_MAX || stmt_int(q, ASSIST_SIZE_attended) > MINUTES_MAX;
    int code = answer_end(call, q, OK);
    if (code == OK && many)
        return err_set(call->err, ERR_INVALID_PARAM, "participations", "at most %d participants are allowed",
                       PARTICIPATIONS_MAX);
    if (code == OK && longest)
        return err_set(call->err, ERR_INVALID_PARAM, "participations", "the total number of hours is too large");
    return code;
}

/* What it cost, and what was paid. */
struct sums {
    struct money cost, paid;
    bool any, otherwise; /* whether anything was paid, and in another currency */
};

static int read_sums(struct call *call, int64_t id, struct sums *ret)
{
    struct stmt *q = query_assist_sums(call->store, id);
    if (stmt_step(q)) {
        const char *currency = stmt_text(q, ASSIST_SUMS_cost_currency);
        *ret = (struct sums){ .any = stmt_int(q, ASSIST_SUMS_payments) > 0,
                              .otherwise = stmt_int(q, ASSIST_SUMS_otherwise) > 0 };
        if (currency != NULL)
            strncpy(ret->cost.currency, currency, sizeof ret->cost.currency - 1);
        ret->paid = ret->cost;
        ret->cost.minor = currency != NULL ? stmt_int(q, ASSIST_SUMS_cost_minor) : 0;
        ret->paid.minor = stmt_int(q, ASSIST_SUMS_paid);
    }
    return answer_end(call, q, OK);
}

static int compare_sums(struct call *call, const struct assist_parts *of)
{
    struct sums sums = { 0 };
    int code = read_sums(call, of->intervention_id, &sums);
    if (code != OK || !sums.any)
        return code;
    if (sums.cost.currency[0] == '\0')
        return err_set(call->err, ERR_CONFLICT, "cost", "payments need a cost");
    if (sums.otherwise)
        return err_set(call->err, ERR_CONFLICT, "payments", "payments must be in %s, like the cost",
                       sums.cost.currency);
    if (sums.paid.minor == sums.cost.minor)
        return OK;
    return err_set(call->err, ERR_CONFLICT, "payments", "the payments add up to %s, but the cost is %s",
                   text_format_money(sums.paid, call->arena), text_format_money(sums.cost, call->arena));
}

int assist_parts_agree(struct call *call, const struct assist_parts *of)
{
    int code = of->cooperative_id > 0 ? refuse_strangers(call, of) : OK;
    if (code == OK)
        code = refuse_excess(call, of);
    return code == OK ? compare_sums(call, of) : code;
}
