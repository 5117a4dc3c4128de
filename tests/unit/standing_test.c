/* SPDX-License-Identifier: Apache-2.0 */
/* Standings kept by differences equal those computed from the audits and findings, on random histories:
 * audits of every grade, in order and backdated, with and without a number at the source, corrections, conclusions,
 * findings closed today and earlier, results that get too old, members that join and leave. And while nothing is
 * backdated, what a day looked like then is what --as-of says of it later. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "query/finding.h"
#include "query/standing.h"
#include "tests/support/mend.h"
#include "tests/support/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENTERPRISES = 4, COOPERATIVES = 2, EDITIONS = 2, STEPS = 150, HISTORIES = 6, SNAPSHOTS = 12 };

static const char *const enterprises[ENTERPRISES] = { "E1", "E2", "E3", "E4" };
static const char *const cooperatives[COOPERATIVES] = { "A", "B" };
static const char *const editions[EDITIONS] = { "one:1", "two:1" };

/* A view of a day, as text, taken on that day. */
struct snapshot {
    struct date day;
    char *text;
};

struct history {
    struct desk desk;
    struct date today;
    unsigned random;
    bool backdates;
    int64_t audits, findings;
    struct ref planned; /* no text: none */
    const char *planned_holder, *planned_edition;
    bool member[COOPERATIVES][ENTERPRISES];
    struct date changed[COOPERATIVES][ENTERPRISES]; /* of the membership */
    struct snapshot snapshots[SNAPSHOTS];
    size_t n_snapshots;
};

static unsigned pick(struct history *h, unsigned n)
{
    h->random = h->random * 1103515245U + 12345U;
    return (h->random >> 16) % n;
}

static const char *day_text(struct date day)
{
    static char texts[4][DATE_TEXT], next;
    return date_format(day, texts[next++ & 3]);
}

static struct ref numbered(char letter, int64_t n)
{
    static char texts[4][24];
    static unsigned next;
    char *text = texts[next++ % 4];
    snprintf(text, sizeof texts[0], "%c%lld", letter, (long long)n);
    return desk_ref(text);
}

static const char *random_results(struct history *h)
{
    static const char *const codes[] = { "1.1", "1.2", "1.3", "2.1", "2.2", "2.3" };
    static const char *const letters[] = { "cccMmo-", "cccMmon-", "ccmo-", "cMmo-", "ccmn-", "con-" };
    static char text[128];
    text[0] = '\0';
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (pick(h, 3) == 0)
            continue;
        char letter = letters[i][pick(h, (unsigned)strlen(letters[i]))];
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s=%c", used > 0 ? " " : "", codes[i], letter);
    }
    return text;
}

static size_t random_responses(struct history *h, struct response to[16])
{
    size_t n;
    const struct response *rows = sample_responses(random_results(h), &n);
    memcpy(to, rows, n * sizeof *rows);
    return n;
}

static struct date random_day(struct history *h)
{
    return h->backdates && pick(h, 3) == 0 ? (struct date){ h->today.day - (int32_t)pick(h, 60) } : h->today;
}

static const char *random_holder(struct history *h)
{
    unsigned i = pick(h, ENTERPRISES + 1);
    return i < ENTERPRISES ? enterprises[i] : cooperatives[0];
}

static void count_findings(struct history *h, const struct audit *audit)
{
    struct audit_detail detail;
    assert_int_equal(DESK(&h->desk, audit_show, &detail, .audit = desk_ref(audit->audit.text)), OK);
    h->findings += (int64_t)detail.n_findings;
    h->audits++;
}

static void step_plan(struct history *h)
{
    if (h->planned.text != NULL)
        return;
    h->planned_holder = random_holder(h);
    h->planned_edition = editions[pick(h, EDITIONS)];
    struct audit audit;
    assert_int_equal(DESK(&h->desk, audit_plan, &audit, .holder = desk_ref(h->planned_holder),
                          .edition = desk_ref(h->planned_edition), .kind = AUDIT_INTERNAL_INSPECTION, .on = h->today),
                     OK);
    h->planned = audit.audit;
    h->audits++;
}

