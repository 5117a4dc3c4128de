/* SPDX-License-Identifier: Apache-2.0 */
/* Every method × role × scope, driven by the tables: what a role opens, what a grant for one cooperative hides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/field.h"
#include "daemon/rpc/bind.h"
#include "daemon/service/call/resolve.h"
#include "tests/support/desk.h"
#include "tests/support/expect.h"
#include "tests/support/mend.h"
#include "tests/support/pool.h"

#include <stdio.h>
#include <string.h>

enum { UID_BOUND = 1000, UID_UNBOUND = 2000, UID_STRANGER = 3000, UID_OTHER = 4000, TRIES = 40 };

static struct desk desk;

/* What there is of each noun: all of it, what a caller sees whose grants are for ALFA, and one whose grants are for
 * BETA. */
static struct pool all, own, others;

/* A cooperative with what chance alone would not make of the things that belong to one. */
static void furnish(const char *coop, const char *enterprise)
{
    struct response responses[] = { { .requirement = "R1", .result = RESULT_NONCONFORMING } };
    struct participation who[] = { { .enterprise = enterprise } };
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = coop, .name = coop));
    must(&desk.err,
         DESK(&desk, enterprise_create, NULL, .code = enterprise, .name = enterprise, .activity = ACTIVITY_FARM,
              .cooperative = desk_ref(coop), .joined_on = desk_day("2026-01-01")));
    must(&desk.err, DESK(&desk, pursuit_enrol, NULL, .holder = desk_ref(enterprise), .edition = desk_ref("iso")));
    must(&desk.err,
         DESK(&desk, audit_record, NULL, .holder = desk_ref(enterprise), .edition = desk_ref("iso"),
              .kind = AUDIT_STAGE_2, .on = desk_day("2026-02-01"), .responses = responses, .n_responses = 1));
    must(&desk.err, DESK(&desk, assist_record, NULL, .title = "x", .kind = TA_TRAINING, .cooperative = desk_ref(coop),
                         .delivered_on = desk_day("2026-02-01"), .participations = who, .n_participations = 1));
    must(&desk.err, DESK(&desk, cert_grant, NULL, .holder = desk_ref(enterprise), .edition = desk_ref("iso"),
                         .number = coop, .body = desk_ref("CB"), .decided_on = desk_day("2026-03-01"),
                         .valid_until = desk_day("2027-01-01"), .override = "granted before the register began"));
    must(&desk.err, DESK(&desk, group_exclude, NULL, .cooperative = desk_ref(coop), .enterprise = desk_ref(enterprise),
                         .edition = desk_ref("iso"), .kind = SANCTION_WARNING, .reason = "x"));
    must(&desk.err, DESK(&desk, sample_draw, NULL, .cooperative = desk_ref(coop), .edition = desk_ref("iso"),
                         .purpose = SAMPLE_SURVEILLANCE));
    must(&desk.err, DESK(&desk, member_rate, NULL, .cooperative = desk_ref(coop), .enterprise = desk_ref(enterprise),
                         .risk = RISK_HIGH, .reason = "x"));
    must(&desk.err, DESK(&desk, inspector_appoint, NULL, .person = desk_ref("ana"), .cooperative = desk_ref(coop)));
    must(&desk.err, DESK(&desk, evidence_add, NULL, .holder = desk_ref(enterprise), .kind = FILE_DOCUMENT, .title = "x",
                         .sha256 = "1111111111111111111111111111111111111111111111111111111111111111", .bytes = 1,
                         .has_bytes = true));
    must(&desk.err, DESK(&desk, evidence_add, NULL, .holder = desk_ref(enterprise), .kind = FILE_DOCUMENT, .title = "x",
                         .sha256 = "0000000000000000000000000000000000000000000000000000000000000000", .bytes = 1,
                         .has_bytes = true, .expires_on = desk_day("2026-03-01")));
    must(&desk.err,
         DESK(&desk, due_excuse, NULL, .holder = desk_ref(enterprise), .kind = DUE_EVIDENCE_EXPIRY, .reason = "x"));
}

/* What is done in a cooperative about an enterprise that is a member of another too. It is named, so that whoever is
 * told of it would be told of the cooperative. */
