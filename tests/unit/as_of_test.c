/* Any day can be asked about: a register is lived through day by day with writes made up by chance, every view is kept
 * at the end of some days, and asked for again at the end of all days as of then. Methods and views are found in the
 * interface table, so that a new one is part of this on the day it is declared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/field.h"
#include "tests/support/sample.h"
#include "tests/support/views.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 90, WRITES = 40, TAKEN = 8, AUDITS = 3, TRIES = 20, SEEDS = 3 };

/* Not dated, or about who may do what: done once before the first day, or not at all. */
static bool is_left_out(const struct method *m)
{
    static const char *const undated[] = { "coop.create",       "coop.update",    "enterprise.create",
                                           "enterprise.update", "cluster.create", "cluster.update",
                                           "body.create",       "body.update",    "person.create",
                                           "person.update",     "grant.add",      "grant.revoke",
                                           "standard.publish",  "coop.end" };
    for (size_t i = 0; i < sizeof undated / sizeof undated[0]; i++)
        if (strcmp(m->name, undated[i]) == 0)
            return true;
    return strncmp(m->name, "import.", 7) == 0;
}

static struct desk desk;
static struct pool pool;
static unsigned done[METHOD_COUNT], tried[METHOD_COUNT];

static void set_day(struct date day)
{
    char text[DATE_TEXT];
    pool.today = day;
    desk_set_today(&desk, date_format(day, text));
}

static void populate(void)
{
    static const char *const people[] = { "ana", "ben", "eva", "leo" };
    sample_publish(&desk, "one", "1");
    sample_publish(&desk, "two", "1");
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"), OK);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "BETA", .name = "Beta"), OK);
    for (int i = 0; i < 6; i++) {
        char code[] = "E0";
        code[1] = (char)('0' + i);
        assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
                              .cooperative = desk_ref(i % 2 == 0 ? "ALFA" : "BETA"), .joined_on = pool.today),
                         OK);
    }
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
        assert_int_equal(DESK(&desk, person_create, NULL, .code = people[i], .name = people[i]), OK);
    assert_int_equal(DESK(&desk, body_create, NULL, .code = "CB", .name = "CB", .kind = BODY_CERTIFICATION_BODY), OK);
    assert_int_equal(DESK(&desk, body_create, NULL, .code = "TA", .name = "TA", .kind = BODY_TA_PROVIDER), OK);
}

/* What was never done yet is tried harder. */
static void write_by_chance(enum method_id id)
{
    for (int i = 0; i < (done[id] == 0 ? TRIES : 1); i++) {
        void *params = pool_params(&pool, &api_methods[id]);
        if (params == NULL)
            return;
        tried[id]++;
        int code = desk_call(&desk, id, params, NULL);
        assert_int_not_equal(code, ERR_INTERNAL);
        done[id] += code == OK;
        if (code == OK)
            return;
    }
}

/* Audits by chance alone rarely suit their edition. */
static void audit_by_chance(void)
{
    static const char results[] = "ccccMmo-";
    char text[128];
    struct audit audit;
    size_t n = 0;
    static const char *const codes[] = { "1.1", "1.2", "1.3", "2.1", "2.2", "2.3" };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%s=%c ", codes[i], results[pool_pick(&pool, 8)]);
    struct response rows[16];
    size_t n_rows;
    memcpy(rows, sample_responses(text, &n_rows), sizeof rows);
    struct audit_record p = { .holder = desk_ref(pool_ref(&pool, NOUN_holder)),
                              .edition = desk_ref(pool_ref(&pool, NOUN_edition)),
                              .kind = 1 + pool_pick(&pool, AUDIT_UNANNOUNCED),
                              .on = pool.today,
                              .responses = rows,
                              .n_responses = n_rows };
    if (pool_pick(&pool, 2) == 0)
        p.auditor = desk_ref(pool_ref(&pool, NOUN_person));
    tried[METHOD_audit_record]++;
    if (desk_call(&desk, METHOD_audit_record, &p, &audit) == OK)
        done[METHOD_audit_record]++;
}