static void step_perform(struct history *h)
{
    struct audit audit;
    struct response copy[16];
    if (h->planned.text == NULL)
        return;
    size_t n = random_responses(h, copy);
    assert_int_equal(DESK(&h->desk, audit_record, &audit, .holder = desk_ref(h->planned_holder),
                          .edition = desk_ref(h->planned_edition), .kind = AUDIT_INTERNAL_INSPECTION,
                          .on = random_day(h), .planned = h->planned, .responses = copy, .n_responses = n,
                          .again = true, .has_again = true),
                     OK);
    h->planned = (struct ref){ 0 };
    count_findings(h, &audit);
    h->audits--;
}

static enum audit_kind random_kind(struct history *h)
{
    static const enum audit_kind kinds[] = { AUDIT_SELF_ASSESSMENT, AUDIT_INTERNAL_INSPECTION,
                                             AUDIT_INTERNAL_INSPECTION, AUDIT_EXTERNAL_INSPECTION, AUDIT_FOLLOW_UP };
    return kinds[pick(h, sizeof kinds / sizeof kinds[0])];
}

static const char *random_source(struct history *h)
{
    static char text[24];
    snprintf(text, sizeof text, "V%u", /* not in the order of recording */ pick(h, 100) * 1000 + (unsigned)h->audits);
    return pick(h, 2) == 0 ? text : NULL;
}

static void step_audit(struct history *h)
{
    struct audit audit;
    const char *holder = random_holder(h), *edition = editions[pick(h, EDITIONS)];
    struct response copy[16];
    size_t n = random_responses(h, copy);
    assert_int_equal(DESK(&h->desk, audit_record, &audit, .holder = desk_ref(holder), .edition = desk_ref(edition),
                          .kind = random_kind(h), .on = random_day(h), .source = random_source(h), .again = true,
                          .has_again = true, .responses = copy, .n_responses = n),
                     OK);
    count_findings(h, &audit);
}

static void step_conclude(struct history *h)
{
    if (h->audits == 0)
        return;
    int code = DESK(&h->desk, audit_conclude, NULL, .audit = numbered('A', 1 + pick(h, (unsigned)h->audits)),
                    .conclusion = "so be it");
    assert_true(code == OK || code == ERR_BAD_STATE);
}

static void step_correct(struct history *h)
{
    struct audit_detail old;
    struct audit audit;
    if (h->audits == 0)
        return;
    struct ref ref = numbered('A', 1 + pick(h, (unsigned)h->audits));
    assert_int_equal(DESK(&h->desk, audit_show, &old, .audit = ref), OK);
    struct response copy[16];
    size_t n = random_responses(h, copy);
    struct audit_record p = { .holder = old.audit->holder,
                              .edition = old.audit->edition,
                              .kind = old.audit->kind,
                              .on = random_day(h),
                              .corrects = ref,
                              .responses = copy,
                              .n_responses = n,
                              .again = true,
                              .has_again = true };
    int code = desk_call(&h->desk, METHOD_audit_record, &p, &audit);
    assert_true(code == OK || code == ERR_BAD_STATE || code == ERR_CONFLICT);
    if (code == OK)
        count_findings(h, &audit);
}

/* What was planned and is void is planned again, as one audit more. */
static void step_void(struct history *h)
{
    struct audit audit;
    if (h->audits == 0)
        return;
    int code = DESK(&h->desk, audit_void, &audit, .audit = numbered('A', 1 + pick(h, (unsigned)h->audits)),
                    .reason = "of another farm");
    assert_true(code == OK || code == ERR_BAD_STATE || code == ERR_CONFLICT);
    h->audits += code == OK && date_is_set(audit.planned_on);
}

