/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/life.h"

#include "tests/support/expect.h"
#include "tests/support/life_rules.h"
#include "tests/support/mend.h"
#include "tests/support/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 20, SAMPLE_MAX = 16, ONE_DAY_IN = 3, EDITION_DAYS = 400 };

static const struct left_out {
    const char *prefix, *why;
} left_out[] = {
    { "coop.", "nothing of it is dated but its end" },
    { "cluster.", "nothing of it is dated" },
    { "enterprise.create", "nothing of it is dated but its membership" },
    { "enterprise.update", "nothing of it is dated" },
    { "body.", "nothing of it is dated but its end" },
    { "person.create", "nothing of it is dated" },
    { "person.update", "nothing of it is dated" },
    { "grant.", "it is about who may do what" },
    { "standard.publish", "editions are there from the first day" },
    { "zone.", "it moves today, and nothing that is recorded" },
    { "import.", "it does what other methods do, many at once" },
};

static bool begins(const struct method *m, const char *prefix)
{
    return strncmp(m->name, prefix, strlen(prefix)) == 0;
}

const char *life_left_out(const struct method *m)
{
    for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++)
        if (begins(m, left_out[i].prefix))
            return left_out[i].why;
    return NULL;
}

const char *life_idle_row(void)
{
    for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++) {
        bool used = false;
        for (enum method_id id = 0; id < METHOD_COUNT && !used; id++)
            used = api_methods[id].kind == WRITE && begins(&api_methods[id], left_out[i].prefix);
        if (!used)
            return left_out[i].prefix;
    }
    return NULL;
}

static int do_one(struct life *l, enum method_id id, const void *params)
{
    l->tried[id]++;
    int code = desk_call(&l->desk, id, params, NULL);
    if (code == ERR_INTERNAL)
        abort();
    l->done[id] += code == OK;
    return code;
}

void life_set_day(struct life *l, struct date day)
{
    char text[DATE_TEXT];
    l->pool.today = day;
    desk_set_today(&l->desk, date_format(day, text));
}

/* until: its last day; not set: none. */
static void publish(struct life *l, const char *standard, struct rules rules, struct date until)
{
    struct standard_publish p = sample_edition(standard, "1");
    p.rules = &rules;
    p.valid_until = until;
    must(&l->desk.err, desk_call(&l->desk, METHOD_standard_publish, &p, NULL));
}

static void populate(struct life *l)
{
    static const char *const people[] = { "ana", "ben", "eva", "leo" };
    struct desk *desk = &l->desk;
    publish(l, "one", life_rules_all(), (struct date){ l->pool.today.day + EDITION_DAYS });
    publish(l, "two", life_rules_sampling(), (struct date){ 0 });
    must(&l->desk.err, DESK(desk, cluster_create, NULL, .code = "TAMBO", .name = "Tambo"));
    must(&l->desk.err, DESK(desk, coop_create, NULL, .code = "ALFA", .name = "Alfa", .cluster = desk_ref("TAMBO")));
    must(&l->desk.err, DESK(desk, grant_add, NULL, .user = "7001", .role = ROLE_VIEWER));
    must(&l->desk.err, DESK(desk, coop_create, NULL, .code = "BETA", .name = "Beta"));
    for (int i = 0; i < 6; i++) {
        char code[] = "E0";
        code[1] = (char)('0' + i);
        must(&l->desk.err, DESK(desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
                                .cooperative = desk_ref(i % 2 == 0 ? "ALFA" : "BETA"), .joined_on = l->pool.today));
    }
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
        must(&l->desk.err, DESK(desk, person_create, NULL, .code = people[i], .name = people[i]));
    mend_people(desk);
    must(&l->desk.err, DESK(desk, body_create, NULL, .code = "CB", .name = "CB", .kind = BODY_CERTIFICATION_BODY));
    must(&l->desk.err, DESK(desk, body_create, NULL, .code = "TA", .name = "TA", .kind = BODY_TA_PROVIDER));
}

