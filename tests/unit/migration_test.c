/* SPDX-License-Identifier: Apache-2.0 */
/* Results carried over to another edition: what each relation carries, how rows and chains of maps are read together,
 * that nothing real is overwritten, that it can be taken back and a past day stays as it was, and every refusal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/migration/carry.h"
#include "tests/support/expect.h"
#include "tests/support/moving.h"

#include <stdio.h>
#include <string.h>

static struct desk desk;

static int open_desk(void **state)
{
    (void)state;
    moving_open(&desk);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    moving_close(&desk);
    return 0;
}

/* "1.1=1.1 1.2<1.2 1.3>2.1 2.1^2.2 2.2!2.3": equal, subset, superset, intersect, none. */
static int map(const char *from, const char *to, const char *text)
{
    static char copy[256];
    struct map_row rows[16];
    size_t n = 0;
    char *rest = NULL;
    snprintf(copy, sizeof copy, "%s", text);
    for (char *word = strtok_r(copy, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        static const char signs[] = "=<>^!";
        char *sign = strpbrk(word, signs);
        rows[n++] = (struct map_row){ .from = word,
                                      .to = sign + 1,
                                      .relation = (enum map_relation)(strchr(signs, *sign) - signs + MAP_EQUAL) };
        *sign = '\0';
    }
    return DESK(&desk, map_publish, NULL, .from = desk_ref(from), .to = desk_ref(to), .source = "made up", .rows = rows,
                .n_rows = n);
}

static void audit(const char *holder, const char *edition, const char *on, const char *results)
{
    assert_int_equal(sample_audit(&desk, holder, edition, on, results, NULL), OK);
}

static void stands(const char *holder, const char *edition, int64_t conforming, int64_t nonconforming,
                   int64_t not_applicable)
{
    struct standing s = moving_standing(&desk, holder, edition, NULL);
    assert_int_equal(s.conforming, conforming);
    assert_int_equal(s.nonconforming, nonconforming);
    assert_int_equal(s.not_applicable, not_applicable);
}

static void test_the_table(void **state)
{
    (void)state;
    enum {
        NO = STANDING_NOT_ASSESSED,
        C = STANDING_CONFORMING,
        N = STANDING_NONCONFORMING,
        X = STANDING_NOT_APPLICABLE
    };
    static const struct {
        enum map_relation relation;
        int says[4]; /* of not assessed, conforming, nonconforming, not applicable */
    } table[] = {
        { MAP_EQUAL, { NO, C, N, X } },        { MAP_SUPERSET, { NO, C, NO, NO } }, { MAP_SUBSET, { NO, NO, N, NO } },
        { MAP_INTERSECT, { NO, NO, NO, NO } }, { MAP_NONE, { NO, NO, NO, NO } },
    };
    assert_int_equal(sizeof table / sizeof table[0], map_relation_end_ - 1);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        for (int result = NO; result <= X; result++)
            assert_int_equal(carry_said(table[i].relation, (enum standing_result)result), table[i].says[result]);
}

static void test_weaker(void **state)
{
    (void)state;
    static const enum map_relation weaker[][3] = {
        { MAP_EQUAL, MAP_EQUAL, MAP_EQUAL },         { MAP_EQUAL, MAP_SUBSET, MAP_SUBSET },
        { MAP_EQUAL, MAP_SUPERSET, MAP_SUPERSET },   { MAP_SUBSET, MAP_SUBSET, MAP_SUBSET },
        { MAP_SUBSET, MAP_SUPERSET, MAP_INTERSECT }, { MAP_SUPERSET, MAP_INTERSECT, MAP_INTERSECT },
        { MAP_EQUAL, MAP_NONE, MAP_NONE },           { MAP_INTERSECT, MAP_NONE, MAP_NONE },
    };
    for (size_t i = 0; i < sizeof weaker / sizeof weaker[0]; i++) {
        assert_int_equal(carry_weaker(weaker[i][0], weaker[i][1]), weaker[i][2]);
        assert_int_equal(carry_weaker(weaker[i][1], weaker[i][0]), weaker[i][2]);
    }
}

static void test_each_relation(void **state)
{
    (void)state;
    struct edition_migration m;
    assert_int_equal(map("one:1", "two:1", "1.1=1.1 1.2>1.2 1.3<1.3 2.1<2.1 2.2=2.2 2.3^2.3"), OK);
    audit("E1", "one", "2026-02-01", "1.1=c 1.2=c 1.3=c 2.1=m 2.2=n 2.3=c");
    audit("E2", "one", "2026-02-01", "1.1=M 1.2=M 1.3=m 2.1=c 2.2=c 2.3=n");
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", &m), OK);
    assert_string_equal(m.migration.text, "R1");
    assert_string_equal(m.maps, "K1");
    assert_int_equal(m.holders, 4);
    assert_int_equal(m.carried, 4 + 3);
    assert_int_equal(m.anew, 4 * SAMPLE_ASSESSABLE - 7);
    assert_int_equal(m.findings, 1 + 2);
    assert_int_equal(m.undo_until.day, desk_day("2026-04-09").day);
    stands("E1", "two", 2, 1, 1); /* 1.1 and 1.2; 2.1; 2.2 */
    stands("E2", "two", 1, 2, 0); /* 2.2; 1.1 and 1.3 */
    assert_false(
        date_is_set(moving_standing(&desk, "E3", "two", NULL).last_on));   /* nothing known, nothing made of it */
    assert_int_equal(moving_standing(&desk, "E1", "two", NULL).audits, 0); /* nobody was there */
}

static void test_rows_read_together(void **state)
{
    (void)state;
    assert_int_equal(map("one:1", "two:1", "1.1=1.1 1.2=1.1 1.3=1.2 2.1^1.2 2.2=2.2 2.3=2.2 1.1>2.3 2.1>2.3"), OK);
    /* 1.1 and 1.2 together demand what 1.1 does. */
    audit("E1", "one", "2026-02-01", "1.1=c 1.2=c 1.3=c 2.1=c 2.2=n 2.3=n");
    audit("E2", "one", "2026-02-01", "1.1=c 1.2=M 1.3=m 2.1=m 2.2=c 2.3=n");
    audit("E3", "one", "2026-02-01", "1.1=c 2.2=n 2.3=c");
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", NULL), OK);
    stands("E1", "two", 2, 0, 1); /* 1.1, 2.3; 2.2; not 1.2, as a row of it says nothing */
    stands("E2", "two", 0, 2, 0); /* 1.1 by one half, 1.2 by 1.3; not 2.2, whose halves differ */
    stands("E3", "two", 0, 0, 0); /* half of 1.1 and of 2.3 was looked at */
}

static void test_a_chain_of_maps(void **state)
{
    (void)state;
    struct migration_detail preview;
    struct edition_migration m;
    assert_int_equal(map("one:1", "mid:1", "1.1>1.1 1.2<1.2 2.1=2.1 2.2=2.2"), OK);
    assert_int_equal(map("mid:1", "two:1", "1.1=1.1 1.2>1.2 2.1<1.3 2.2=2.1"), OK);
    audit("E1", "one", "2026-02-01", "1.1=c 1.2=c 2.1=m 2.2=n");
    audit("E2", "one", "2026-02-01", "1.1=M 1.2=M 2.1=c 2.2=c");
    assert_int_equal(DESK(&desk, standard_preview, &preview, .cooperative = desk_ref("A"), .from = desk_ref("one:1"),
                          .to = desk_ref("two:1")),
                     OK);
    assert_string_equal(preview.migration->maps, "K1 K2");
    assert_string_equal(preview.requirements[1].from, "1.2");
    assert_int_equal(preview.requirements[1].relation, MAP_INTERSECT);
    assert_int_equal(preview.requirements[0].relation, MAP_SUPERSET);
    assert_int_equal(preview.requirements[0].conforming, 1);
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", &m), OK);
    assert_string_equal(m.maps, "K1 K2");
    stands("E1", "two", 1, 1, 0); /* 1.1; 1.3; 2.1 may not be found not applicable */
    stands("E2", "two", 1, 0, 0); /* 2.1 */
    /* A direct map comes before a chain. */
    assert_int_equal(map("one:1", "two:1", "1.2=1.2"), OK);
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", &m), OK);
    assert_string_equal(m.maps, "K3");
}

static void test_the_preview_is_what_comes(void **state)
{
    (void)state;
    struct migration_detail preview, done;
    assert_int_equal(map("one:1", "two:1", "1.1=1.1 1.2>1.2 1.3=1.3 2.1=2.1 2.1=2.2 2.3=2.2"), OK);
    audit("E1", "one", "2026-02-01", "1.1=c 1.2=c 1.3=c 2.1=c 2.2=c 2.3=c");
    audit("E2", "one", "2026-02-01", "1.1=M 1.2=c 1.3=m 2.1=c 2.3=n");
    audit("E2", "two", "2026-02-20", "1.3=c");
    audit("A", "one", "2026-02-01", "1.1=c");
    struct chain_head before, after;
    assert_int_equal(DESK(&desk, journal_head, &before, .page = { 0 }), OK);
    assert_int_equal(DESK(&desk, standard_preview, &preview, .cooperative = desk_ref("A"), .from = desk_ref("one:1"),
                          .to = desk_ref("two:1")),
                     OK);
    assert_int_equal(DESK(&desk, journal_head, &after, .page = { 0 }), OK);
    assert_int_equal(before.seq, after.seq);
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", NULL), OK);
    assert_int_equal(DESK(&desk, standard_migration, &done, .migration = desk_ref("R1")), OK);
    assert_int_equal(preview.n_holders, 4);
    assert_int_equal(done.n_holders, 4);
    for (size_t i = 0; i < 4; i++) {
        const struct migration_holder *p = &preview.holders[i], *d = &done.holders[i];
        assert_string_equal(p->holder.text, d->holder.text);
        assert_int_equal(p->before, d->before);
        assert_int_equal(p->after, d->after);
        assert_int_equal(p->carried, d->carried);
        assert_int_equal(p->kept, d->kept);
        assert_int_equal(p->anew, d->anew);
        assert_int_equal(p->findings, d->findings);
        struct standing s = moving_standing(&desk, d->holder.text, "two", NULL);
        assert_int_equal(date_is_set(s.last_on) ? s.verdict : 0, d->after);
    }
    assert_int_equal(preview.n_requirements, SAMPLE_ASSESSABLE);
    assert_int_equal(done.n_requirements, SAMPLE_ASSESSABLE);
    for (size_t i = 0; i < SAMPLE_ASSESSABLE; i++) {
        const struct migration_requirement *p = &preview.requirements[i], *d = &done.requirements[i];
        assert_string_equal(p->requirement, d->requirement);
        assert_int_equal(p->conforming, d->conforming);
        assert_int_equal(p->anew, d->anew);
        assert_int_equal(p->kept, d->kept);
        assert_int_equal(p->conforming + p->nonconforming + p->not_applicable + p->kept + p->anew, 4);
    }
    assert_string_equal(done.requirements[4].from, "2.1, 2.3");
    assert_int_equal(preview.migration->carried, done.migration->carried);
    assert_int_equal(preview.migration->ready_before, 1);
    assert_int_equal(preview.migration->ready_after, done.migration->ready_after);
}

static void test_a_finding_goes_on(void **state)
{
    (void)state;
    struct finding_detail finding;
    struct audit_detail detail;
    assert_int_equal(map("one:1", "two:1", "1.1=1.1 1.3=1.2 2.2=2.2"), OK);
    audit("E1", "one", "2026-02-01", "1.1=M 1.3=m 2.2=n");
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", NULL), OK);
    assert_int_equal(DESK(&desk, finding_show, &finding, .finding = desk_ref("F3")), OK);
    assert_string_equal(finding.finding->edition.text, "two:1");
    assert_string_equal(finding.finding->requirement, "1.1");
    assert_int_equal(finding.finding->class, CLASS_MAJOR);
    assert_string_equal(finding.note, "carried over from F1 on 1.1 of one:1");
    assert_int_equal(DESK(&desk, finding_show, &finding, .finding = desk_ref("F4")), OK);
    assert_int_equal(finding.finding->class, CLASS_MINOR);
    assert_int_equal(DESK(&desk, audit_show, &detail, .audit = desk_ref("A2")), OK);
    assert_int_equal(detail.audit->kind, AUDIT_MIGRATION);
    assert_int_equal(detail.audit->state, AUDIT_CONCLUDED);
    assert_string_equal(detail.audit->conclusion, "results carried over from one:1 by R1");
    assert_string_equal(detail.responses[2].note, "there is none here"); /* the reason, as it was given */
}

/* A nonconformity still open under a later conforming result: it is not lost, and nothing passes over it. */
static void test_an_open_finding_is_not_passed_over(void **state)
{
    (void)state;
    assert_int_equal(map("one:1", "two:1", "1.1=1.1 1.2=1.2"), OK);
    audit("E1", "one", "2026-02-01", "1.1=M 1.2=M");
    audit("E1", "one", "2026-02-10", "1.1=c 1.2=c");
    assert_int_equal(DESK(&desk, finding_close, NULL, .finding = desk_ref("F2"), .reason = "mended",
                          .audit = desk_ref("A2"), .on = desk_day("2026-02-20")),
                     OK);
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", NULL), OK);
    stands("E1", "two", 1, 0, 0);
}

static void test_what_is_real_stays(void **state)
{
    (void)state;
    assert_int_equal(map("one:1", "two:1", "1.1=1.1 1.2=1.2 1.3=1.3"), OK);
    audit("E1", "one", "2026-02-01", "1.1=c 1.2=c 1.3=c");
    audit("E1", "two", "2026-01-15", "1.1=M");
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", NULL), OK);
    stands("E1", "two", 2, 1, 0);
    /* Recorded afterwards, of a day before: still it was seen, and what was carried over was not. */
    audit("E1", "two", "2026-03-01", "1.2=M");
    stands("E1", "two", 1, 2, 0);
    desk_set_today(&desk, "2026-03-20");
    audit("E1", "two", "2026-03-20", "1.3=m");
    stands("E1", "two", 0, 3, 0);
    assert_int_equal(moving_standing(&desk, "E1", "two", NULL).audits, 3);
}

static void test_what_is_new_is_carried_later(void **state)
{
    (void)state;
    struct edition_migration m;
    assert_int_equal(map("one:1", "two:1", "1.1=1.1 1.2=1.2"), OK);
    audit("E1", "one", "2026-02-01", "1.1=c");
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", NULL), OK);
    refused(&desk.err, moving_migrate(&desk, "one:1", "two:1", NULL), ERR_CONFLICT, "to",
            "R1 already migrated the results of A");
    audit("E1", "one", "2026-03-05", "1.1=M 1.2=c");
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", &m), OK);
    assert_string_equal(m.migration.text, "R2");
    assert_int_equal(m.carried, 2); /* 1.2, and the bad news of 1.1 */
    stands("E1", "two", 1, 1, 0);
}

static void test_rolled_back(void **state)
{
    (void)state;
    struct page page;
    struct finding_detail finding;
    assert_int_equal(map("one:1", "two:1", "1.1=1.1 1.2=1.2"), OK);
    audit("E1", "one", "2026-02-01", "1.1=M 1.2=c");
    audit("E2", "one", "2026-02-01", "1.1=c 1.2=c");
    audit("E2", "two", "2026-02-01", "1.3=c");
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", NULL), OK);
    desk_set_today(&desk, "2026-03-15");
    struct standing before = moving_standing(&desk, "E1", "two", NULL);
    assert_int_equal(before.nonconforming, 1);
    desk_set_today(&desk, "2026-03-20");
    assert_int_equal(moving_rollback(&desk, "R1", NULL), OK);
    assert_false(date_is_set(moving_standing(&desk, "E1", "two", NULL).last_on));
    stands("E2", "two", 1, 0, 0);
    assert_int_equal(DESK(&desk, finding_show, &finding, .finding = desk_ref("F2")), OK);
    assert_int_equal(finding.finding->state, FINDING_CLOSED);
    assert_string_equal(finding.finding->reason, "R1 was rolled back: by mistake");
    /* Nothing is deleted: the days before are as they were. */
    struct standing then = moving_standing(&desk, "E1", "two", "2026-03-15");
    assert_int_equal(then.nonconforming, 1);
    assert_int_equal(then.conforming, 1);
    assert_int_equal(then.major, 1);
    assert_false(date_is_set(moving_standing(&desk, "E1", "two", "2026-03-20").last_on));
    assert_int_equal(DESK(&desk, standard_migrations, &page, .as_of = desk_day("2026-03-19")), OK);
    assert_int_equal(page.n, 1);
    assert_false(date_is_set(((const struct edition_migration *)page.rows)->rolled_back_on));
    assert_int_equal(DESK(&desk, standard_migrations, &page, .cooperative = desk_ref("A")), OK);
    const struct edition_migration *m = page.rows;
    assert_int_equal(m->rolled_back_on.day, desk_day("2026-03-20").day);
    assert_string_equal(m->reason, "by mistake");
    /* And it may be done again. */
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", NULL), OK);
    stands("E2", "two", 3, 0, 0);
}

static void test_refused_migrations(void **state)
{
    (void)state;
    refused(&desk.err, moving_migrate(&desk, "one:1", "one:1", NULL), ERR_INVALID_PARAM, "to", "is the source edition");
    refused(&desk.err, moving_migrate(&desk, "one:1", "two:1", NULL), ERR_CONFLICT, "to", "no map from one:1 to two:1");
    assert_int_equal(map("two:1", "one:1", "1.1=1.1"), OK);
    refused(&desk.err, moving_migrate(&desk, "one:1", "two:1", NULL), ERR_CONFLICT, "to", "no map from");
    assert_int_equal(map("one:1", "two:1", "1.1=1.1"), OK);
    refused(&desk.err, moving_migrate(&desk, "one:1", "two:1", NULL), ERR_CONFLICT, "from",
            "no result of one:1 adds anything");
    refused(&desk.err,
            DESK(&desk, standard_migrate, NULL, .cooperative = desk_ref("A"), .from = desk_ref("one:1"),
                 .to = desk_ref("two:1"), .on = desk_day("2026-03-11")),
            ERR_INVALID_PARAM, "on", "future");
    refused(&desk.err,
            DESK(&desk, standard_migrate, NULL, .cooperative = desk_ref("A"), .from = desk_ref("one:1"),
                 .to = desk_ref("two:1"), .on = desk_day("2026-03-09")),
            ERR_CONFLICT, "to", "no map from"); /* none was published by then */
    struct page page;
    assert_int_equal(DESK(&desk, standard_migrations, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 0);

    struct standard_publish p = sample_edition("one", "2");
    p.valid_from = desk_day("2026-06-01");
    p.valid_until = desk_day("2026-12-31");
    assert_int_equal(desk_call(&desk, METHOD_standard_publish, &p, NULL), OK);
    assert_int_equal(map("one:1", "one:2", "1.1=1.1"), OK);
    audit("E1", "one:1", "2026-03-01", "1.1=c");
    refused(&desk.err, moving_migrate(&desk, "one:1", "one:2", NULL), ERR_CONFLICT, "to",
            "one:2 is valid from 2026-06-01");
    struct migration_detail preview; /* which may be looked at before */
    assert_int_equal(DESK(&desk, standard_preview, &preview, .cooperative = desk_ref("A"), .from = desk_ref("one:1"),
                          .to = desk_ref("one:2")),
                     OK);
    assert_int_equal(preview.migration->carried, 1);
    desk_set_today(&desk, "2027-01-01");
    refused(&desk.err, moving_migrate(&desk, "one:1", "one:2", NULL), ERR_CONFLICT, "to",
            "one:2 was valid until 2026-12-31");
    /* Nobody records what was carried over by hand. */
    refused(&desk.err,
            DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("two:1"),
                 .kind = AUDIT_MIGRATION, .on = desk_day("2026-03-10"), .n_responses = 0),
            ERR_INVALID_PARAM, "kind", "only sme-ctl standard migrate can migrate");
}

static void test_refused_rollbacks(void **state)
{
    (void)state;
    assert_int_equal(map("one:1", "two:1", "1.1=1.1"), OK);
    assert_int_equal(map("two:1", "mid:1", "1.1=1.1"), OK);
    audit("E1", "one", "2026-02-01", "1.1=c");
    assert_int_equal(DESK(&desk, standard_migrate, NULL, .cooperative = desk_ref("A"), .from = desk_ref("one:1"),
                          .to = desk_ref("two:1"), .undo_days = 10, .has_undo_days = true),
                     OK);
    refused(&desk.err, moving_rollback(&desk, "R1", "2026-03-09"), ERR_INVALID_PARAM, "on", "before the migration");
    refused(&desk.err, moving_rollback(&desk, "R1", "2026-03-11"), ERR_INVALID_PARAM, "on", "future");
    refused(&desk.err, moving_rollback(&desk, "R2", NULL), ERR_NOT_FOUND, "migration", "R2");
    desk_set_today(&desk, "2026-03-15");
    assert_int_equal(moving_migrate(&desk, "two:1", "mid:1", NULL), OK);
    refused(&desk.err, moving_rollback(&desk, "R1", NULL), ERR_CONFLICT, "migration",
            "R2 migrated its results further");
    assert_int_equal(moving_rollback(&desk, "R2", NULL), OK);
    refused(&desk.err, moving_rollback(&desk, "R2", NULL), ERR_BAD_STATE, "migration", "was rolled back on 2026-03-15");
    desk_set_today(&desk, "2026-03-21");
    refused(&desk.err, moving_rollback(&desk, "R1", NULL), ERR_CONFLICT, "on", "until 2026-03-20");
    assert_int_equal(moving_rollback(&desk, "R1", "2026-03-20"), OK);
}

static void test_what_builds_on_it(void **state)
{
    (void)state;
    assert_int_equal(map("one:1", "two:1", "1.1=1.1"), OK);
    audit("E1", "one", "2026-02-01", "1.1=c");
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", NULL), OK);
    struct response row = { .requirement = "1.2", .result = RESULT_CONFORMING };
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("two:1"),
                          .kind = AUDIT_FOLLOW_UP, .on = desk_day("2026-03-10"), .responses = &row, .n_responses = 1),
                     OK);
    refused(&desk.err, moving_rollback(&desk, "R1", NULL), ERR_CONFLICT, "migration", "A3 is a follow-up");
}