/* A membership may be void from the first day on. */
static void step_void_member(struct history *h)
{
    unsigned c = pick(h, COOPERATIVES), e = pick(h, ENTERPRISES);
    struct page page;
    if (!h->member[c][e])
        return;
    assert_int_equal(DESK(&h->desk, member_list, &page, .cooperative = desk_ref(cooperatives[c])), OK);
    for (size_t i = 0; i < page.n; i++) {
        const struct membership *m = (const struct membership *)page.rows + i;
        bool wanted = strcmp(m->enterprise.text, enterprises[e]) == 0;
        assert_true(!wanted || DESK(&h->desk, member_void, NULL, .membership = m->membership, .reason = "twice") == OK);
    }
    h->member[c][e] = false;
}

static void step_close(struct history *h)
{
    if (h->findings == 0)
        return;
    static const enum finding_state states[] = { FINDING_PLANNED,  FINDING_ACCEPTED, FINDING_IMPLEMENTED,
                                                 FINDING_VERIFIED, FINDING_CLOSED,   FINDING_CLOSED };
    struct ref finding = numbered('F', 1 + pick(h, (unsigned)h->findings));
    int code = mend_until(&h->desk, finding.text, states[pick(h, 6)], day_text(random_day(h)), NULL);
    assert_true(code == OK || code == ERR_BAD_STATE || code == ERR_INVALID_PARAM || code == ERR_CONFLICT);
}

static void step_reject(struct history *h)
{
    if (h->findings == 0)
        return;
    int code = DESK(&h->desk, finding_reject, NULL, .finding = numbered('F', 1 + pick(h, (unsigned)h->findings)),
                    .reason = "not enough", .on = random_day(h));
    assert_true(code == OK || code == ERR_BAD_STATE || code == ERR_INVALID_PARAM || code == ERR_CONFLICT);
}

static void step_day(struct history *h)
{
    if (h->findings == 0)
        return;
    struct ref finding = numbered('F', 1 + pick(h, (unsigned)h->findings));
    int code = pick(h, 2) == 0 ? DESK(&h->desk, finding_notify, NULL, .finding = finding, .on = random_day(h))
                               : DESK(&h->desk, finding_move, NULL, .finding = finding,
                                      .step = (enum deadline_step)(STEP_PLAN + pick(h, 3)), .reason = "harvest",
                                      .due_on = { h->today.day + (int32_t)pick(h, 20) }, .on = random_day(h));
    assert_true(code == OK || code == ERR_BAD_STATE || code == ERR_INVALID_PARAM || code == ERR_EXISTS
                || code == ERR_CONFLICT);
}

static void step_member(struct history *h)
{
    unsigned c = pick(h, COOPERATIVES), e = pick(h, ENTERPRISES);
    if (h->changed[c][e].day >= h->today.day)
        return;
    struct ref cooperative = desk_ref(cooperatives[c]);
    struct date on = h->today;
    if (h->backdates && pick(h, 2) == 0)
        on.day -= (int32_t)pick(h, (unsigned)(h->today.day - h->changed[c][e].day));
    int code = h->member[c][e] ? DESK(&h->desk, member_leave, NULL, .cooperative = cooperative,
                                      .enterprise = desk_ref(enterprises[e]), .on = on)
                               : DESK(&h->desk, member_join, NULL, .cooperative = cooperative,
                                      .enterprise = enterprises[e], .on = on);
    assert_int_equal(code, OK);
    h->member[c][e] = !h->member[c][e];
    h->changed[c][e] = on;
}

static void verify(struct history *h)
{
    struct standing_check check;
    assert_int_equal(DESK(&h->desk, standing_verify, &check, .page = { 0 }), OK);
    assert_int_equal(check.differing, 0);
}

static void append(struct buf *to, enum record_id record, const void *from)
{
    struct err e = { 0 };
    assert_int_equal(codec_encode_record(record, from, to, &e), OK);
}

