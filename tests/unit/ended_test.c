/* SPDX-License-Identifier: Apache-2.0 */
/* Whoever or whatever has ended: each reference of each write, driven by the tables, and what rows name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/field.h"
#include "daemon/service/call/ended.h"
#include "daemon/service/call/resolve.h"
#include "tests/support/desk.h"
#include "tests/support/expect.h"

#include <string.h>

static const char ended_on[] = "2026-02-10", day_before[] = "2026-02-09",
                  sha[] = "0000000000000000000000000000000000000000000000000000000000000000";

static struct desk desk;

/* Something of each noun that has ended, on one day: the last one it was there, or the first it was not. */
static const char *gone[NOUN_COUNT];

static void end_people_and_holders(void)
{
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "left", .name = "Left"));
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "here", .name = "Here"));
    must(&desk.err, DESK(&desk, person_update, NULL, .person = desk_ref("left"), .ended_on = desk_day(ended_on)));
    must(&desk.err,
         DESK(&desk, body_create, NULL, .code = "closed", .name = "Closed", .kind = BODY_CERTIFICATION_BODY));
    must(&desk.err, DESK(&desk, body_create, NULL, .code = "CB", .name = "CB", .kind = BODY_CERTIFICATION_BODY));
    must(&desk.err, DESK(&desk, body_update, NULL, .body = desk_ref("closed"), .ended_on = desk_day(ended_on)));
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = "OLD", .name = "Old"));
    must(&desk.err, DESK(&desk, coop_end, NULL, .cooperative = desk_ref("OLD"), .on = desk_day(ended_on)));
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = "SOLD", .name = "Sold", .activity = ACTIVITY_FARM));
    must(&desk.err, DESK(&desk, enterprise_end, NULL, .enterprise = desk_ref("SOLD"), .on = desk_day(ended_on)));
    gone[NOUN_person] = "left";
    gone[NOUN_body] = "closed";
    gone[NOUN_cooperative] = "OLD";
    gone[NOUN_enterprise] = gone[NOUN_holder] = "SOLD";
}

static void end_edition(void)
{
    struct standard_publish p = { .standard = "past",
                                  .name = "Past",
                                  .owner = "Us",
                                  .domain = DOMAIN_QUALITY,
                                  .certifies = CERTIFIES_GROUP,
                                  .edition = "1",
                                  .source = "made up",
                                  .valid_until = desk_day(ended_on) };
    struct pass_clause pass[] = { { .kind = CLAUSE_ALL, .level = LEVEL_MAJOR } };
    struct requirement_text text = { .lang = "en", .title = "A requirement" };
    struct requirement rows[] = { { .code = "R1", .level = LEVEL_MAJOR, .texts = &text, .n_texts = 1 } };
    p.pass = pass;
    p.n_pass = 1;
    p.requirements = rows;
    p.n_requirements = 1;
    must(&desk.err, desk_call(&desk, METHOD_standard_publish, &p, NULL));
    gone[NOUN_edition] = "past:1";
}

