/* SPDX-License-Identifier: Apache-2.0 */
/* Cooling-off by earlier work of every kind: assistance and internal audits, one's own and that of one's body. What
 * impartiality check says in advance, what a record is refused for and a model written here agree on every case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"
#include "tests/support/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 4, BODIES = 2, HOLDERS = 3, EDITIONS = 3, EVENTS = 40, TRIES = 400 };

static const char *const people[PEOPLE] = { "ana", "ben", "cid", "dora" };
static const char *const bodies[BODIES] = { "CB", "FIRM" };
static const char *const holders[HOLDERS] = { "E1", "E2", "ALFA" };

/* By edition: months after assistance, after internal audits (0: none), and whether through the body. */
static const struct {
    const char *code;
    int assistance, internal;
    bool through;
} schemes[EDITIONS] = { { "wide", 3, 2, true }, { "narrow", 3, 0, false }, { "none", 0, 0, false } };

static struct desk desk;

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static void publish(size_t i)
{
    struct impartiality_rule rule = { .cooling_off_months = schemes[i].assistance,
                                      .has_cooling_off_months = true,
                                      .internal_months = schemes[i].internal,
                                      .has_internal_months = schemes[i].internal > 0,
                                      .through_body = schemes[i].through,
                                      .has_through_body = true,
                                      .source = "Rule book 6",
                                      .unverified = true,
                                      .has_unverified = true };
    struct rules rules = { .impartiality = &rule };
    struct standard_publish p = sample_edition(schemes[i].code, "1");
    p.rules = schemes[i].assistance > 0 ? &rules : NULL;
    must(&desk.err, desk_call(&desk, METHOD_standard_publish, &p, NULL));
}

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-06-15");
    for (size_t i = 0; i < EDITIONS; i++)
        publish(i);
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"));
    for (size_t i = 0; i < 2; i++)
        must(&desk.err,
             DESK(&desk, enterprise_create, NULL, .code = holders[i], .name = holders[i], .activity = ACTIVITY_FARM,
                  .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2020-01-01")));
    must(&desk.err, DESK(&desk, body_create, NULL, .code = "CB", .name = "C", .kind = BODY_CERTIFICATION_BODY));
    must(&desk.err, DESK(&desk, body_create, NULL, .code = "FIRM", .name = "F", .kind = BODY_CERTIFICATION_BODY));
    for (size_t i = 0; i < PEOPLE; i++)
        must(&desk.err, DESK(&desk, person_create, NULL, .code = people[i], .name = people[i]));
    return 0;
}

/* An audit by one person and, if given, a second; responses do not matter. */
struct visit {
    const char *holder, *edition, *who, *second, *body, *override;
    enum audit_kind kind;
    struct date on;
};

static int record(struct visit v)
{
    static int n_sources;
    char source[16];
    size_t n;
    struct response rows[] = { sample_responses("1.1=c", &n)[0] };
    struct audit_member second = { .person = desk_ref(v.second), .role = TEAM_TRAINEE };
    snprintf(source, sizeof source, "S%d", ++n_sources);
    return DESK(&desk, audit_record, NULL, .holder = desk_ref(v.holder), .edition = desk_ref(v.edition), .kind = v.kind,
                .on = v.on, .source = source, .auditor = desk_ref(v.who), .body = desk_ref(v.body),
                .team = v.second != NULL ? &second : NULL, .n_team = v.second != NULL, .responses = rows,
                .n_responses = 1, .override = v.override);
}
#define RECORD(...) record((struct visit){ __VA_ARGS__ })

static void appoint(const char *who, const char *body, const char *from, const char *until)
{
    struct appointment a = { 0 };
    must(&desk.err, DESK(&desk, person_appoint, &a, .person = desk_ref(who), .role = PERSON_AUDITOR,
                         .body = desk_ref(body), .from = desk_day(from)));
    if (until != NULL)
        must(&desk.err,
             DESK(&desk, person_release, NULL, .appointment = desk_ref(a.appointment.text), .on = desk_day(until)));
}

static void assist(const char *on, const char *adviser, const char *provider, const char *enterprise)
{
    struct participation who = { .enterprise = enterprise };
    must(&desk.err, DESK(&desk, assist_record, NULL, .title = "x", .kind = TA_TRAINING, .adviser = desk_ref(adviser),
                         .provider = desk_ref(provider), .delivered_on = desk_day(on), .participations = &who,
                         .n_participations = 1));
}

static void inspect(const char *on, const char *who, const char *holder)
{
    must(&desk.err, RECORD(.holder = holder, .edition = "wide", .who = who, .on = desk_day(on),
                           .kind = strcmp(holder, "ALFA") == 0 ? AUDIT_INTERNAL_AUDIT : AUDIT_INTERNAL_INSPECTION));
}

static int visit(const char *holder, const char *edition, const char *who, const char *body, const char *on)
{
    return RECORD(.holder = holder, .edition = edition, .who = who, .body = body, .on = desk_day(on),
                  .kind = AUDIT_STAGE_2);
}

static void test_internal_audits(void **state)
{
    (void)state;
    inspect("2026-04-10", "ana", "E1");
    refused(&desk.err, visit("E1", "wide", "ana", "CB", "2026-06-10"), ERR_CONFLICT, "auditor",
            "A1 (internal_inspection until 2026-04-10, and the cooling-off period of wide:1 is 2 months), until "
            "2026-06-10");
    assert_non_null(strstr(desk.err.message, "; source of the rule: Rule book 6 (unverified)"));
    must(&desk.err, visit("E1", "wide", "ana", "CB", "2026-06-11"));
    must(&desk.err, visit("E1", "narrow", "ana", "CB", "2026-06-01"));
    must(&desk.err, visit("E2", "wide", "ana", "CB", "2026-06-01")); /* another member */
    /* The inspection of a member was work for the cooperative. */
    refused(&desk.err, visit("ALFA", "wide", "ana", "CB", "2026-06-01"), ERR_CONFLICT, "auditor", "A1");
    inspect("2026-06-01", "ben", "ALFA");
    refused(&desk.err, visit("ALFA", "wide", "ben", "CB", "2026-06-02"), ERR_CONFLICT, "auditor", "internal_audit");
    must(&desk.err, visit("E2", "wide", "ben", "CB", "2026-06-02"));
}

/* A firm's auditor, and a body whose auditor worked for the holder. */
static void test_through_body(void **state)
{
    (void)state;
    struct page page;
    assist("2026-05-01", "ana", NULL, "E1");
    assist("2026-05-01", NULL, "FIRM", "E2");
    appoint("ana", "FIRM", "2026-04-01", "2026-05-10");
    appoint("ben", "FIRM", "2026-05-20", NULL);
    appoint("cid", "FIRM", "2026-02-01", "2026-03-01");
    refused(&desk.err, visit("E1", "wide", "ben", "CB", "2026-06-01"), ERR_CONFLICT, "auditor",
            "T1 (training until 2026-05-01 through the body FIRM");
    must(&desk.err, visit("E1", "wide", "ben", "CB", "2026-05-19")); /* not of the firm, then or now */
    must(&desk.err, visit("E1", "wide", "cid", "CB", "2026-06-01"));
    refused(&desk.err, visit("E1", "wide", "cid", "FIRM", "2026-06-01"), ERR_CONFLICT, "body", "T1");
    refused(&desk.err, visit("E2", "wide", "ana", "CB", "2026-06-01"), ERR_CONFLICT, "auditor", "T2");
    must(&desk.err, visit("E1", "narrow", "ben", "FIRM", "2026-06-01"));
    must(&desk.err, DESK(&desk, impartiality_check, &page, .person = desk_ref("ben"), .holder = desk_ref("E1"),
                         .edition = desk_ref("wide")));
    assert_int_equal(page.n, 1);
    const struct bar *bar = page.rows;
    assert_string_equal(bar->edition.text, "wide:1");
    assert_string_equal(bar->source, "Rule book 6 (unverified)");
    /* Set aside by an administrator, and listed as such. */
    must(&desk.err, RECORD(.holder = "E1", .edition = "wide", .who = "ben", .body = "CB", .kind = AUDIT_STAGE_2,
                           .on = desk_day("2026-06-02"), .override = "nobody else comes"));
    must(&desk.err, DESK(&desk, impartiality_conflicts, &page, .holder = desk_ref("ALFA")));
    assert_int_equal(page.n, 1);
    const struct conflict *conflict = page.rows;
    assert_true(conflict->overridden);
    assert_string_equal(conflict->record, "T1");
}

static void employ(const char *who, enum person_role role, const char *from, const char *until)
{
    struct appointment a = { 0 };
    must(&desk.err, DESK(&desk, person_appoint, &a, .person = desk_ref(who), .role = role,
                         .cooperative = desk_ref("ALFA"), .from = desk_day(from)));
    if (until != NULL)
        must(&desk.err,
             DESK(&desk, person_release, NULL, .appointment = desk_ref(a.appointment.text), .on = desk_day(until)));
}

/* Who works for a cooperative certifies neither it nor its members, but does its internal work. */
static void test_people_of_the_cooperative(void **state)
{
    (void)state;
    struct page page;
    employ("ana", PERSON_MANAGER, "2026-01-01", NULL);
    employ("ben", PERSON_INSPECTOR, "2026-01-01", "2026-03-16");
    must(&desk.err, DESK(&desk, impartiality_declare, NULL, .person = desk_ref("cid"), .holder = desk_ref("ALFA"),
                         .relation = RELATION_EMPLOYEE, .from = desk_day("2026-01-01")));
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = "FREE", .name = "Free", .activity = ACTIVITY_FARM));
    refused(&desk.err, visit("E1", "wide", "ana", "CB", "2026-06-01"), ERR_CONFLICT, "auditor",
            "ana may not audit for certification: conflict of interest N1 (manager at ALFA since 2026-01-01");
    assert_non_null(strstr(desk.err.message, "; source of the rule: Rule book 6 (unverified); name someone else"));
    refused(&desk.err, visit("ALFA", "narrow", "ana", "CB", "2026-06-01"), ERR_CONFLICT, "auditor", "N1");
    must(&desk.err, visit("FREE", "wide", "ana", "CB", "2026-06-01"));
    must(&desk.err, visit("E1", "wide", "ana", "CB", "2025-12-31"));
    must(&desk.err, visit("E1", "none", "ana", "CB", "2026-06-01"));
    /* The last day in the role was 2026-03-15. */
    refused(&desk.err, visit("E1", "wide", "ben", "CB", "2026-06-15"), ERR_CONFLICT, "auditor", "until 2026-06-15");
    must(&desk.err, DESK(&desk, impartiality_check, &page, .person = desk_ref("ben"), .holder = desk_ref("E1"),
                         .edition = desk_ref("wide"), .on = desk_day("2026-06-16")));
    assert_int_equal(page.n, 0);
    /* A declared relation counts under every edition. */
    refused(&desk.err, visit("E1", "none", "cid", "CB", "2026-06-01"), ERR_CONFLICT, "auditor",
            "D1 (declared employee of its cooperative ALFA since 2026-01-01)");
    inspect("2026-06-02", "ana", "E1");
    inspect("2026-06-02", "cid", "E1");
    /* Asked in advance, and of what was let through. */
    must(&desk.err, DESK(&desk, impartiality_check, &page, .person = desk_ref("ana"), .holder = desk_ref("E2")));
    assert_int_equal(page.n, 1);
    assert_int_equal(((const struct bar *)page.rows)->kind, BAR_APPOINTMENT);
    must(&desk.err, DESK(&desk, impartiality_conflicts, &page, .holder = desk_ref("ALFA")));
    assert_int_equal(page.n, 0);
    must(&desk.err, RECORD(.holder = "E2", .edition = "wide", .who = "ana", .body = "CB", .kind = AUDIT_STAGE_2,
                           .on = desk_day("2026-06-02"), .override = "nobody else comes"));
    must(&desk.err, DESK(&desk, impartiality_conflicts, &page, .holder = desk_ref("ALFA")));
    assert_int_equal(page.n, 1);
    const struct conflict *conflict = page.rows;
    assert_true(conflict->overridden);
    assert_string_equal(conflict->record, "N1");
}

