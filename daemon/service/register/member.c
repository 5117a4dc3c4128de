/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/register/member.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/day.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/register/holder.h"
#include "daemon/service/register/mistake.h"
#include "daemon/service/standard/catalogue.h"
#include "daemon/service/standing/standing.h"
#include "query/cert.h"
#include "query/member.h"

/* A recorded membership; id 0 if none. */
struct recorded {
    int64_t id;
    struct date joined_on, left_on;
};

static int find(struct call *call, struct stmt *q, struct recorded *ret)
{
    *ret = (struct recorded){ 0 };
    if (stmt_step(q))
        *ret = (struct recorded){ stmt_int(q, MEMBER_PERIOD_id), stmt_date(q, MEMBER_PERIOD_joined_on),
                                  stmt_date(q, MEMBER_PERIOD_left_on) };
    return answer_end(call, q, OK);
}

static int refuse_overlap(struct call *call, const struct member_period *p, const char *field)
{
    struct recorded other;
    char from[DATE_TEXT], until[DATE_TEXT];
    int code = find(
        call, query_member_overlap(call->store, p->cooperative_id, p->enterprise_id, p->joined_on, p->left_on), &other);
    if (code != OK || other.id == 0)
        return code;
    date_format(other.joined_on, from);
    if (!date_is_set(other.left_on))
        return err_set(call->err, ERR_CONFLICT, field,
                       "the enterprise has been a member since %s; end that membership (M%lld) first", from,
                       (long long)other.id);
    return err_set(call->err, ERR_CONFLICT, field,
                   "the enterprise was a member from %s until %s (M%lld); use a day outside that period", from,
                   date_format(other.left_on, until), (long long)other.id);
}

/* A membership may not continue after the last day of either side. */
static int refuse_ended(struct call *call, int64_t holder_id, const struct member_period *p, const char *field)
{
    const char *name;
    struct date ended_on;
    char day[DATE_TEXT];
    int code = holder_name(call, holder_id, &name, &ended_on);
    if (code != OK || !date_is_set(ended_on))
        return code;
    if (date_is_set(p->left_on) && p->left_on.day <= ended_on.day + 1)
        return OK;
    return err_set(call->err, ERR_CONFLICT, field, "%s ended on %s; no membership can be later", name,
                   date_format(ended_on, day));
}

static int check_period(struct call *call, const struct member_period *p, const char *field)
{
    int code = day_not_future(call, field, p->joined_on);
    if (code == OK)
        code = day_not_future(call, "left_on", p->left_on);
    if (code == OK && date_is_set(p->left_on) && !date_before(p->joined_on, p->left_on))
        code = err_set(call->err, ERR_INVALID_PARAM, "left_on", "must be later than the first day of the membership");
    if (code == OK)
        code = refuse_ended(call, p->cooperative_id, p, field);
    if (code == OK)
        code = refuse_ended(call, p->enterprise_id, p, field);
    return code == OK ? refuse_overlap(call, p, field) : code;
}

int member_add(struct call *call, const struct member_period *p, const char *field, int64_t *ret_id)
{
    int code = check_period(call, p, field);
    if (code == OK)
        code = answer_number(call,
                             query_member_insert(call->store, p->cooperative_id, p->enterprise_id, p->joined_on,
                                                 p->left_on, call->today),
                             ret_id);
    if (code == OK && !date_is_set(p->left_on))
        code = standing_member_changed(call, p->cooperative_id, p->enterprise_id, 1);
    return code;
}

static int find_open(struct call *call, int64_t cooperative_id, int64_t enterprise_id, struct recorded *ret)
{
    return find(call, query_member_open(call->store, cooperative_id, enterprise_id), ret);
}

/* Without a first day: a member today, whenever it joined. */
static int import_undated(struct call *call, const struct member_period *p, bool *ret_new)
{
    struct recorded open, newest;
    char day[DATE_TEXT];
    int code = find_open(call, p->cooperative_id, p->enterprise_id, &open);
    *ret_new = false;
    if (code != OK || open.id > 0)
        return code;
    code = find(call, query_member_newest(call->store, p->cooperative_id, p->enterprise_id), &newest);
    if (code == OK && newest.id > 0)
        code = err_set(call->err, ERR_CONFLICT, "joined_on", "the enterprise left on %s; set the day it joined again",
                       date_format(newest.left_on, day));
    if (code != OK)
        return code;
    struct member_period from_today = *p;
    from_today.joined_on = call->today;
    *ret_new = true;
    return member_add(call, &from_today, "joined_on", &newest.id);
}