static void share(const char *coop, const char *words)
{
    struct audit_member team[] = { { .person = desk_ref("seer"), .role = TEAM_AUDITOR } };
    must(&desk.err, DESK(&desk, member_join, NULL, .cooperative = desk_ref(coop), .enterprise = "SHARED",
                         .on = desk_day("2026-01-01")));
    must(&desk.err, DESK(&desk, group_exclude, NULL, .cooperative = desk_ref(coop), .enterprise = desk_ref("SHARED"),
                         .edition = desk_ref("iso"), .kind = SANCTION_WARNING, .reason = words,
                         .deadline = desk_day("2026-03-20")));
    must(&desk.err, DESK(&desk, member_rate, NULL, .cooperative = desk_ref(coop), .enterprise = desk_ref("SHARED"),
                         .risk = RISK_HIGH, .reason = words));
    must(&desk.err, DESK(&desk, audit_plan, NULL, .holder = desk_ref(coop), .edition = desk_ref("iso"),
                         .kind = AUDIT_SURVEILLANCE, .on = desk_day("2026-03-20"), .team = team, .n_team = 1));
    must(&desk.err, DESK(&desk, cert_grant, NULL, .holder = desk_ref(coop), .edition = desk_ref("map"), .number = words,
                         .body = desk_ref("CB"), .decided_on = desk_day("2026-03-01"),
                         .valid_until = desk_day("2026-03-30"), .route = ROUTE_GROUP, .override = words));
}

static void permit_everybody(void)
{
    for (int role = 1; role <= api_enums[ENUM_role].count; role++) {
        char bound[16], unbound[16];
        snprintf(bound, sizeof bound, "%d", UID_BOUND + role);
        snprintf(unbound, sizeof unbound, "%d", UID_UNBOUND + role);
        must(&desk.err,
             DESK(&desk, grant_add, NULL, .user = bound, .role = (enum role)role, .cooperative = desk_ref("ALFA")));
        must(&desk.err, DESK(&desk, grant_add, NULL, .user = unbound, .role = (enum role)role));
    }
    must(&desk.err, DESK(&desk, grant_add, NULL, .user = "4000", .role = ROLE_VIEWER, .cooperative = desk_ref("BETA")));
}

static void fill_pools(void)
{
    static const struct {
        struct pool *pool;
        int64_t uid; /* 0: an administrator */
    } pools[] = { { &all, 0 }, { &own, UID_BOUND + ROLE_VIEWER }, { &others, UID_OTHER } };
    for (size_t i = 0; i < sizeof pools / sizeof pools[0]; i++) {
        if (pools[i].uid != 0)
            desk_as_user(&desk, "viewer", pools[i].uid);
        pool_fill(pools[i].pool, &desk);
        desk_as_admin(&desk);
    }
}

static bool makes(const struct method *m, int noun)
{
    const struct field *first = &api_records[m->result].fields[0];
    return m->kind == WRITE && m->shape == ONE && first->type == FIELD_REF && first->of == noun;
}

/* What furnish() does not make is made by chance, of what there is in the pool. */
static void make(struct pool *pool, int noun)
{
    for (enum method_id id = 0; id < METHOD_COUNT; id++) {
        pool_stream(pool, api_methods[id].name);
        for (int i = 0; i < TRIES && makes(&api_methods[id], noun); i++) {
            const void *params = pool_params(pool, &api_methods[id]);
            if (params != NULL && desk_call(&desk, id, params, NULL) == OK)
                return;
        }
    }
}