void life_begin(struct life *l, uint64_t seed)
{
    desk_start(&l->desk, "2025-03-10");
    pool_init(&l->pool, seed);
    life_set_day(l, desk_day("2025-03-10"));
    populate(l);
    pool_fill(&l->pool, &l->desk);
}

void life_end(struct life *l)
{
    pool_fini(&l->pool);
    desk_stop(&l->desk);
}

static struct ref chosen(struct life *l, int noun)
{
    return desk_ref(pool_ref(&l->pool, noun));
}

/* --- what chance alone would not get right --- */

/* Responses that suit their edition. */
static void audit(struct life *l)
{
    static const char results[] = "ccccMmo-";
    static const char *const codes[] = { "1.1", "1.2", "1.3", "2.1", "2.2", "2.3" };
    char text[128];
    size_t n = 0;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%s=%c ", codes[i], results[pool_pick(&l->pool, 8)]);
    struct audit_record p = { .holder = chosen(l, NOUN_holder),
                              .edition = chosen(l, NOUN_edition),
                              .kind = 1 + pool_pick(&l->pool, AUDIT_UNANNOUNCED),
                              .on = l->pool.today,
                              .again = true,
                              .has_again = true };
    struct response rows[SAMPLE_MAX];
    memcpy(rows, sample_responses(text, &p.n_responses), sizeof rows);
    p.responses = rows;
    if (pool_pick(&l->pool, 2) == 0)
        p.auditor = chosen(l, NOUN_person);
    do_one(l, METHOD_audit_record, &p);
}

/* An inspection that someone else must conclude. */
static void inspect(struct life *l)
{
    struct response row = { .requirement = "1.1", .result = RESULT_CONFORMING };
    const struct audit_record p = { .holder = chosen(l, NOUN_enterprise),
                                    .edition = desk_ref("one:1"),
                                    .kind = AUDIT_INTERNAL_INSPECTION,
                                    .on = l->pool.today,
                                    .auditor = chosen(l, NOUN_person),
                                    .responses = &row,
                                    .n_responses = 1,
                                    .again = true,
                                    .has_again = true };
    do_one(l, METHOD_audit_record, &p);
}

/* A planned intervention, to be delivered or cancelled. */
static void plan_assistance(struct life *l)
{
    struct participation row = { .enterprise = pool_ref(&l->pool, NOUN_enterprise),
                                 .planned = 120,
                                 .has_planned = true };
    struct assist_record p = { .title = "Coming",
                               .kind = TA_TRAINING,
                               .adviser = chosen(l, NOUN_person),
                               .planned_on = { l->pool.today.day + 20 },
                               .participations = &row,
                               .n_participations = 1 };
    do_one(l, METHOD_assist_record, &p);
}

/* A map from one edition to the other, or a newer one. */
static void map(struct life *l)
{
    static const char *const codes[] = { "1.1", "1.2", "1.3", "2.1", "2.2", "2.3" };
    struct map_row rows[6];
    bool back = pool_pick(&l->pool, 4) == 0;
    for (size_t i = 0; i < 6; i++)
        rows[i] = (struct map_row){ .from = codes[i],
                                    .to = codes[pool_pick(&l->pool, 2) == 0 ? i : pool_pick(&l->pool, 6)],
                                    .relation = pool_pick(&l->pool, 2) == 0 ? MAP_EQUAL
                                                                            : 1 + pool_pick(&l->pool, MAP_NONE) };
    struct map_publish p = { .from = desk_ref(back ? "two:1" : "one:1"),
                             .to = desk_ref(back ? "one:1" : "two:1"),
                             .source = "chance",
                             .rows = rows,
                             .n_rows = 6 };
    do_one(l, METHOD_map_publish, &p);
}

/* A member that was assessed against one edition alone, so that a migration has something to carry over. */
static void enrol_newcomer(struct life *l, const char *cooperative)
{
    const char *code = "E6";
    char today[DATE_TEXT];
    DESK(&l->desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
         .cooperative = desk_ref(cooperative), .joined_on = l->pool.today);
    sample_audit(&l->desk, code, "one:1", date_format(l->pool.today, today), "1.1=c 1.2=c 1.3=c 2.1=c 2.2=c 2.3=c",
                 NULL);
}

