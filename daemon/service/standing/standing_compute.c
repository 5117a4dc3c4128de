/* SPDX-License-Identifier: Apache-2.0 */
/* Standings from the audits and findings alone. */
#include "daemon/service/call/answer.h"
#include "daemon/service/standing/proof.h"
#include "daemon/service/standing/standing_kept.h"
#include "daemon/service/standing/standing_order.h"
#include "query/standing.h"

#include <stdlib.h>

/* What became of a finding. */
struct raised {
    struct standing_finding finding;
    enum grade grade;
    struct date closed_on; /* not set: open on the day */
    bool unproved;         /* closed by an audit of less than its grade, or by one that no longer counts */
};

/* A nonconforming result that a migration carried over. */
struct brought {
    int32_t ordinal;
    enum grade grade;
    struct date seen_on, on; /* on: of the migration, the day of its finding */
};

/* A computation in progress. */
struct computing {
    struct call *call;
    int64_t holder_id;
    struct judged_day day;
    struct standing_state *state;
    struct page gone;     /* int64_t: void or corrected, or of a migration rolled back */
    struct page raised;   /* struct raised, those closed first before the open ones, by the day */
    size_t n_closed;      /* of them, taken so far */
    struct page findings; /* struct standing_finding, by number */
    struct page brought;  /* struct brought, by the day seen */
    size_t n_brought;     /* of them, taken so far */
    uint8_t *sitting;     /* per requirement: the worst result of the audits of equal order being taken */
    struct arena scratch; /* of one audit: a long history must not be in memory all at once */
};

static bool is_gone(const struct computing *c, int64_t audit_id)
{
    const int64_t *gone = c->gone.rows;
    for (size_t i = 0; i < c->gone.n; i++)
        if (gone[i] == audit_id)
            return true;
    return false;
}

static int push_gone(struct computing *c, int64_t audit_id)
{
    return page_push(&c->gone, c->call->arena, &audit_id, sizeof audit_id) ? OK : answer_no_memory(c->call);
}

static int find_undone(struct computing *c)
{
    struct stmt *q = query_standing_undone(c->call->store, c->holder_id, c->state->edition->id, c->day.day,
                                           c->day.known);
    int code = OK;
    while (code == OK && stmt_step(q))
        code = push_gone(c, stmt_int(q, STANDING_UNDONE_id));
    return answer_end(c->call, q, code);
}

/* What a correction of a correction corrected stays corrected: it was recorded before. */
static int find_corrected(struct computing *c)
{
    struct stmt *q = query_standing_corrections(c->call->store, c->holder_id, c->state->edition->id, c->day.known);
    int code = OK;
    while (code == OK && stmt_step(q))
        if (!date_before(c->day.known, stmt_date(q, STANDING_CORRECTIONS_recorded_on)))
            code = push_gone(c, stmt_int(q, STANDING_CORRECTIONS_corrects_id));
    return answer_end(c->call, q, code);
}

/* A good result mends the bad ones of its grade and below that the first n, of earlier migrations, brought. */
static void mend_brought(struct computing *c, size_t n, int32_t ordinal, enum grade grade)
{
    struct brought *all = c->brought.rows;
    for (size_t i = 0; i < n; i++)
        if (all[i].ordinal == ordinal && all[i].grade <= grade)
            all[i].grade = 0;
}

/* The bad ones wait for the day they were seen. */
static int carry(struct computing *c, const struct standing_audit *a, const struct responses *r, struct bytes proofs)
{
    size_t n_before = c->brought.n;
    for (size_t i = 0; i < r->n; i++) {
        int32_t ordinal = r->answers[i].ordinal;
        struct proof proof = proof_read(proofs, i, r->answers[i].result, a->performed_on);
        struct brought bad = { ordinal, proof.grade, proof.seen_on, a->performed_on };
        enum standing_result result = standing_result_said(r->answers[i].result);
        if (result == STANDING_NONCONFORMING && !page_push(&c->brought, c->call->arena, &bad, sizeof bad))
            return answer_no_memory(c->call);
        if (result == STANDING_NONCONFORMING)
            continue;
        mend_brought(c, n_before, ordinal, proof.grade);
        standing_result_carry(&c->state->results, ordinal, proof.grade, result, proof.seen_on);
    }
    return OK;
}

static void sit(struct computing *c, const struct responses *r)
{
    for (size_t i = 0; i < r->n; i++) {
        uint8_t *seat = &c->sitting[r->answers[i].ordinal];
        *seat = (uint8_t)standing_result_worse((enum standing_result) * seat,
                                               standing_result_said(r->answers[i].result));
    }
}

