/* SPDX-License-Identifier: Apache-2.0 */
/* Lists, shows and rolls back migrations. */
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/migration/migration.h"
#include "query/carry.h"

/* A migration as stored. */
struct facts {
    int64_t cooperative_id, from_id, to_id;
    struct date on, undo_until, rolled_back_on;
};

static int read_facts(struct call *call, int64_t id, struct facts *ret)
{
    struct stmt *q = query_carry_facts(call->store, id);
    if (stmt_step(q))
        *ret = (struct facts){ stmt_int(q, CARRY_FACTS_cooperative_id), stmt_int(q, CARRY_FACTS_from_id),
                               stmt_int(q, CARRY_FACTS_to_id),          stmt_date(q, CARRY_FACTS_on_day),
                               stmt_date(q, CARRY_FACTS_undo_until),    stmt_date(q, CARRY_FACTS_ended_on) };
    return answer_end(call, q, OK);
}

/* The maps it used, which may not be today's. */
static int read_plan(struct call *call, int64_t id, const struct facts *facts, struct migration_plan *ret)
{
    int64_t ids[MAP_STEPS_MAX];
    *ret = (struct migration_plan){ .id = id, .on = facts->on };
    struct stmt *q = query_carry_maps(call->store, id);
    while (ret->n_steps < MAP_STEPS_MAX && stmt_step(q))
        ids[ret->n_steps++] = stmt_int(q, CARRY_MAPS_map_id);
    int code = answer_end(call, q, OK);
    if (code == OK)
        code = catalogue_edition(call, facts->from_id, &ret->from);
    if (code == OK)
        code = catalogue_edition(call, facts->to_id, &ret->to);
    if (code == OK)
        code = map_steps(call, ids, ret->n_steps, ret->steps);
    return code == OK ? carry_sources(call, ret->steps, ret->n_steps, &ret->sources) : code;
}

static int load(struct call *call, int64_t id, const struct migration_plan *plan, struct date day,
                struct edition_migration *ret)
{
    int code = answer_record(call, query_carry_record(call->store, id, day), RECORD_edition_migration, ret);
    if (code != OK)
        return code;
    ret->maps = migration_maps(call, plan);
    return ret->maps != NULL ? OK : answer_no_memory(call);
}

int standard_migrations(struct call *call, const struct standard_migrations *p, struct page *ret)
{
    struct date day = check_or_today(call, p->as_of);
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_migration, &after);
    if (code != OK)
        return code;
    struct stmt *q = query_carry_list(call->store, p->cooperative.id, day, p->edition.id, resolve_scope_text(call),
                                      after, answer_limit(&p->page));
    code = answer_page(call, q, &p->page, ret);
    struct edition_migration *rows = ret->rows;
    for (size_t i = 0; i < ret->n && code == OK; i++) {
        struct facts facts = { 0 };
        struct migration_plan plan;
        code = read_facts(call, rows[i].migration.id, &facts);
        if (code == OK)
            code = read_plan(call, rows[i].migration.id, &facts, &plan);
        rows[i].maps = code == OK ? migration_maps(call, &plan) : NULL;
    }
    return code;
}

static int read_requirements(struct call *call, int64_t id, const struct migration_plan *plan,
                             struct migration_detail *ret)
{
    struct stmt *q = query_carry_requirements(call->store, id);
    int code = OK;
    ret->requirements = arena_array(call->arena, (size_t)plan->to->n_assessable, sizeof *ret->requirements);
    if (ret->requirements == NULL)
        code = answer_no_memory(call);
    while (code == OK && ret->n_requirements < (size_t)plan->to->n_assessable && stmt_step(q)) {
        struct migration_requirement *r = &ret->requirements[ret->n_requirements++];
        *r = (struct migration_requirement){ .conforming = stmt_int(q, CARRY_REQUIREMENTS_conforming),
                                             .nonconforming = stmt_int(q, CARRY_REQUIREMENTS_nonconforming),
                                             .not_applicable = stmt_int(q, CARRY_REQUIREMENTS_not_applicable),
                                             .kept = stmt_int(q, CARRY_REQUIREMENTS_kept),
                                             .anew = stmt_int(q, CARRY_REQUIREMENTS_anew) };
        code = migration_describe(call, plan, (int32_t)stmt_int(q, CARRY_REQUIREMENTS_ordinal), r);
    }
    return answer_end(call, q, code);
}