/* A migration, sometimes rolled back at once. */
static void migrate(struct life *l)
{
    struct edition_migration m;
    struct standard_migrate p = { .cooperative = desk_ref(pool_pick(&l->pool, 2) == 0 ? "ALFA" : "BETA"),
                                  .from = desk_ref("one:1"),
                                  .to = desk_ref("two:1") };
    l->tried[METHOD_standard_migrate]++;
    if (l->done[METHOD_standard_migrate] == 0)
        enrol_newcomer(l, p.cooperative.text);
    if (desk_call(&l->desk, METHOD_standard_migrate, &p, &m) != OK)
        return;
    l->done[METHOD_standard_migrate]++;
    struct standard_rollback back = { .migration = desk_ref(m.migration.text), .reason = "by mistake" };
    if (pool_pick(&l->pool, 2) == 0)
        do_one(l, METHOD_standard_rollback, &back);
}

/* A sample, with its last member substituted. */
static void sample(struct life *l)
{
    struct sample_detail d = { 0 };
    struct sample_draw p = { .cooperative = chosen(l, NOUN_cooperative),
                             .edition = chosen(l, NOUN_edition),
                             .purpose = 1 + pool_pick(&l->pool, SAMPLE_LABORATORY) };
    l->tried[METHOD_sample_draw]++;
    if (desk_call(&l->desk, METHOD_sample_draw, &p, &d) != OK)
        return;
    l->done[METHOD_sample_draw]++;
    struct sample_substitute other = { .sample = d.sample->sample,
                                       .enterprise = d.members[d.n_members - 1].enterprise,
                                       .reason = "chance" };
    do_one(l, METHOD_sample_substitute, &other);
}

/* Certificates that chance alone would withdraw before they could be renewed. */
static void certify(struct life *l)
{
    const char *certificate = pool_ref(&l->pool, NOUN_certificate);
    struct date until = { l->pool.today.day + 20 + (int32_t)pool_pick(&l->pool, 200) };
    const struct cert_grant grant = { .holder = chosen(l, NOUN_holder),
                                      .edition = chosen(l, NOUN_edition),
                                      .number = pool_text(&l->pool),
                                      .body = desk_ref("CB"),
                                      .decided_on = l->pool.today,
                                      .valid_until = until,
                                      .override = "made up" };
    do_one(l, METHOD_cert_grant, &grant);
    if (certificate == NULL)
        return;
    const struct cert_renew renew = { .certificate = desk_ref(certificate),
                                      .valid_until = until,
                                      .override = "made up" };
    do_one(l, METHOD_cert_renew, &renew);
}

/* A certificate on an audit that turns out to be wrong. */
static void regret(struct life *l)
{
    struct response row = { .requirement = "1.1", .result = RESULT_CONFORMING };
    struct audit made;
    struct audit_record p = { .holder = chosen(l, NOUN_enterprise),
                              .edition = desk_ref("one:1"),
                              .kind = AUDIT_STAGE_2,
                              .on = l->pool.today,
                              .body = desk_ref("CB"),
                              .responses = &row,
                              .n_responses = 1 };
    if (desk_call(&l->desk, METHOD_audit_record, &p, &made) != OK)
        return;
    const struct audit_conclude conclude = { .audit = made.audit,
                                             .conclusion = "made up",
                                             .outcome = OUTCOME_RECOMMENDED };
    do_one(l, METHOD_audit_conclude, &conclude);
    const struct cert_grant grant = { .holder = p.holder,
                                      .edition = p.edition,
                                      .number = pool_text(&l->pool),
                                      .body = desk_ref("CB"),
                                      .audit = made.audit,
                                      .decided_on = l->pool.today,
                                      .valid_until = { l->pool.today.day + 20 },
                                      .override = "made up" };
    do_one(l, METHOD_cert_grant, &grant);
    p.corrects = made.audit;
    do_one(l, METHOD_audit_record, &p);
}