/* Without an edition the longest period counts, and its edition refuses too. */
static void test_any_edition(void **state)
{
    (void)state;
    struct page page;
    inspect("2026-04-20", "ana", "E1");
    must(&desk.err, DESK(&desk, impartiality_check, &page, .person = desk_ref("ana"), .holder = desk_ref("E1")));
    assert_int_equal(page.n, 1);
    const struct bar *bar = page.rows;
    assert_int_equal(bar->kind, BAR_INTERNAL);
    refused(&desk.err, visit("E1", bar->edition.text, "ana", NULL, "2026-06-15"), ERR_CONFLICT, "auditor", "A1");
}

/* --- The model --- */

struct term {
    size_t who, body;
    int from, until;
};
struct work {
    bool internal;
    size_t holder;
    int on;
    int who, second, provider; /* -1: none */
};
static struct term terms[EVENTS];
static struct work works[EVENTS];
static size_t n_terms, n_works;
static int first; /* the day that offsets count from */

static bool belongs(int who, size_t body, int day)
{
    for (size_t i = 0; i < n_terms; i++)
        if ((int)terms[i].who == who && terms[i].body == body && terms[i].from <= day && day < terms[i].until)
            return true;
    return false;
}

static struct term jobs[PEOPLE]; /* at the cooperative, to which every holder belongs */