static void make_the_rest(void)
{
    pool_init(&all, 1);
    pool_init(&own, 2);
    pool_init(&others, 3);
    all.today = own.today = others.today = desk_day("2026-03-10");
    fill_pools();
    for (int noun = NOUN_NONE + 1; noun < NOUN_COUNT; noun++) {
        if (api_nouns[noun].scoped && own.n[noun] == 0)
            make(&own, noun);
        if (api_nouns[noun].scoped ? others.n[noun] == 0 : all.n[noun] == 0)
            make(api_nouns[noun].scoped ? &others : &all, noun);
    }
}

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    desk_publish(&desk, "iso", "2015");
    must(&desk.err, DESK(&desk, cluster_create, NULL, .code = "TAMBO", .name = "Tambo"));
    must(&desk.err, DESK(&desk, body_create, NULL, .code = "CB", .name = "Certifier", .kind = BODY_CERTIFICATION_BODY));
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "ana", .name = "Ana"));
    must(&desk.err,
         DESK(&desk, person_appoint, NULL, .person = desk_ref("ana"), .role = PERSON_AUDITOR, .body = desk_ref("CB")));
    desk_publish(&desk, "map", "1");
    struct map_row same[] = { { .from = "R1", .to = "R1", .relation = MAP_EQUAL } };
    must(&desk.err, DESK(&desk, map_publish, NULL, .from = desk_ref("iso:2015"), .to = desk_ref("map:1"),
                         .source = "made up", .rows = same, .n_rows = 1));
    furnish("ALFA", "EALFA");
    furnish("BETA", "EBETA");
    permit_everybody();
    make_the_rest();
    mend_people(&desk);
    for (size_t i = 0; i < 2; i++)
        must(&desk.err,
             mend_until(&desk, i == 0 ? "F1" : "F2", FINDING_IMPLEMENTED, "2026-03-05", &(struct finding){ 0 }));
    must(&desk.err,
         DESK(&desk, enterprise_create, NULL, .code = "SHARED", .name = "Shared", .activity = ACTIVITY_FARM));
    share("ALFA", "of ALFA");
    share("BETA", "of BETA");
    fill_pools();
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    pool_fini(&all);
    pool_fini(&own);
    pool_fini(&others);
    desk_stop(&desk);
    return 0;
}

/* One call up to, or through, its handler; everything is undone. */
struct probe {
    struct call call;
    struct arena arena;
    struct err err;
    struct buf result;
    void *params;
};

static void probe_begin(struct probe *p, const struct method *m, const struct caller *caller)
{
    *p = (struct probe){ 0 };
    arena_init(&p->arena, 64 * 1024 * 1024);
    buf_init(&p->result, 16 * 1024 * 1024);
    p->params = arena_alloc(&p->arena, m->size);
    p->call = (struct call){ .method = m,
                             .caller = caller,
                             .store = desk.run.store,
                             .catalogue = desk.run.catalogue,
                             .arena = &p->arena,
                             .err = &p->err,
                             .now = desk.now,
                             .today = date_of_instant(desk.now) };
    assert_int_equal(store_begin(desk.run.store, &p->err), OK);
}

static void probe_end(struct probe *p)
{
    store_rollback(desk.run.store);
    buf_fini(&p->result);
    arena_reset(&p->arena);
}

static void set_ref(struct probe *p, const struct field *f, const char *text)
{
    ((struct ref *)(void *)((char *)p->params + f->offset))->text = text;
}

static bool is_scoped(const struct field *f)
{
    return f->type == FIELD_REF && api_nouns[f->of].scoped;
}

static bool is_own(int noun, const char *text)
{
    bool found = !api_nouns[noun].scoped;
    for (size_t i = 0; i < own.n[noun] && !found; i++)
        found = strcmp(own.refs[noun][i], text) == 0;
    return found;
}

/* The first thing there is of the noun that the caller's cooperative has, or that only another one has. */
static const char *thing(int noun, bool of_own)
{
    for (size_t i = 0; i < all.n[noun]; i++)
        if (is_own(noun, all.refs[noun][i]) == of_own)
            return all.refs[noun][i];
    fail_msg("%s has no row in furnish(), and chance makes none of %s cooperative", api_nouns[noun].name,
             of_own ? "the caller's" : "another");
    return NULL;
}

/* What a map leads to is another edition than where it comes from. */
static const char *own_of(const struct field *f)
{
    return f->of == NOUN_edition && strcmp(f->name, "to") == 0 ? "map" : thing(f->of, true);
}

/* Every reference names something of the caller's own; also those that could be left out. */
static void name_own(struct probe *p)
{
    for (size_t i = 0; i < p->call.method->n_params; i++)
        if (p->call.method->params[i].type == FIELD_REF)
            set_ref(p, &p->call.method->params[i], own_of(&p->call.method->params[i]));
}