/* A group certificate that covers its members, sometimes without the first. One of them is new: nothing that chance
 * recorded before stands against it. */
static void cover(struct life *l)
{
    const struct cert_grant grant = { .holder = chosen(l, NOUN_cooperative),
                                      .edition = chosen(l, NOUN_edition),
                                      .number = pool_text(&l->pool),
                                      .body = desk_ref("CB"),
                                      .decided_on = l->pool.today,
                                      .valid_until = { l->pool.today.day + 100 },
                                      .route = ROUTE_GROUP,
                                      .override = "made up" };
    const struct enterprise_create member = { .code = pool_text(&l->pool),
                                              .name = "made up",
                                              .activity = ACTIVITY_FARM,
                                              .cooperative = grant.holder,
                                              .joined_on = l->pool.today };
    char today[DATE_TEXT];
    do_one(l, METHOD_cert_grant, &grant);
    if (do_one(l, METHOD_enterprise_create, &member) == OK)
        sample_audit(&l->desk, member.code, grant.edition.text, date_format(l->pool.today, today),
                     "1.1=c 1.2=c 1.3=c 2.1=c 2.2=c 2.3=c", NULL);
    for (size_t i = 0; i < l->pool.n[NOUN_certificate]; i++) {
        const struct ref which = desk_ref(l->pool.refs[NOUN_certificate][i]);
        struct page page;
        const struct cert_cover p = { .certificate = which, .ready = true, .has_ready = true };
        if (do_one(l, METHOD_cert_cover, &p) != OK || pool_pick(&l->pool, 2) == 0
            || DESK(&l->desk, cert_members, &page, .certificate = which) != OK || page.n == 0)
            continue;
        const struct covered_member *first = page.rows;
        const struct cert_uncover out = { .certificate = which, .enterprise = first->enterprise, .reason = "made up" };
        do_one(l, METHOD_cert_uncover, &out);
    }
}

/* Takes a finding through its chain, up to verification. */
static void mend(struct life *l)
{
    static const enum finding_state states[] = { FINDING_ACCEPTED, FINDING_IMPLEMENTED, FINDING_VERIFIED };
    char today[DATE_TEXT];
    struct finding f;
    const char *finding = pool_ref(&l->pool, NOUN_finding);
    l->tried[METHOD_finding_verify]++;
    date_format(l->pool.today, today);
    if (finding != NULL && mend_until(&l->desk, finding, states[pool_pick(&l->pool, 3)], today, &f) == OK) {
        l->done[METHOD_finding_implement] += f.state != FINDING_ACCEPTED;
        l->done[METHOD_finding_verify] += f.state == FINDING_VERIFIED;
    }
}

/* A piece of evidence that has just expired. */
static void let_expire(struct life *l)
{
    char sha256[65];
    snprintf(sha256, sizeof sha256, "%064x", (unsigned)pool_pick(&l->pool, INT32_MAX));
    const struct evidence_add p = { .holder = chosen(l, NOUN_holder),
                                    .title = "Expired",
                                    .kind = FILE_DOCUMENT,
                                    .sha256 = sha256,
                                    .bytes = 1,
                                    .has_bytes = true,
                                    .expires_on = { l->pool.today.day - 1 } };
    do_one(l, METHOD_evidence_add, &p);
}