/* What an auditor raised, a manager does not close because it has another number now. */
static void test_who_closes_what_was_carried_over(void **state)
{
    (void)state;
    struct response row = { .requirement = "1.1", .result = RESULT_NONCONFORMING, .class = CLASS_MAJOR };
    assert_int_equal(map("one:1", "two:1", "1.1=1.1"), OK);
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("one:1"),
                          .kind = AUDIT_STAGE_2, .on = desk_day("2026-03-01"), .responses = &row, .n_responses = 1),
                     OK);
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = "1000", .role = ROLE_MANAGER, .cooperative = desk_ref("A")),
                     OK);
    desk_as_user(&desk, "maria", 1000);
    assert_int_equal(moving_migrate(&desk, "one:1", "two:1", NULL), OK);
    int code = DESK(&desk, finding_close, NULL, .finding = desk_ref("F2"), .reason = "mended", .verified_by = "maria");
    assert_int_equal(code, ERR_DENIED);
    desk_as_admin(&desk);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_table),
        cmocka_unit_test(test_weaker),
        TEST(test_each_relation),
        TEST(test_rows_read_together),
        TEST(test_a_chain_of_maps),
        TEST(test_the_preview_is_what_comes),
        TEST(test_a_finding_goes_on),
        TEST(test_an_open_finding_is_not_passed_over),
        TEST(test_what_is_real_stays),
        TEST(test_what_is_new_is_carried_later),
        TEST(test_rolled_back),
        TEST(test_refused_migrations),
        TEST(test_refused_rollbacks),
        TEST(test_what_builds_on_it),
        TEST(test_who_closes_what_was_carried_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