static void rise(struct computing *c, const struct standing_audit *a)
{
    for (int32_t i = 0; i < c->state->edition->n_requirements; i++) {
        standing_result_take(&c->state->results, i, a->grade, (enum standing_result)c->sitting[i], a->performed_on);
        c->sitting[i] = STANDING_NOT_ASSESSED;
    }
}

/* Those of equal order are taken together: the last of them brings their results. */
static int take_audit(struct computing *c, const struct standing_audit *a, bool is_last)
{
    struct responses r;
    struct call within = *c->call;
    within.arena = &c->scratch;
    struct stmt *q = query_standing_responses(c->call->store, a->id);
    stmt_step(q);
    int code = response_read(&within, c->state->edition, stmt_blob(q, STANDING_RESPONSES_responses), &r);
    if (code == OK && a->is_carried)
        code = carry(c, a, &r, stmt_blob(q, STANDING_RESPONSES_proofs));
    else if (code == OK)
        sit(c, &r);
    if (code == OK && !a->is_carried && is_last)
        rise(c, a);
    c->state->audits += !a->is_carried;
    arena_reset(&c->scratch);
    return answer_end(c->call, q, code);
}

static int list_audits(struct computing *c, struct page *ret)
{
    struct stmt *q = query_standing_audits(c->call->store, c->holder_id, c->state->edition->id, c->day.day);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct standing_audit a = { .id = stmt_int(q, STANDING_AUDITS_id),
                                    .performed_on = stmt_date(q, STANDING_AUDITS_performed_on),
                                    .grade = (enum grade)stmt_choice(q, STANDING_AUDITS_grade, ENUM_grade),
                                    .source = stmt_dup(q, STANDING_AUDITS_source, c->call->arena) };
        a.is_carried = stmt_choice(q, STANDING_AUDITS_kind, ENUM_audit_kind) == AUDIT_MIGRATION;
        if (is_gone(c, a.id))
            continue;
        if (!page_push(ret, c->call->arena, &a, sizeof a))
            code = answer_no_memory(c->call);
    }
    return answer_end(c->call, q, code);
}

/* The last by day and number, migrations too. */
static void note_last(struct standing_state *state, const struct standing_audit *a)
{
    if (date_before(a->performed_on, state->last_on)
        || (a->performed_on.day == state->last_on.day && a->id < state->last_audit_id))
        return;
    state->last_on = a->performed_on;
    state->last_audit_id = a->id;
}

/* Whether another finding of the same result is open on the day. */
static bool is_held(const struct computing *c, const struct raised *r)
{
    const struct raised *all = c->raised.rows;
    for (size_t i = c->n_closed; i < c->raised.n; i++)
        if (all[i].grade == r->grade && all[i].finding.ordinal == r->finding.ordinal
            && all[i].finding.raised_on.day == r->finding.raised_on.day
            && (!date_is_set(all[i].closed_on) || date_before(r->closed_on, all[i].closed_on)))
            return true;
    return false;
}

static bool is_any_unproved(const struct computing *c, const struct raised *r)
{
    const struct raised *all = c->raised.rows;
    for (size_t i = 0; i < c->n_closed; i++)
        if (all[i].unproved && all[i].grade == r->grade && all[i].finding.ordinal == r->finding.ordinal
            && all[i].finding.raised_on.day == r->finding.raised_on.day)
            return true;
    return false;
}

/* The result that the finding belongs to is mended, if it still stands and this was the last of its findings. */
static void close_result(struct computing *c, const struct raised *r)
{
    struct standing_results *results = &c->state->results;
    int32_t ordinal = r->finding.ordinal;
    if (standing_result_of(results, ordinal, r->grade) != STANDING_NONCONFORMING
        || results->days[r->grade - 1][ordinal] != r->finding.raised_on.day || is_held(c, r))
        return;
    standing_result_put(results, ordinal, r->grade, is_any_unproved(c, r) ? STANDING_NOT_ASSESSED : STANDING_CONFORMING,
                        r->closed_on);
}

/* What was closed before the day. */
static void take_closings(struct computing *c, struct date before)
{
    const struct raised *all = c->raised.rows;
    while (c->n_closed < c->raised.n && date_is_set(all[c->n_closed].closed_on)
           && date_before(all[c->n_closed].closed_on, before))
        close_result(c, &all[c->n_closed++]);
}

static int by_seen(const void *a, const void *b)
{
    const struct brought *x = a, *y = b;
    int32_t seen = x->seen_on.day, other = y->seen_on.day;
    return seen != other ? (seen > other) - (seen < other) : (x->on.day > y->on.day) - (x->on.day < y->on.day);
}