static int resolve(struct probe *p)
{
    int code = resolve_scope(&p->call);
    return code == OK ? resolve_params(&p->call, p->params) : code;
}

/* The caller's kind of grant: role 0 is nobody, or an administrator. */
static struct caller somebody(int uid, int role)
{
    struct caller caller = { .uid = uid + role, .is_admin = uid == 0 };
    snprintf(caller.user, sizeof caller.user, "user%d", uid + role);
    return caller;
}

static void fails_with(const struct probe *p, int code, int expected, const char *field)
{
    if (code != expected)
        fail_msg("%s by %s: code %d (%s: %s), not %d", p->call.method->name, p->call.caller->user, code, p->err.field,
                 p->err.message, expected);
    if (field != NULL && strcmp(p->err.field, field) != 0)
        fail_msg("%s: the field is '%s', not '%s'", p->call.method->name, p->err.field, field);
}

static int by_naming_own(const struct method *m, const struct caller *caller)
{
    struct probe p;
    probe_begin(&p, m, caller);
    name_own(&p);
    int code = resolve(&p);
    probe_end(&p);
    return code;
}

static void test_admin_and_strangers(void **state)
{
    (void)state;
    const struct caller admin = somebody(0, 0), stranger = somebody(UID_STRANGER, 0);
    for (size_t m = 0; m < METHOD_COUNT; m++) {
        assert_int_equal(by_naming_own(&api_methods[m], &admin), OK);
        assert_int_equal(by_naming_own(&api_methods[m], &stranger), ERR_DENIED);
    }
}

/* A grant for every cooperative opens exactly the methods of its role. */
static void test_roles_everywhere(void **state)
{
    (void)state;
    for (size_t m = 0; m < METHOD_COUNT; m++)
        for (int role = 1; role <= api_enums[ENUM_role].count; role++) {
            const struct caller caller = somebody(UID_UNBOUND, role);
            bool opens = (api_methods[m].roles >> role & 1U) != 0;
            if ((by_naming_own(&api_methods[m], &caller) == OK) != opens)
                fail_msg("%s with the role %s", api_methods[m].name, api_choice_text(ENUM_role, role));
        }
}

/* What a grant for one cooperative should come to, for a call that names nothing of another. */
static int expected_of_bound(const struct method *m, int role)
{
    bool names_own = false;
    for (size_t i = 0; i < m->n_params; i++)
        names_own = names_own || is_scoped(&m->params[i]);
    if (!(m->roles >> role & 1U) || m->reach == EVERYWHERE || (m->kind == WRITE && !names_own))
        return ERR_DENIED;
    return OK;
}

static void test_roles_of_one_cooperative(void **state)
{
    (void)state;
    for (size_t m = 0; m < METHOD_COUNT; m++)
        for (int role = 1; role <= api_enums[ENUM_role].count; role++) {
            const struct caller caller = somebody(UID_BOUND, role);
            int expected = expected_of_bound(&api_methods[m], role);
            int code = by_naming_own(&api_methods[m], &caller);
            if (code != expected)
                fail_msg("%s with the role %s for one cooperative: %d, not %d", api_methods[m].name,
                         api_choice_text(ENUM_role, role), code, expected);
        }
}

/* References to what is everybody's. */
static void name_common(struct probe *p)
{
    for (size_t i = 0; i < p->call.method->n_params; i++) {
        const struct field *f = &p->call.method->params[i];
        if (f->type == FIELD_REF && !is_scoped(f))
            set_ref(p, f, thing(f->of, true));
    }
}

/* A write of somebody bound to a cooperative that names nothing of it. */
static void test_writes_name_their_own(void **state)
{
    (void)state;
    size_t writes = 0;
    for (size_t m = 0; m < METHOD_COUNT; m++)
        for (int role = 1; role <= api_enums[ENUM_role].count; role++) {
            const struct caller caller = somebody(UID_BOUND, role);
            struct probe p;
            probe_begin(&p, &api_methods[m], &caller);
            name_common(&p);
            if (api_methods[m].kind == WRITE && resolve_scope(&p.call) == OK) {
                fails_with(&p, resolve_params(&p.call, p.params), ERR_DENIED, NULL);
                writes++;
            }
            probe_end(&p);
        }
    assert_true(writes > 20);
}