int standard_migration(struct call *call, const struct standard_migration *p, struct migration_detail *ret)
{
    struct date day = check_or_today(call, p->as_of);
    struct facts facts = { 0 };
    struct migration_plan plan;
    ret->migration = arena_alloc(call->arena, sizeof *ret->migration);
    if (ret->migration == NULL)
        return answer_no_memory(call);
    int code = read_facts(call, p->migration.id, &facts);
    if (code == OK)
        code = read_plan(call, p->migration.id, &facts, &plan);
    if (code == OK)
        code = load(call, p->migration.id, &plan, day, ret->migration);
    if (code == OK)
        code = answer_rows(call, query_carry_holders(call->store, p->migration.id), RECORD_migration_holder,
                           &ret->holders, &ret->n_holders);
    return code == OK ? read_requirements(call, p->migration.id, &plan, ret) : code;
}

static int check_days(struct call *call, const struct standard_rollback *p, const struct facts *f, struct date on)
{
    char day[DATE_TEXT];
    if (date_is_set(f->rolled_back_on))
        return err_set(call->err, ERR_BAD_STATE, "migration", "%s was already rolled back on %s", p->migration.text,
                       date_format(f->rolled_back_on, day));
    if (date_before(on, f->on))
        return err_set(call->err, ERR_INVALID_PARAM, "on", "must not be before the migration, on %s",
                       date_format(f->on, day));
    if (date_before(f->undo_until, on))
        return err_set(
            call->err, ERR_CONFLICT, "on",
            "%s could be rolled back until %s; audit again instead, as new results replace the migrated ones",
            p->migration.text, date_format(f->undo_until, day));
    return OK;
}

/* What is based on the results carried over: certificates, follow-up audits, further migrations. */
static int check_unused(struct call *call, const struct standard_rollback *p, const struct facts *f)
{
    static const struct {
        struct stmt *(*query)(struct store *store, int64_t migration, int64_t edition, struct date since);
        enum noun noun;
        const char *why;
    } uses[] = {
        { query_carry_certificate, NOUN_certificate, "was decided since then, for the same edition" },
        { query_carry_follow_up, NOUN_audit, "is a follow-up audit that relies on it" },
        { query_carry_onward, NOUN_migration, "migrated its results further; roll that back first" },
    };
    int code = OK;
    for (size_t i = 0; i < sizeof uses / sizeof uses[0] && code == OK; i++) {
        int64_t id = 0;
        code = answer_number(call, uses[i].query(call->store, p->migration.id, f->to_id, f->on), &id);
        if (code == OK && id > 0)
            code = err_set(call->err, ERR_CONFLICT, "migration", "%s cannot be rolled back: %s %s", p->migration.text,
                           ref_put(uses[i].noun, id, (char[REF_TEXT]){ 0 }), uses[i].why);
    }
    return code;
}

/* Updates the standings of its holders. */
static int update_standings(struct call *call, int64_t id, int64_t edition_id)
{
    struct stmt *q = query_carry_audited(call->store, id);
    struct arena scratch;
    struct call within = *call;
    int code = OK;
    arena_init(&scratch, call->arena->limit);
    within.arena = &scratch;
    while (code == OK && stmt_step(q)) {
        code = standing_update(&within, stmt_int(q, CARRY_AUDITED_holder_id), edition_id);
        arena_reset(&scratch);
    }
    return answer_end(call, q, code);
}

static int undo(struct call *call, const struct standard_rollback *p, const struct facts *f, struct date on)
{
    const char *reason = arena_printf(call->arena, "%s was rolled back: %s", p->migration.text, p->reason);
    if (reason == NULL)
        return answer_no_memory(call);
    int code = stmt_run(query_carry_end_insert(call->store, p->migration.id, on, p->reason), call->err);
    if (code == OK)
        code = stmt_run(query_carry_close_steps(call->store, p->migration.id, on, reason), call->err);
    if (code == OK)
        code = stmt_run(query_carry_close_findings(call->store, p->migration.id, on, reason), call->err);
    return code == OK ? update_standings(call, p->migration.id, f->to_id) : code;
}

int standard_rollback(struct call *call, const struct standard_rollback *p, struct edition_migration *ret)
{
    struct date on = check_or_today(call, p->on);
    struct facts facts = { 0 };
    struct migration_plan plan;
    int code = read_facts(call, p->migration.id, &facts);
    if (code == OK)
        code = check_days(call, p, &facts, on);
    if (code == OK)
        code = check_unused(call, p, &facts);
    if (code == OK)
        code = undo(call, p, &facts, on);
    if (code == OK)
        code = read_plan(call, p->migration.id, &facts, &plan);
    return code == OK ? load(call, p->migration.id, &plan, call->today, ret) : code;
}