/* What every view says of a day, as one text. */
static char *look(struct history *h, struct date day)
{
    struct buf bytes;
    buf_init(&bytes, 1 << 24);
    for (int i = 0; i < ENTERPRISES + COOPERATIVES; i++) {
        struct status status;
        const char *holder = i < ENTERPRISES ? enterprises[i] : cooperatives[i - ENTERPRISES];
        assert_int_equal(DESK(&h->desk, status_show, &status, .holder = desk_ref(holder), .as_of = day), OK);
        append(&bytes, RECORD_status, &status);
    }
    struct page page;
    assert_int_equal(DESK(&h->desk, status_list, &page, .as_of = day), OK);
    for (size_t i = 0; i < page.n; i++)
        append(&bytes, RECORD_group_status, (const struct group_status *)page.rows + i);
    for (int i = 0; i < COOPERATIVES; i++) {
        assert_int_equal(DESK(&h->desk, status_members, &page, .cooperative = desk_ref(cooperatives[i]), .as_of = day),
                         OK);
        for (size_t j = 0; j < page.n; j++)
            append(&bytes, RECORD_member_status, (const struct member_status *)page.rows + j);
    }
    assert_int_equal(DESK(&h->desk, gaps_list, &page, .as_of = day), OK);
    for (size_t i = 0; i < page.n; i++)
        append(&bytes, RECORD_gap, (const struct gap *)page.rows + i);
    assert_int_equal(DESK(&h->desk, finding_list, &page, .as_of = day, .page = { .limit = 1000, .has_limit = true }),
                     OK);
    for (size_t i = 0; i < page.n; i++)
        append(&bytes, RECORD_finding, (const struct finding *)page.rows + i);
    char *text = malloc(2 * bytes.size + 1);
    assert_non_null(text);
    for (size_t i = 0; i < bytes.size; i++)
        snprintf(text + 2 * i, 3, "%02x", bytes.data[i]);
    text[2 * bytes.size] = '\0';
    buf_fini(&bytes);
    return text;
}

static void publish_with_deadlines(struct desk *desk)
{
    struct deadline_rule deadlines[] = {
        { .class = CLASS_MAJOR, .step = STEP_PLAN, .days = 3, .source = "made up" },
        { .class = CLASS_MAJOR, .step = STEP_CLOSE, .days = 10, .from = DEADLINE_FROM_NOTICE, .source = "made up" },
        { .class = CLASS_MINOR, .step = STEP_EVIDENCE, .days = 6, .source = "made up" },
    };
    for (size_t i = 0; i < sizeof deadlines / sizeof deadlines[0]; i++)
        deadlines[i].has_days = true;
    struct results_rule results = { .months = 1, .has_months = true, .source = "made up" };
    struct rules rules = { .deadlines = deadlines,
                           .n_deadlines = sizeof deadlines / sizeof deadlines[0],
                           .results = &results };
    struct standard_publish p = sample_edition("one", "1");
    p.rules = &rules;
    assert_int_equal(desk_call(desk, METHOD_standard_publish, &p, NULL), OK);
}

static void open_history(struct history *h, unsigned seed, bool backdates)
{
    memset(h, 0, sizeof *h);
    h->random = seed;
    h->backdates = backdates;
    h->today = desk_day("2026-03-10");
    desk_start(&h->desk, "2026-03-10");
    publish_with_deadlines(&h->desk);
    sample_publish(&h->desk, "two", "1");
    mend_people(&h->desk);
    for (int i = 0; i < COOPERATIVES; i++)
        assert_int_equal(DESK(&h->desk, coop_create, NULL, .code = cooperatives[i], .name = "x"), OK);
    for (int i = 0; i < ENTERPRISES; i++)
        assert_int_equal(
            DESK(&h->desk, enterprise_create, NULL, .code = enterprises[i], .name = "x", .activity = ACTIVITY_FARM),
            OK);
    for (int c = 0; c < COOPERATIVES; c++)
        for (int e = 0; e < ENTERPRISES; e++)
            h->changed[c][e] = (struct date){ h->today.day - 1 };
}

static void close_history(struct history *h)
{
    for (size_t i = 0; i < h->n_snapshots; i++)
        free(h->snapshots[i].text);
    desk_stop(&h->desk);
}