static void end_records(void)
{
    struct appointment n;
    struct membership m;
    struct certificate c;
    struct relation d;
    struct evidence e;
    struct sanction x;
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"));
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = "E1", .name = "E1", .activity = ACTIVITY_FARM,
                         .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2026-01-01")));
    must(&desk.err, DESK(&desk, person_appoint, &n, .person = desk_ref("here"), .role = PERSON_AUDITOR,
                         .body = desk_ref("CB"), .from = desk_day("2026-01-01")));
    must(&desk.err, DESK(&desk, person_release, NULL, .appointment = n.appointment, .on = desk_day(ended_on)));
    must(&desk.err, DESK(&desk, member_leave, &m, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E1"),
                         .on = desk_day(ended_on)));
    must(&desk.err, DESK(&desk, cert_grant, &c, .holder = desk_ref("ALFA"), .edition = desk_ref("iso"), .number = "1",
                         .body = desk_ref("CB"), .decided_on = desk_day("2026-01-05"),
                         .valid_until = desk_day("2027-01-01"), .override = "made up"));
    must(&desk.err,
         DESK(&desk, cert_withdraw, NULL, .certificate = c.certificate, .reason = "x", .on = desk_day(ended_on)));
    must(&desk.err, DESK(&desk, impartiality_declare, &d, .person = desk_ref("here"), .holder = desk_ref("E1"),
                         .relation = RELATION_OWNER, .declared_on = desk_day("2026-01-05")));
    must(&desk.err, DESK(&desk, impartiality_withdraw, NULL, .declaration = d.declaration, .reason = "x",
                         .on = desk_day(ended_on)));
    must(&desk.err, DESK(&desk, evidence_add, &e, .holder = desk_ref("E1"), .title = "x", .kind = FILE_DOCUMENT,
                         .sha256 = sha, .bytes = 1, .has_bytes = true, .expires_on = desk_day(ended_on)));
    must(&desk.err, DESK(&desk, group_exclude, &x, .cooperative = desk_ref("ALFA"), .edition = desk_ref("iso"),
                         .kind = SANCTION_WARNING, .reason = "x", .on = desk_day("2026-01-05")));
    must(&desk.err, DESK(&desk, group_readmit, NULL, .cooperative = desk_ref("ALFA"), .sanction = x.sanction,
                         .reason = "x", .on = desk_day(ended_on)));
    gone[NOUN_appointment] = n.appointment.text;
    gone[NOUN_membership] = m.membership.text;
    gone[NOUN_certificate] = c.certificate.text;
    gone[NOUN_declaration] = d.declaration.text;
    gone[NOUN_evidence] = e.evidence.text;
    gone[NOUN_sanction] = x.sanction.text;
}

/* What acts from the day it is recorded ends on that day. */
static void end_on_its_day(void)
{
    struct excuse given;
    struct edition_migration moved;
    struct map_row same[] = { { .from = "R1", .to = "R1", .relation = MAP_EQUAL } };
    desk_set_today(&desk, ended_on);
    desk_publish(&desk, "next", "1");
    must(&desk.err, DESK(&desk, map_publish, NULL, .from = desk_ref("iso:1"), .to = desk_ref("next:1"),
                         .source = "made up", .rows = same, .n_rows = 1));
    struct response rows[] = { { .requirement = "R1", .result = RESULT_CONFORMING } };
    must(&desk.err,
         DESK(&desk, audit_record, NULL, .holder = desk_ref("ALFA"), .edition = desk_ref("iso"),
              .kind = AUDIT_INTERNAL_AUDIT, .on = desk_day("2026-01-06"), .responses = rows, .n_responses = 1));
    must(&desk.err, DESK(&desk, pursuit_enrol, NULL, .holder = desk_ref("ALFA"), .edition = desk_ref("iso"),
                         .on = desk_day("2026-01-05")));
    must(&desk.err, DESK(&desk, standard_migrate, &moved, .cooperative = desk_ref("ALFA"), .from = desk_ref("iso:1"),
                         .to = desk_ref("next:1")));
    must(&desk.err, DESK(&desk, standard_rollback, NULL, .migration = moved.migration, .reason = "x"));
    must(&desk.err, DESK(&desk, evidence_add, NULL, .holder = desk_ref("ALFA"), .title = "x", .kind = FILE_DOCUMENT,
                         .sha256 = sha, .bytes = 1, .has_bytes = true, .expires_on = desk_day("2026-02-01")));
    must(&desk.err,
         DESK(&desk, due_excuse, &given, .holder = desk_ref("ALFA"), .kind = DUE_EVIDENCE_EXPIRY, .reason = "x"));
    must(&desk.err, DESK(&desk, due_void, NULL, .excuse = given.excuse, .reason = "x"));
    gone[NOUN_excuse] = given.excuse.text;
    gone[NOUN_migration] = moved.migration.text;
}

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    desk_publish(&desk, "iso", "1");
    end_people_and_holders();
    end_edition();
    end_records();
    end_on_its_day();
    desk_set_today(&desk, "2026-03-10");
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