/* What is planned now and then, so that it can be delivered or cancelled. */
static void plan_assistance(void)
{
    struct participation row = { .enterprise = pool_ref(&pool, NOUN_enterprise), .planned = 120, .has_planned = true };
    struct assist_record p = { .title = "Coming",
                               .kind = TA_TRAINING,
                               .adviser = desk_ref(pool_ref(&pool, NOUN_person)),
                               .planned_on = { pool.today.day + 20 },
                               .participations = &row,
                               .n_participations = 1 };
    tried[METHOD_assist_record]++;
    done[METHOD_assist_record] += desk_call(&desk, METHOD_assist_record, &p, NULL) == OK;
}

/* A map from one edition to the other, or a newer one. */
static void map_by_chance(void)
{
    static const char *const codes[] = { "1.1", "1.2", "1.3", "2.1", "2.2", "2.3" };
    struct map_row rows[6];
    bool back = pool_pick(&pool, 4) == 0;
    for (size_t i = 0; i < 6; i++)
        rows[i] = (struct map_row){ .from = codes[i],
                                    .to = codes[pool_pick(&pool, 2) == 0 ? i : pool_pick(&pool, 6)],
                                    .relation = pool_pick(&pool, 2) == 0 ? MAP_EQUAL : 1 + pool_pick(&pool, MAP_NONE) };
    tried[METHOD_map_publish]++;
    done[METHOD_map_publish] += DESK(&desk, map_publish, NULL, .from = desk_ref(back ? "two:1" : "one:1"),
                                     .to = desk_ref(back ? "one:1" : "two:1"), .source = "chance", .rows = rows,
                                     .n_rows = 6)
                                == OK;
}

static void live_a_day(void)
{
    if (pool_pick(&pool, 10) == 0)
        map_by_chance();
    if (pool_pick(&pool, 4) == 0)
        plan_assistance();
    for (int i = 0; i < AUDITS; i++)
        audit_by_chance();
    pool_fill(&pool, &desk);
    for (int i = 0; i < WRITES; i++) {
        enum method_id id = pool_pick(&pool, METHOD_COUNT);
        bool once = id == METHOD_enterprise_end && done[id] > 0; /* or soon nobody would be left */
        if (api_methods[id].kind == WRITE && !is_left_out(&api_methods[id]) && !once)
            write_by_chance(id);
    }
}

/* A write that chance never got done proves nothing of its views. */
static void tell_writes(void)
{
    int never = 0;
    for (enum method_id id = 0; id < METHOD_COUNT; id++) {
        const struct method *m = &api_methods[id];
        if (m->kind != WRITE || is_left_out(m) || done[id] > 0)
            continue;
        fprintf(stderr, "%s never succeeded in %u tries\n", m->name, tried[id]);
        never++;
    }
    assert_int_equal(never, 0);
}

static void live(uint64_t seed, size_t *all, size_t *differing)
{
    struct views taken[TAKEN];
    size_t n = 0;
    desk_start(&desk, "2025-03-10");
    pool_init(&pool, seed);
    set_day(desk_day("2025-03-10"));
    populate();
    for (int i = 0; i < DAYS; i++) {
        live_a_day();
        if (i % (DAYS / TAKEN) == DAYS / TAKEN - 1 && n < TAKEN) {
            pool_fill(&pool, &desk);
            views_take(&taken[n++], &pool, &desk);
        }
        set_day((struct date){ pool.today.day + 1 + (int32_t)pool_pick(&pool, 12) });
    }
    for (size_t i = 0; i < n; i++) {
        *differing += views_differing(&taken[i], &desk);
        *all += taken[i].n;
        views_fini(&taken[i]);
    }
    pool_fini(&pool);
    desk_stop(&desk);
}

static void every_view_of_every_day(void **state)
{
    (void)state;
    size_t differing = 0, all = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        live(seed, &all, &differing);
    assert_int_equal(differing, 0);
    assert_true(all > 1000);
    tell_writes();
}

/* A view without as_of is one that nobody thought of. */
static void every_view_takes_a_day(void **state)
{
    (void)state;
    int missing = 0;
    for (enum method_id id = 0; id < METHOD_COUNT; id++) {
        const struct method *m = &api_methods[id];
        if (m->kind == WRITE || views_exempt(m) != NULL || field_find(m->params, m->n_params, "as_of", 5) != NULL)
            continue;
        fprintf(stderr, "%s takes no as_of\n", m->name);
        missing++;
    }
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_view_takes_a_day),
        cmocka_unit_test(every_view_of_every_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