/* Something overdue, sometimes by mistake. */
static void excuse(struct life *l)
{
    struct page due;
    struct excuse given;
    struct due_list ask = { .within = 0, .has_within = true, .page = { .limit = 1000, .has_limit = true } };
    let_expire(l);
    must(&l->desk.err, desk_call(&l->desk, METHOD_due_list, &ask, &due));
    if (due.n == 0)
        return;
    const struct due_item *items = due.rows;
    size_t first = pool_pick(&l->pool, (uint32_t)due.n);
    int code = ERR_NOT_FOUND;
    for (size_t i = 0; i < due.n && code != OK; i++) {
        const struct due_item *item = &items[(first + i) % due.n];
        if (item->kind != DUE_INSPECTION && item->kind != DUE_EVIDENCE_EXPIRY && item->kind < DUE_SURVEILLANCE)
            continue; /* what has another way out */
        const struct due_excuse p = { .holder = item->holder,
                                      .kind = item->kind,
                                      .due_on = item->due_on,
                                      .record = item->record,
                                      .reason = "made up" };
        code = desk_call(&l->desk, METHOD_due_excuse, &p, &given);
    }
    l->tried[METHOD_due_excuse]++;
    if (code != OK)
        return;
    l->done[METHOD_due_excuse]++;
    const struct due_void back = { .excuse = given.excuse, .reason = "by mistake" };
    if (pool_pick(&l->pool, 3) == 0)
        do_one(l, METHOD_due_void, &back);
}

/* Each that many times, about every that many days, by its own random stream of this name. */
static const struct hand {
    const char *name;
    void (*act)(struct life *l);
    int times;
    uint32_t every;
} hands[] = {
    { "audit", audit, 3, 1 },   { "inspect", inspect, 1, 8 }, { "plan", plan_assistance, 1, 4 },
    { "map", map, 1, 10 },      { "sample", sample, 1, 6 },   { "certify", certify, 1, 3 },
    { "cover", cover, 1, 6 },   { "migrate", migrate, 1, 5 }, { "mend", mend, 1, 1 },
    { "excuse", excuse, 1, 4 }, { "regret", regret, 1, 8 },
};

static void lend_a_hand(struct life *l, const struct hand *hand)
{
    pool_stream(&l->pool, hand->name);
    if (pool_pick(&l->pool, hand->every) == 0)
        for (int i = 0; i < hand->times; i++)
            hand->act(l);
}

/* --- and what it would --- */

/* A method due today. The state of its own stream is also its place in the day, so no other method moves it. */
struct turn {
    enum method_id id;
    uint64_t random;
};

static int in_order(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;
    return (x->random > y->random) - (x->random < y->random);
}

/* Methods that never succeeded are tried harder. */
static void write_by_chance(struct life *l, enum method_id id)
{
    for (int i = 0; i < (l->done[id] == 0 ? TRIES : 1); i++) {
        const void *params = pool_params(&l->pool, &api_methods[id]);
        if (params == NULL || do_one(l, id, params) == OK)
            return;
    }
}

/* Or soon no one, and nothing, would be left. */
static bool is_enough(const struct life *l, enum method_id id)
{
    static const struct {
        enum method_id id;
        unsigned times;
    } limits[] = {
        { METHOD_enterprise_end, 1 }, { METHOD_member_void, 1 }, { METHOD_person_void, 2 }, { METHOD_inspector_void, 2 }
    };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        if (limits[i].id == id)
            return l->done[id] >= limits[i].times;
    return false;
}

static bool is_wanted(struct life *l, enum method_id id)
{
    return api_methods[id].kind == WRITE && life_left_out(&api_methods[id]) == NULL && !is_enough(l, id)
           && pool_pick(&l->pool, ONE_DAY_IN) == 0;
}

static size_t take_turns(struct life *l, struct turn turns[METHOD_COUNT])
{
    size_t n = 0;
    for (enum method_id id = 0; id < METHOD_COUNT; id++) {
        pool_stream(&l->pool, api_methods[id].name);
        if (is_wanted(l, id))
            turns[n++] = (struct turn){ id, l->pool.random };
    }
    qsort(turns, n, sizeof turns[0], in_order);
    return n;
}

void life_day(struct life *l)
{
    struct turn turns[METHOD_COUNT];
    for (size_t i = 0; i < sizeof hands / sizeof hands[0]; i++)
        lend_a_hand(l, &hands[i]);
    pool_fill(&l->pool, &l->desk);
    size_t n = take_turns(l, turns);
    for (size_t i = 0; i < n; i++) {
        l->pool.random = turns[i].random;
        write_by_chance(l, turns[i].id);
    }
    pool_fill(&l->pool, &l->desk);
}
