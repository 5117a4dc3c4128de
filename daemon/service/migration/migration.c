/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/migration/migration.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/standard/edition.h"
#include "query/carry.h"
#include "query/holder.h"
#include "query/status.h"

#include <string.h>

enum { UNDO_DAYS = 30, FROM_TEXT = 400 };

int migration_prepare(struct call *call, int64_t from_id, int64_t to_id, struct date on, struct migration_plan *ret)
{
    *ret = (struct migration_plan){ .on = on };
    int code = catalogue_edition(call, from_id, &ret->from);
    if (code == OK)
        code = catalogue_edition(call, to_id, &ret->to);
    if (code == OK && from_id == to_id)
        code = err_set(call->err, ERR_INVALID_PARAM, "to", "%s is the source edition; name another one", ret->to->code);
    if (code == OK)
        code = map_chain(call, from_id, to_id, on, ret->steps, &ret->n_steps);
    if (code == OK && ret->n_steps == 0)
        code = err_set(call->err, ERR_CONFLICT, "to",
                       "no map from %s to %s; an administrator can publish one with sme-ctl standard map",
                       ret->from->code, ret->to->code);
    if (code == OK)
        code = carry_sources(call, ret->steps, ret->n_steps, &ret->sources);
    if (code != OK)
        return code;
    ret->summary = arena_array(call->arena, (size_t)ret->to->n_requirements, sizeof *ret->summary);
    return ret->summary != NULL ? OK : answer_no_memory(call);
}

const char *migration_maps(struct call *call, const struct migration_plan *plan)
{
    const char *text = "";
    for (size_t i = 0; i < plan->n_steps && text != NULL; i++)
        text = arena_printf(call->arena, "%s%sK%lld", text, i > 0 ? " " : "", (long long)plan->steps[i].map_id);
    return text;
}

/* The codes of a requirement's sources, as many as fit. */
static int list_sources(struct call *call, const struct migration_plan *plan, const struct carry_source *s,
                        const char **ret)
{
    struct buf text;
    buf_init(&text, FROM_TEXT + 1);
    for (size_t i = 0; i < s->n; i++) {
        const char *code = plan->from->requirements[s->ordinals[i]].code;
        if (text.size + strlen(code) + sizeof ", …" > FROM_TEXT) {
            buf_text(&text, ", …");
            break;
        }
        buf_printf(&text, "%s%s", i > 0 ? ", " : "", code);
    }
    *ret = s->n > 0 && !text.failed ? arena_text(call->arena, (const char *)text.data, text.size) : NULL;
    buf_fini(&text);
    return s->n > 0 && *ret == NULL ? answer_no_memory(call) : OK;
}

int migration_describe(struct call *call, const struct migration_plan *plan, int32_t ordinal,
                       struct migration_requirement *ret)
{
    const struct catalogue_requirement *r = &plan->to->requirements[ordinal];
    const struct carry_source *s = &plan->sources[ordinal];
    ret->requirement = r->code;
    ret->title = r->title;
    ret->relation = s->n > 0 ? s->relation : 0;
    return list_sources(call, plan, s, &ret->from);
}

static void add(struct edition_migration *to, const struct migration_holder *h)
{
    to->holders++;
    to->carried += h->carried;
    to->kept += h->kept;
    to->anew += h->anew;
    to->findings += h->findings;
    to->ready_before += h->before == VERDICT_READY;
    to->ready_after += h->after == VERDICT_READY;
}

/* The cooperative and its members on that day. */
static int list_holders(struct call *call, int64_t cooperative_id, struct date on, struct page *ret)
{
    struct stmt *q = query_status_holders_of(call->store, cooperative_id, on);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        int64_t id = stmt_int(q, STATUS_HOLDERS_id);
        if (!page_push(ret, call->arena, &id, sizeof id))
            code = answer_no_memory(call);
    }
    return answer_end(call, q, code);
}

/* Every holder in turn; rows: NULL, or the page that their rows are pushed to. */
static int carry_holders(struct call *call, const struct migration_plan *plan, int64_t cooperative_id,
                         struct edition_migration *totals, struct page *rows)
{
    struct page ids = { 0 };
    int code = list_holders(call, cooperative_id, plan->on, &ids);
    for (size_t i = 0; i < ids.n && code == OK; i++) {
        struct migration_holder row = { 0 };
        row.holder.id = ((const int64_t *)ids.rows)[i];
        code = migration_carry(call, plan, row.holder.id, &row);
        add(totals, &row);
        if (code == OK && rows != NULL && !page_push(rows, call->arena, &row, sizeof row))
            code = answer_no_memory(call);
    }
    return code;
}

static int name_holders(struct call *call, struct migration_holder *rows, size_t n)
{
    int code = OK;
    for (size_t i = 0; i < n && code == OK; i++) {
        struct stmt *q = query_holder_facts(call->store, rows[i].holder.id);
        rows[i].holder.text = stmt_step(q) ? stmt_dup(q, HOLDER_FACTS_code, call->arena) : NULL;
        code = answer_end(call, q, OK);
        if (code == OK && rows[i].holder.text == NULL)
            code = answer_no_memory(call);
    }
    return code;
}