static void take_step(struct history *h)
{
    switch (pick(h, 15)) {
    case 0:
    case 1:
        step_member(h);
        break;
    case 2:
        step_conclude(h);
        break;
    case 3:
        step_correct(h);
        break;
    case 4:
    case 5:
        step_close(h);
        step_reject(h);
        step_day(h);
        break;
    case 6:
        step_plan(h);
        break;
    case 7:
        step_perform(h);
        break;
    case 8:
        step_void(h);
        break;
    case 9:
        if (pick(h, 4) == 0)
            step_void_member(h);
        break;
    default:
        step_audit(h);
    }
}

/* The night comes now and then: the day's view is kept, and another day begins. */
static void maybe_next_day(struct history *h)
{
    if (pick(h, 4) != 0)
        return;
    if (!h->backdates && h->n_snapshots < SNAPSHOTS && pick(h, 2) == 0)
        h->snapshots[h->n_snapshots++] = (struct snapshot){ h->today, look(h, h->today) };
    h->today.day += 1 + (int32_t)pick(h, 20);
    desk_set_today(&h->desk, day_text(h->today));
}

static void live(unsigned seed, bool backdates)
{
    struct history h;
    open_history(&h, seed, backdates);
    for (int i = 0; i < STEPS; i++) {
        take_step(&h);
        verify(&h);
        maybe_next_day(&h);
    }
    verify(&h);
    assert_true(h.audits > 20 && h.findings > 20);
    assert_true(backdates || h.n_snapshots > 3);
    for (size_t i = 0; i < h.n_snapshots; i++) {
        char *later = look(&h, h.snapshots[i].day);
        if (strcmp(later, h.snapshots[i].text) != 0)
            print_message("seed %u, %s:\nthen  %s\nlater %s\n", seed, day_text(h.snapshots[i].day), h.snapshots[i].text,
                          later);
        assert_string_equal(later, h.snapshots[i].text);
        free(later);
    }
    close_history(&h);
}

static void test_kept_equals_computed(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= HISTORIES; seed++)
        live(seed, true);
}

static void test_a_day_stays_as_it_was(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= HISTORIES; seed++)
        live(100 + seed, false);
}

/* The check itself must see what is wrong. */
static void test_verify_sees_a_difference(void **state)
{
    (void)state;
    struct history h;
    struct standing_check check;
    struct err e = { 0 };
    open_history(&h, 1, false);
    h.member[0][0] = true;
    assert_int_equal(DESK(&h.desk, member_join, NULL, .cooperative = desk_ref("A"), .enterprise = "E1"), OK);
    assert_int_equal(sample_audit(&h.desk, "E1", "one", "2026-03-10", "1.1=M", NULL), OK);
    assert_int_equal(store_begin(h.desk.run.store, &e), OK);
    assert_int_equal(stmt_run(query_rollup_add(h.desk.run.store, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0), &e), OK);
    assert_int_equal(store_commit(h.desk.run.store, &e), OK);
    assert_int_equal(DESK(&h.desk, standing_verify, &check, .page = { 0 }), OK);
    assert_int_equal(check.differing, 1);
    assert_string_equal(check.first, "the roll-up of A on one:1");

    /* A finding closed behind the register's back: the standing no longer follows from it. */
    assert_int_equal(store_begin(h.desk.run.store, &e), OK);
    assert_int_equal(stmt_run(query_finding_close(h.desk.run.store, 1, h.today, "x", "x"), &e), OK);
    assert_int_equal(store_commit(h.desk.run.store, &e), OK);
    assert_int_equal(DESK(&h.desk, standing_verify, &check, .page = { 0 }), OK);
    assert_int_equal(check.differing, 2);
    assert_string_equal(check.first, "the standing of E1 on one:1");
    close_history(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept_equals_computed),
        cmocka_unit_test(test_a_day_stays_as_it_was),
        cmocka_unit_test(test_verify_sees_a_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