/* Only this reference is given, and each day that the call may speak of, unless it is not set. */
static int name(const struct method *m, const struct field *f, struct date on, struct err *e)
{
    struct arena arena;
    arena_init(&arena, 64 * 1024 * 1024);
    struct call call = { .method = m,
                         .caller = &desk.caller,
                         .store = desk.run.store,
                         .catalogue = desk.run.catalogue,
                         .arena = &arena,
                         .err = e,
                         .now = desk.now,
                         .today = date_of_instant(desk.now) };
    void *params = arena_alloc(&arena, m->size);
    ((struct ref *)(void *)((char *)params + f->offset))->text = gone[f->of];
    for (size_t i = 0; i < m->n_params && date_is_set(on); i++)
        if (m->params[i].type == FIELD_DATE && (m->params[i].of & DAY_ON) != 0)
            *(struct date *)(void *)((char *)params + m->params[i].offset) = on;
    assert_int_equal(store_begin(desk.run.store, e), OK);
    int code = resolve_scope(&call);
    if (code == OK)
        code = resolve_params(&call, params);
    store_rollback(desk.run.store);
    arena_reset(&arena);
    return code;
}

static bool speaks_of_a_day(const struct method *m)
{
    for (size_t i = 0; i < m->n_params; i++)
        if (m->params[i].type == FIELD_DATE && (m->params[i].of & DAY_ON) != 0)
            return true;
    return false;
}

static void refuses(const struct method *m, const struct field *f, struct date on)
{
    struct err e = { 0 };
    int code = name(m, f, on, &e);
    int expected = api_nouns[f->of].letters[0] != '\0' ? ERR_BAD_STATE : ERR_CONFLICT;
    if (code != expected || strcmp(e.field, f->name) != 0 || strstr(e.message, gone[f->of]) == NULL
        || strstr(e.message, ended_on) == NULL)
        fail_msg("%s takes %s, which had ended, as its %s: %d (%s: %s)", m->name, gone[f->of], f->name, code, e.field,
                 e.message);
}

static void takes(const struct method *m, const struct field *f, struct date on)
{
    struct err e = { 0 };
    if (name(m, f, on, &e) != OK)
        fail_msg("%s does not take %s as its %s: %s: %s", m->name, gone[f->of], f->name, e.field, e.message);
}

static bool ends(const struct field *f)
{
    return f->type == FIELD_REF && api_noun_ends[f->of].day != NULL;
}

/* Refused from the end on, taken for a day before it, unless it stands in the list of those that are kept. */
static void test_each_reference_of_each_write(void **state)
{
    (void)state;
    size_t refused = 0;
    for (size_t i = 0; i < METHOD_COUNT; i++)
        for (size_t k = 0; k < api_methods[i].n_params; k++) {
            const struct method *m = &api_methods[i];
            const struct field *f = &m->params[k];
            if (!ends(f))
                continue;
            if (m->kind != WRITE || ended_is_kept(m, f->name)) {
                takes(m, f, (struct date){ 0 });
                continue;
            }
            refuses(m, f, (struct date){ 0 });
            if (speaks_of_a_day(m))
                takes(m, f, desk_day(day_before));
            refused++;
        }
    assert_true(refused > 40);
}

/* The last day of what has one, and the first day without the rest. */
static void test_the_day_itself(void **state)
{
    (void)state;
    for (size_t i = 0; i < METHOD_COUNT; i++)
        for (size_t k = 0; k < api_methods[i].n_params; k++) {
            const struct method *m = &api_methods[i];
            const struct field *f = &m->params[k];
            if (m->kind != WRITE || !ends(f) || !speaks_of_a_day(m) || ended_is_kept(m, f->name))
                continue;
            bool there = api_noun_ends[f->of].bound == LAST_DAY_THERE;
            (there ? takes : refuses)(m, f, desk_day(ended_on));
        }
}

/* What is kept names a reference that could be refused, and says why. */
static void test_what_is_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < api_kept_fields_n; i++) {
        const struct kept_field *kept = &api_kept_fields[i];
        const struct method *m = &api_methods[kept->method];
        bool found = false;
        for (size_t k = 0; k < m->n_params; k++)
            found = found || (strcmp(m->params[k].name, kept->field) == 0 && ends(&m->params[k]));
        if (!found || m->kind != WRITE)
            fail_msg("ended.def: %s has no %s that could have ended", m->name, kept->field);
        assert_true(strlen(kept->why) > 10);
    }
}