static bool is_employed(size_t scheme, int who, int day)
{
    const struct term *job = &jobs[who];
    int months = schemes[scheme].assistance;
    return months > 0 && job->from < job->until && job->from <= day
           && first + day <= date_add_months((struct date){ first + job->until - 1 }, months).day;
}

static bool did(const struct work *w, int who)
{
    return who >= 0 && (w->who == who || w->second == who);
}

static bool is_of_body(const struct work *w, size_t body)
{
    return w->provider == (int)body || (w->who >= 0 && belongs(w->who, body, w->on))
           || (w->second >= 0 && belongs(w->second, body, w->on));
}

static bool bars_person(const struct work *w, int who, int day, bool through)
{
    if (did(w, who))
        return true;
    for (size_t b = 0; b < BODIES && through; b++)
        if (is_of_body(w, b) && (belongs(who, b, w->on) || belongs(who, b, day)))
            return true;
    return false;
}

static bool bars(const struct work *w, size_t scheme, size_t holder, int who, int body, int day)
{
    int months = w->internal ? schemes[scheme].internal : schemes[scheme].assistance;
    struct date since = { first + w->on }, last = date_add_months(since, months);
    bool for_holder = w->holder == holder || (w->internal && holder == 2);
    if (months == 0 || !for_holder || w->on > day || last.day < first + day)
        return false;
    if (body >= 0 && (w->provider == body || (schemes[scheme].through && is_of_body(w, (size_t)body))))
        return true;
    return bars_person(w, who, day, schemes[scheme].through);
}