static int list_requirements(struct call *call, const struct migration_plan *plan, struct migration_detail *ret)
{
    int code = OK;
    ret->requirements = arena_array(call->arena, (size_t)plan->to->n_assessable, sizeof *ret->requirements);
    if (ret->requirements == NULL)
        return answer_no_memory(call);
    for (int32_t i = 0; i < plan->to->n_requirements && code == OK; i++) {
        if (!plan->to->requirements[i].assessable)
            continue;
        struct migration_requirement *r = &ret->requirements[ret->n_requirements++];
        *r = plan->summary[i];
        code = migration_describe(call, plan, i, r);
    }
    return code;
}

int standard_preview(struct call *call, const struct standard_preview *p, struct migration_detail *ret)
{
    struct date day = check_or_today(call, p->as_of);
    struct migration_plan plan;
    struct page rows = { 0 };
    int code = migration_prepare(call, p->from.id, p->to.id, day, &plan);
    if (code != OK)
        return code;
    ret->migration = arena_alloc(call->arena, sizeof *ret->migration);
    if (ret->migration == NULL)
        return answer_no_memory(call);
    *ret->migration = (struct edition_migration){
        .cooperative = p->cooperative, .from = p->from, .to = p->to, .on = day, .maps = migration_maps(call, &plan)
    };
    code = carry_holders(call, &plan, p->cooperative.id, ret->migration, &rows);
    ret->holders = rows.rows;
    ret->n_holders = rows.n;
    if (code == OK)
        code = name_holders(call, ret->holders, ret->n_holders);
    return code == OK ? list_requirements(call, &plan, ret) : code;
}

/* Nothing was carried over: already done, or nothing to carry. */
static int refuse_empty(struct call *call, const struct standard_migrate *p, int64_t before)
{
    if (before > 0)
        return err_set(call->err, ERR_CONFLICT, "to",
                       "R%lld already migrated the results of %s; to repeat it, roll it back first", (long long)before,
                       p->cooperative.text);
    return err_set(call->err, ERR_CONFLICT, "from", "no result of %s adds anything to %s; see sme-ctl standard preview",
                   p->from.text, p->to.text);
}

static int write_plan(struct call *call, const struct standard_migrate *p, struct migration_plan *plan)
{
    struct date until = { plan->on.day + (int32_t)(p->has_undo_days ? p->undo_days : UNDO_DAYS) };
    int code = answer_number(
        call, query_carry_migration_insert(call->store, p->cooperative.id, p->from.id, p->to.id, plan->on, until),
        &plan->id);
    for (size_t i = 0; i < plan->n_steps && code == OK; i++)
        code = stmt_run(query_carry_map_insert(call->store, plan->id, (int64_t)i, plan->steps[i].map_id), call->err);
    return code;
}

static int write_summary(struct call *call, const struct migration_plan *plan)
{
    int code = OK;
    for (int32_t i = 0; i < plan->to->n_requirements && code == OK; i++) {
        const struct migration_requirement *s = &plan->summary[i];
        if (plan->to->requirements[i].assessable)
            code = stmt_run(query_carry_requirement_insert(call->store, plan->id, i, s->conforming, s->nonconforming,
                                                           s->not_applicable, s->kept, s->anew),
                            call->err);
    }
    return code;
}

static int check_migrate(struct call *call, const struct standard_migrate *p, struct date on,
                         struct migration_plan *ret_plan, int64_t *ret_before)
{
    int code = migration_prepare(call, p->from.id, p->to.id, on, ret_plan);
    if (code == OK)
        code = edition_check(call, ret_plan->to, on, "to", "the migration");
    if (code != OK)
        return code;
    return answer_number(call, query_carry_active(call->store, p->cooperative.id, p->from.id, p->to.id, on),
                         ret_before);
}

int standard_migrate(struct call *call, const struct standard_migrate *p, struct edition_migration *ret)
{
    struct date on = check_or_today(call, p->on);
    struct migration_plan plan;
    struct edition_migration totals = { 0 };
    int64_t before = 0;
    int code = check_migrate(call, p, on, &plan, &before);
    if (code == OK)
        code = write_plan(call, p, &plan);
    if (code == OK)
        code = carry_holders(call, &plan, p->cooperative.id, &totals, NULL);
    if (code == OK && totals.carried == 0)
        code = refuse_empty(call, p, before);
    if (code == OK)
        code = write_summary(call, &plan);
    if (code == OK)
        code = answer_record(call, query_carry_record(call->store, plan.id, call->today), RECORD_edition_migration,
                             ret);
    ret->maps = code == OK ? migration_maps(call, &plan) : NULL;
    return code;
}