/* Every noun either ends or says why nothing of it has to be refused. */
static void test_every_noun(void **state)
{
    (void)state;
    static const char *const lasting[NOUN_COUNT] = {
#define LASTING(id, why) [NOUN_##id] = why,
#include "common/api/api.inc"
    };
    for (int noun = NOUN_NONE + 1; noun < NOUN_COUNT; noun++) {
        bool ends_too = api_noun_ends[noun].day != NULL;
        if (ends_too == (lasting[noun] != NULL))
            fail_msg("ended.def: %s must have one row, ENDED or LASTING", api_nouns[noun].name);
        if (ends_too && gone[noun] == NULL)
            fail_msg("nothing of the noun %s has ended here", api_nouns[noun].name);
    }
}

static void expect_gone(int code, const char *field, const char *what)
{
    if (code != ERR_CONFLICT || strstr(desk.err.message, what) == NULL || strstr(desk.err.message, ended_on) == NULL)
        fail_msg("%s: %d (%s: %s)", what, code, desk.err.field, desk.err.message);
    assert_string_equal(desk.err.field, field);
}

static int record_with(const char *person, const char *on)
{
    struct audit_member team[] = { { .person = desk_ref(person), .role = TEAM_AUDITOR } };
    struct response rows[] = { { .requirement = "R1", .result = RESULT_NONCONFORMING, .class = CLASS_MAJOR } };
    return DESK(&desk, audit_record, NULL, .holder = desk_ref("ALFA"), .edition = desk_ref("iso"),
                .kind = AUDIT_INTERNAL_AUDIT, .on = desk_day(on), .team = team, .n_team = 1, .responses = rows,
                .n_responses = 1);
}

/* An audit of a day before the end is recorded later. */
static void test_rows(void **state)
{
    (void)state;
    expect_gone(record_with("left", ended_on), "team", "left");
    must(&desk.err, record_with("left", day_before));
    struct planned_action actions[] = {
        { .kind = ACTION_CORRECTION, .text = "x", .owner = "left", .due_on = desk_day("2026-04-01") }
    };
    expect_gone(DESK(&desk, finding_plan, NULL, .finding = desk_ref("F1"), .correction = "x", .root_cause = "x",
                     .actions = actions, .n_actions = 1),
                "actions[0].owner", "left");
    struct participation who[] = { { .enterprise = "SOLD" } };
    expect_gone(DESK(&desk, assist_record, NULL, .title = "x", .kind = TA_TRAINING,
                     .delivered_on = desk_day("2026-02-11"), .participations = who, .n_participations = 1),
                "participations[0].enterprise", "SOLD");
    struct payment paid[] = { { .payer = "closed", .amount = { 100, "USD" } } };
    expect_gone(DESK(&desk, assist_record, NULL, .title = "x", .kind = TA_TRAINING, .cost = { 100, "USD" },
                     .delivered_on = desk_day("2026-02-11"), .payments = paid, .n_payments = 1),
                "payments[0].payer", "closed");
    must(&desk.err, DESK(&desk, assist_record, NULL, .title = "x", .kind = TA_TRAINING, .cost = { 100, "USD" },
                         .delivered_on = desk_day(ended_on), .payments = paid, .n_payments = 1));
}

/* Who was planned and has gone since does not make the audit. */
static void test_as_planned(void **state)
{
    (void)state;
    struct audit planned;
    struct response rows[] = { { .requirement = "R1", .result = RESULT_CONFORMING } };
    desk_set_today(&desk, "2026-02-01");
    must(&desk.err, DESK(&desk, audit_plan, &planned, .holder = desk_ref("ALFA"), .edition = desk_ref("iso"),
                         .kind = AUDIT_INTERNAL_AUDIT, .on = desk_day("2026-02-05"), .auditor = desk_ref("left")));
    desk_set_today(&desk, "2026-03-10");
    expect_gone(DESK(&desk, audit_record, NULL, .holder = desk_ref("ALFA"), .edition = desk_ref("iso"),
                     .kind = AUDIT_INTERNAL_AUDIT, .on = desk_day("2026-03-01"), .planned = planned.audit,
                     .responses = rows, .n_responses = 1),
                "auditor", "left");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_reference_of_each_write),
        cmocka_unit_test(test_the_day_itself),
        cmocka_unit_test(test_what_is_kept),
        cmocka_unit_test(test_every_noun),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_as_planned),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