/* One reference at a time to a thing of another cooperative: as if it did not exist. */
static void test_what_is_of_others_is_not_found(void **state)
{
    (void)state;
    size_t references = 0;
    for (size_t m = 0; m < METHOD_COUNT; m++)
        for (size_t i = 0; i < api_methods[m].n_params; i++)
            for (int role = 1; role <= api_enums[ENUM_role].count; role++) {
                const struct field *f = &api_methods[m].params[i];
                const struct caller caller = somebody(UID_BOUND, role);
                if (!is_scoped(f) || expected_of_bound(&api_methods[m], role) != OK)
                    continue;
                struct probe p;
                probe_begin(&p, &api_methods[m], &caller);
                name_own(&p);
                set_ref(&p, f, thing(f->of, false));
                fails_with(&p, resolve(&p), ERR_NOT_FOUND, f->name);
                probe_end(&p);
                references++;
            }
    assert_true(references > 50);
}

static void test_every_noun_is_furnished(void **state)
{
    (void)state;
    for (int noun = NOUN_NONE + 1; noun < NOUN_COUNT; noun++) {
        thing(noun, true);
        if (api_nouns[noun].scoped)
            thing(noun, false);
    }
}

static bool speaks_of(const struct buf *b, const char *word)
{
    return memmem(b->data, b->size, word, strlen(word)) != NULL;
}

/* Runs the handler of a read; ret lives in the probe's arena. */
static int answer(struct probe *p)
{
    const struct method *m = p->call.method;
    void *ret = arena_alloc(&p->arena, m->shape == PAGE ? sizeof(struct page) : api_records[m->result].size);
    int code = resolve(p);
    if (code == OK)
        code = bind_handlers[m - api_methods](&p->call, p->params, ret);
    return code == OK ? codec_encode_result(m, ret, &p->result, &p->err) : code;
}

/* member: of the caller's cooperative, asked about wherever an enterprise or any holder may be named; NULL: as little
 * as must be is named. */
static bool tells_of_another(const struct method *m, int uid, const char *member)
{
    const struct caller caller = somebody(uid, ROLE_VIEWER);
    struct probe p;
    probe_begin(&p, m, &caller);
    for (size_t i = 0; i < m->n_params; i++) {
        const struct field *f = &m->params[i];
        bool of_member = member != NULL && f->type == FIELD_REF && (f->of == NOUN_enterprise || f->of == NOUN_holder);
        if (of_member)
            set_ref(&p, f, member);
        else if (f->type == FIELD_REF && field_is_required(f))
            set_ref(&p, f, own_of(f));
    }
    fails_with(&p, answer(&p), OK, NULL);
    bool tells = speaks_of(&p.result, "BETA");
    probe_end(&p);
    return tells;
}

/* Lists that are asked for everything, and records of the caller's own, tell nothing of another cooperative; those
 * of somebody unbound do. */
static void test_answers_keep_to_the_scope(void **state)
{
    (void)state;
    size_t told = 0;
    for (size_t m = 0; m < METHOD_COUNT; m++) {
        if (api_methods[m].kind == WRITE || api_methods[m].reach == EVERYWHERE)
            continue;
        if (tells_of_another(&api_methods[m], UID_BOUND, NULL))
            fail_msg("%s tells of another cooperative", api_methods[m].name);
        if (tells_of_another(&api_methods[m], UID_BOUND, "SHARED"))
            fail_msg("%s tells of another cooperative of a member", api_methods[m].name);
        told += tells_of_another(&api_methods[m], UID_UNBOUND, NULL);
    }
    assert_true(told >= 12); /* the lists do tell those who may know */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_noun_is_furnished),   cmocka_unit_test(test_admin_and_strangers),
        cmocka_unit_test(test_roles_everywhere),          cmocka_unit_test(test_roles_of_one_cooperative),
        cmocka_unit_test(test_writes_name_their_own),     cmocka_unit_test(test_what_is_of_others_is_not_found),
        cmocka_unit_test(test_answers_keep_to_the_scope),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