static int below(int n)
{
    return rand() % n;
}

static struct date at(int offset)
{
    return (struct date){ first + offset };
}

/* A role at one body at a time for each pair, so that none is refused as double. */
static void make_term(size_t who, size_t body)
{
    struct appointment a = { 0 };
    struct term t = { who, body, below(120), 0 };
    t.until = t.from + 1 + below(60);
    must(&desk.err, DESK(&desk, person_appoint, &a, .person = desk_ref(people[who]), .role = PERSON_AUDITOR,
                         .body = desk_ref(bodies[body]), .from = at(t.from)));
    must(&desk.err, DESK(&desk, person_release, NULL, .appointment = desk_ref(a.appointment.text), .on = at(t.until)));
    terms[n_terms++] = t;
}

static void make_job(size_t who)
{
    char from[DATE_TEXT], until[DATE_TEXT];
    struct term t = { who, 0, below(120), 0 };
    t.until = t.from + 1 + below(20);
    employ(people[who], PERSON_INSPECTOR, date_format(at(t.from), from), date_format(at(t.until), until));
    jobs[who] = t;
}

static void make_work(void)
{
    struct work w = { below(2) == 0, (size_t)below(2), below(150), below(PEOPLE), -1, -1 };
    char day[DATE_TEXT];
    if (w.internal) {
        w.second = below(3) == 0 ? (w.who + 1) % PEOPLE : -1;
        must(&desk.err, RECORD(.holder = holders[w.holder], .edition = "none", .who = people[w.who], .on = at(w.on),
                               .second = w.second >= 0 ? people[w.second] : NULL,
                               .kind = below(2) == 0 ? AUDIT_INTERNAL_INSPECTION : AUDIT_SELF_ASSESSMENT));
    } else {
        w.provider = below(3) - 1;
        w.who = w.provider >= 0 && below(2) == 0 ? -1 : w.who;
        assist(date_format(at(w.on), day), w.who >= 0 ? people[w.who] : NULL,
               w.provider >= 0 ? bodies[w.provider] : NULL, holders[w.holder]);
    }
    works[n_works++] = w;
}