int member_import(struct call *call, const struct member_period *p, bool *ret_new)
{
    if (!date_is_set(p->joined_on) && !date_is_set(p->left_on))
        return import_undated(call, p, ret_new);
    if (!date_is_set(p->joined_on))
        return err_set(call->err, ERR_INVALID_PARAM, "joined_on", "is required with the day it left");
    struct recorded same;
    char here[DATE_TEXT], there[DATE_TEXT];
    int code = find(call, query_member_joined_on(call->store, p->cooperative_id, p->enterprise_id, p->joined_on),
                    &same);
    if (code != OK)
        return code;
    *ret_new = same.id == 0;
    if (same.id == 0)
        return member_add(call, p, "joined_on", &same.id);
    if (!date_is_set(p->left_on) || p->left_on.day == same.left_on.day)
        return OK;
    date_format(p->left_on, here);
    return err_set(call->err, ERR_CONFLICT, "left_on", "the file has %s, the register has '%s' (M%lld)", here,
                   date_format(same.left_on, there), (long long)same.id);
}

int member_on_day(struct call *call, int64_t cooperative_id, int64_t enterprise_id, struct date day, bool *ret)
{
    int64_t id = 0;
    int code = answer_number(call, query_member_on_day(call->store, cooperative_id, enterprise_id, day), &id);
    *ret = id > 0;
    return code;
}

static int load(struct call *call, int64_t id, struct membership *ret)
{
    return answer_record(call, query_member_show(call->store, id, call->today), RECORD_membership, ret);
}

/* Admitting an enterprise gives access to its records, so a member of another cooperative cannot be admitted behind
 * that one's back. */
static int check_elsewhere(struct call *call, int64_t enterprise_id, const char *code_text, struct date on)
{
    int64_t elsewhere = 0;
    if (call->scope.everywhere)
        return OK;
    int code = answer_number(
        call, query_member_count_elsewhere(call->store, enterprise_id, on, resolve_scope_text(call)), &elsewhere);
    if (code != OK || elsewhere == 0)
        return code;
    return err_set(call->err, ERR_CONFLICT, "enterprise",
                   "%s is a member of a cooperative outside your scope on that day or later; use the day it left "
                   "there, or ask an administrator to record both memberships",
                   code_text);
}

int member_join(struct call *call, const struct member_join *p, struct membership *ret)
{
    int64_t enterprise_id, id;
    int code = resolve_exact(call, NOUN_enterprise, p->enterprise, &enterprise_id);
    if (code != OK)
        return code;
    if (enterprise_id == 0)
        return err_set(call->err, ERR_NOT_FOUND, "enterprise", "no enterprise %s; register it first", p->enterprise);
    const struct member_period period = { p->cooperative.id, enterprise_id, check_or_today(call, p->on), { 0 } };
    code = check_elsewhere(call, enterprise_id, p->enterprise, period.joined_on);
    if (code == OK)
        code = member_add(call, &period, "on", &id);
    return code == OK ? load(call, id, ret) : code;
}

/* A member covered by the group's certificate may leave only while no sanction is pending against it, if the edition
 * has that rule (rules.group.leave_clean). */
static int refuse_leave(struct call *call, int64_t cooperative_id, const struct ref *enterprise, struct date on)
{
    struct stmt *q = query_cert_cover_sanctions(call->store, cooperative_id, enterprise->id, on);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        const struct catalogue_edition *edition;
        code = catalogue_edition(call, stmt_int(q, CERT_COVER_SANCTIONS_edition_id), &edition);
        const struct group_rule *rule = code == OK && edition->rules != NULL ? edition->rules->group : NULL;
        if (code == OK && rule != NULL && rule->leave_clean)
            code = err_set(
                call->err, ERR_CONFLICT, "enterprise",
                "sanction X%lld is pending against %s, which C%lld covers; lift it before the member leaves (%s)",
                (long long)stmt_int(q, CERT_COVER_SANCTIONS_sanction_id), enterprise->text,
                (long long)stmt_int(q, CERT_COVER_SANCTIONS_certificate_id), rule->source);
    }
    return answer_end(call, q, code);
}