/* What was seen by the day and carried over. */
static void take_brought(struct computing *c, struct date until)
{
    struct brought *all = c->brought.rows;
    if (c->n_brought == 0 && c->brought.n > 1)
        qsort(all, c->brought.n, sizeof *all, by_seen);
    for (; c->n_brought < c->brought.n && !date_before(until, all[c->n_brought].seen_on); c->n_brought++) {
        const struct brought *b = &all[c->n_brought];
        take_closings(c, b->seen_on);
        if (b->grade > 0)
            standing_result_carry(&c->state->results, b->ordinal, b->grade, STANDING_NONCONFORMING, b->on);
    }
}

/* Migrations come first, so all that they brought is known before the first audit. */
static int take_audits(struct computing *c)
{
    const struct date end = date_of(9999, 12, 31);
    struct page page = { 0 };
    int code = list_audits(c, &page);
    struct standing_audit *audits = page.rows;
    if (code == OK)
        standing_order_sort(audits, page.n);
    for (size_t i = 0; i < page.n && code == OK; i++) {
        bool is_last = i + 1 == page.n || standing_order_compare(&audits[i], &audits[i + 1]) != 0;
        if (!audits[i].is_carried) {
            take_brought(c, audits[i].performed_on);
            take_closings(c, audits[i].performed_on);
        }
        note_last(c->state, &audits[i]);
        code = take_audit(c, &audits[i], is_last);
    }
    take_brought(c, end);
    take_closings(c, end);
    return code;
}

static int add_raised(struct computing *c, const struct stmt *q)
{
    struct date closed_on = stmt_date(q, STANDING_FINDINGS_closed_on);
    int64_t closing_id = stmt_int(q, STANDING_FINDINGS_closing_id);
    struct raised r = { .finding = { .id = stmt_int(q, STANDING_FINDINGS_id),
                                     .ordinal = (int32_t)stmt_int(q, STANDING_FINDINGS_ordinal),
                                     .class = (enum class)stmt_choice(q, STANDING_FINDINGS_class, ENUM_class),
                                     .raised_on = stmt_date(q, STANDING_FINDINGS_raised_on) },
                        .grade = (enum grade)stmt_choice(q, STANDING_FINDINGS_grade, ENUM_grade) };
    bool is_open = !date_is_set(closed_on) || date_before(c->day.day, closed_on);
    if (!is_open)
        r.closed_on = closed_on;
    r.unproved = closing_id > 0
                 && (stmt_choice(q, STANDING_FINDINGS_closed_by, ENUM_grade) < (int)r.grade || is_gone(c, closing_id));
    if (!page_push(&c->raised, c->call->arena, &r, sizeof r))
        return answer_no_memory(c->call);
    if (!is_open || r.finding.class > c->state->edition->kept_class)
        return OK;
    return page_push(&c->findings, c->call->arena, &r.finding, sizeof r.finding) ? OK : answer_no_memory(c->call);
}

static int by_closing(const void *a, const void *b)
{
    const struct raised *x = a, *y = b;
    int32_t open = INT32_MAX, day = date_is_set(x->closed_on) ? x->closed_on.day : open,
            other = date_is_set(y->closed_on) ? y->closed_on.day : open;
    return day != other ? (day > other) - (day < other)
                        : (x->finding.id > y->finding.id) - (x->finding.id < y->finding.id);
}

static int list_findings(struct computing *c)
{
    struct stmt *q = query_standing_findings(c->call->store, c->holder_id, c->state->edition->id, c->day.day,
                                             c->day.known);
    int code = OK;
    while (code == OK && stmt_step(q))
        if (!is_gone(c, stmt_int(q, STANDING_FINDINGS_audit_id)))
            code = add_raised(c, q);
    if (c->raised.n > 1)
        qsort(c->raised.rows, c->raised.n, sizeof(struct raised), by_closing);
    c->state->findings = c->findings.rows;
    c->state->n_findings = c->findings.n;
    return answer_end(c->call, q, code);
}

static int begin(struct computing *c)
{
    c->sitting = arena_alloc(c->call->arena, (size_t)c->state->edition->n_requirements);
    arena_init(&c->scratch, c->call->arena->limit);
    return c->sitting != NULL ? OK : answer_no_memory(c->call);
}

int standing_compute(struct call *call, int64_t holder_id, const struct catalogue_edition *edition,
                     struct judged_day day, struct standing_state *ret)
{
    struct computing c = { .call = call, .holder_id = holder_id, .day = day, .state = ret };
    int (*const steps[])(struct computing *) = { begin, find_undone, find_corrected, list_findings, take_audits };
    int code = standing_kept_empty(call, edition, ret);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && code == OK; i++)
        code = steps[i](&c);
    if (code == OK)
        standing_kept_expire(ret, day.day);
    return code;
}