static void try_one(int *ret_barred)
{
    size_t scheme = (size_t)below(EDITIONS), holder = (size_t)below(HOLDERS);
    int who = below(PEOPLE), body = below(3) - 1, day = below(160);
    bool expected = is_employed(scheme, who, day);
    struct page page;
    for (size_t i = 0; i < n_works; i++)
        expected = expected || bars(&works[i], scheme, holder, who, body, day);
    const char *of_body = body >= 0 ? bodies[body] : NULL;
    must(&desk.err,
         DESK(&desk, impartiality_check, &page, .person = desk_ref(people[who]), .holder = desk_ref(holders[holder]),
              .edition = desk_ref(schemes[scheme].code), .body = desk_ref(of_body), .on = at(day)));
    int code = RECORD(.holder = holders[holder], .edition = schemes[scheme].code, .who = people[who], .body = of_body,
                      .kind = AUDIT_STAGE_2, .on = at(day));
    *ret_barred += expected;
    if ((page.n > 0) != expected || (code == ERR_CONFLICT) != expected || (code != OK && code != ERR_CONFLICT))
        fail_msg("%s, %s with %s on day %d against %s: model %d, check %zu, record %d (%s)", holders[holder],
                 people[who], of_body != NULL ? of_body : "nobody", day, schemes[scheme].code, expected, page.n, code,
                 desk.err.message);
}

static void test_check_and_record_agree(void **state)
{
    (void)state;
    srand(17);
    first = desk_day("2026-01-01").day;
    n_terms = n_works = 0;
    for (size_t who = 0; who < PEOPLE; who++)
        for (size_t body = 0; body < BODIES; body++)
            make_term(who, body);
    for (size_t who = 0; who < PEOPLE / 2; who++)
        make_job(who);
    while (n_works < EVENTS)
        make_work();
    int barred = 0;
    struct page page;
    for (int i = 0; i < TRIES; i++)
        try_one(&barred);
    assert_in_range(barred, TRIES / 5, TRIES - TRIES / 5);
    /* What was let through is no conflict afterwards either. */
    must(&desk.err, DESK(&desk, impartiality_conflicts, &page, .page = { 0 }));
    assert_int_equal(page.n, 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_internal_audits), TEST(test_through_body),           TEST(test_people_of_the_cooperative),
        TEST(test_any_edition),     TEST(test_check_and_record_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