int member_leave(struct call *call, const struct member_leave *p, struct membership *ret)
{
    struct recorded open;
    char day[DATE_TEXT];
    struct date on = check_or_today(call, p->on);
    int code = find_open(call, p->cooperative.id, p->enterprise.id, &open);
    if (code != OK)
        return code;
    if (open.id == 0)
        return err_set(call->err, ERR_CONFLICT, "enterprise", "%s is not a member of %s", p->enterprise.text,
                       p->cooperative.text);
    if (!date_before(open.joined_on, on))
        return err_set(call->err, ERR_CONFLICT, "on", "it joined on %s; a membership must last at least one day",
                       date_format(open.joined_on, day));
    code = refuse_leave(call, p->cooperative.id, &p->enterprise, on);
    if (code != OK)
        return code;
    code = stmt_run(query_member_leave(call->store, open.id, on, p->reason), call->err);
    if (code == OK)
        code = standing_member_changed(call, p->cooperative.id, p->enterprise.id, -1);
    return code == OK ? load(call, open.id, ret) : code;
}

/* The same rule as for leaving: a mistake must not be the way around it. */
static int check_void(struct call *call, const struct member_void *p, struct recorded *ret, struct member_period *of)
{
    struct stmt *q = query_member_facts(call->store, p->membership.id);
    stmt_step(q);
    *of = (struct member_period){ .cooperative_id = stmt_int(q, MEMBER_FACTS_cooperative_id),
                                  .enterprise_id = stmt_int(q, MEMBER_FACTS_enterprise_id) };
    *ret = (struct recorded){ p->membership.id, stmt_date(q, MEMBER_FACTS_joined_on),
                              stmt_date(q, MEMBER_FACTS_left_on) };
    struct mistake m = { .field = "membership",
                         .record = p->membership.text,
                         .holder_id = of->cooperative_id,
                         .recorded_on = stmt_date(q, MEMBER_FACTS_recorded_on),
                         .void_on = stmt_date(q, MEMBER_FACTS_void_on) };
    int code = answer_end(call, q, OK);
    if (code == OK)
        code = mistake_check(call, &m);
    if (code != OK || date_is_set(ret->left_on))
        return code;
    struct ref enterprise = { .id = of->enterprise_id };
    const char *name;
    struct date ended_on;
    code = holder_name(call, enterprise.id, &name, &ended_on);
    enterprise.text = name;
    return code == OK ? refuse_leave(call, of->cooperative_id, &enterprise, call->today) : code;
}

int member_void(struct call *call, const struct member_void *p, struct membership *ret)
{
    struct recorded there;
    struct member_period of;
    int code = check_void(call, p, &there, &of);
    if (code == OK)
        code = stmt_run(query_member_void(call->store, there.id, call->today, p->reason, call->caller->user),
                        call->err);
    if (code == OK && !date_is_set(there.left_on))
        code = standing_member_changed(call, of.cooperative_id, of.enterprise_id, -1);
    return code == OK ? load(call, there.id, ret) : code;
}

int member_rate(struct call *call, const struct member_rate *p, struct membership *ret)
{
    struct date on = check_or_today(call, p->on);
    char day[DATE_TEXT];
    int64_t id = 0;
    int code = answer_number(call, query_member_on_day(call->store, p->cooperative.id, p->enterprise.id, on), &id);
    if (code == OK && id == 0)
        code = err_set(call->err, ERR_CONFLICT, "enterprise", "%s is not a member of %s on %s", p->enterprise.text,
                       p->cooperative.text, date_format(on, day));
    if (code == OK)
        code = stmt_run(query_member_rate(call->store, p->cooperative.id, p->enterprise.id, p->risk, on, p->reason),
                        call->err);
    return code == OK ? load(call, id, ret) : code;
}

int member_list(struct call *call, const struct member_list *p, struct page *ret)
{
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_membership, &after);
    if (code != OK)
        return code;
    struct stmt *q = query_member_list(call->store, p->cooperative.id, check_or_today(call, p->as_of), p->ended, after,
                                       answer_limit(&p->page));
    return answer_page(call, q, &p->page, ret);
}
