/* SPDX-License-Identifier: Apache-2.0 */
/* One holder's part of a migration. */
#include "daemon/service/audit/audit.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/migration/migration.h"
#include "daemon/service/standard/response.h"
#include "daemon/service/standing/proof.h"
#include "daemon/service/standing/standing_kept.h"
#include "query/carry.h"

#include <string.h>

/* A finding against the old edition, open on the day. */
struct open_finding {
    int64_t id;
    int32_t ordinal;
    enum class class;
    enum audit_kind kind; /* of the audit that raised it first */
    enum grade grade;
};

/* A holder in progress. */
struct holder {
    const struct migration_plan *plan;
    int64_t id;
    struct standing_state from, to;
    bool has_from, has_to;
    struct open_finding *open;
    size_t n_open;
    uint8_t *carried;           /* per requirement of the plan's to */
    struct proof *proofs;       /* the same: of what is carried */
    struct response *rows;      /* the carried results, in the order of the edition */
    struct responses responses; /* the same, interpreted */
    struct proof *row_proofs;   /* one per row */
    size_t n_rows;
};

static int read_standing(struct call *call, int64_t holder_id, const struct catalogue_edition *e, struct date on,
                         struct standing_state *ret, bool *ret_there)
{
    struct standing_state *states;
    size_t n;
    int code = standing_list(call, holder_id, e->id, day_as_of(on), &states, &n);
    *ret_there = code == OK && n > 0;
    if (*ret_there)
        *ret = states[0];
    return code;
}

static int read_open(struct call *call, struct holder *h)
{
    struct page open = { 0 };
    struct stmt *q = query_carry_findings(call->store, h->id, h->plan->from->id, h->plan->on);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct open_finding f = { stmt_int(q, CARRY_FINDINGS_id), (int32_t)stmt_int(q, CARRY_FINDINGS_ordinal),
                                  (enum class)stmt_choice(q, CARRY_FINDINGS_class, ENUM_class),
                                  (enum audit_kind)stmt_choice(q, CARRY_FINDINGS_raised_by, ENUM_audit_kind),
                                  (enum grade)stmt_choice(q, CARRY_FINDINGS_grade, ENUM_grade) };
        if (!page_push(&open, call->arena, &f, sizeof f))
            code = answer_no_memory(call);
    }
    h->open = open.rows;
    h->n_open = open.n;
    return answer_end(call, q, code);
}

/* With a nonconformity still open, conforming is not carried over. */
static void forget_doubtful(const struct holder *h, uint8_t *results)
{
    for (size_t i = 0; i < h->n_open; i++)
        if (h->open[i].class <= CLASS_MINOR && results[h->open[i].ordinal] == STANDING_CONFORMING)
            results[h->open[i].ordinal] = STANDING_NOT_ASSESSED;
}

/* What is carried of the results of a grade and above. */
static int carry_from(struct call *call, const struct holder *h, enum grade grade, uint8_t **ret)
{
    int32_t n = h->plan->from->n_requirements;
    uint8_t *results = arena_alloc(call->arena, (size_t)n);
    if (results == NULL)
        return answer_no_memory(call);
    for (int32_t i = 0; i < n && h->has_from; i++)
        results[i] = (uint8_t)standing_result_from(&h->from.results, i, grade);
    forget_doubtful(h, results);
    return carry_all(call, h->plan->steps, h->plan->n_steps, results, ret);
}

/* The day of the oldest result that a good one is carried from; of the newest bad one, that a bad one is. */
static struct date seen_on(const struct holder *h, int32_t ordinal, enum grade grade)
{
    const struct carry_source *s = &h->plan->sources[ordinal];
    bool bad = h->carried[ordinal] == STANDING_NONCONFORMING;
    struct date found = { 0 };
    for (size_t i = 0; i < s->n && h->has_from; i++) {
        struct date day = standing_result_day(&h->from.results, s->ordinals[i], grade);
        if (bad && standing_result(&h->from.results, s->ordinals[i], grade) != STANDING_NONCONFORMING)
            continue;
        bool counts = bad ? date_before(found, day) : date_before(day, found);
        if (date_is_set(day) && (!date_is_set(found) || counts))
            found = day;
    }
    return date_is_set(found) ? found : h->plan->on;
}

/* The proof of a result is the strongest grade that carries it alone. */
static int carry(struct call *call, struct holder *h)
{
    int32_t n = h->plan->to->n_requirements;
    h->proofs = arena_array(call->arena, (size_t)n, sizeof *h->proofs);
    int code = h->proofs != NULL ? carry_from(call, h, GRADE_SELF, &h->carried) : answer_no_memory(call);
    for (int grade = GRADE_SELF; grade < grade_end_ && code == OK; grade++) {
        uint8_t *alone;
        code = carry_from(call, h, (enum grade)grade, &alone);
        for (int32_t i = 0; i < n && code == OK; i++)
            if (alone[i] == h->carried[i])
                h->proofs[i] = (struct proof){ (enum grade)grade, seen_on(h, i, (enum grade)grade) };
    }
    return code;
}

static bool is_source(const struct carry_source *s, int32_t ordinal)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->ordinals[i] == ordinal)
            return true;
    return false;
}

/* The worst open finding behind a requirement, of those of the highest grade, because it decides who may close what is
 * carried over. NULL if there is none. */
static const struct open_finding *finding_behind(const struct holder *h, int32_t ordinal)
{
    const struct open_finding *worst = NULL;
    for (size_t i = 0; i < h->n_open; i++) {
        const struct open_finding *f = &h->open[i];
        if (!is_source(&h->plan->sources[ordinal], f->ordinal))
            continue;
        bool more = worst == NULL || f->grade > worst->grade;
        bool same = worst != NULL && f->grade == worst->grade;
        if (more || (same && f->class < worst->class))
            worst = f;
    }
    return worst;
}

/* clang-format off */
/* Of the class that the new edition derives; else of the worst that is open, which is a nonconformity at least where
 * the requirement is no recommendation. */
static enum class class_for(const struct holder *h, int32_t ordinal)
{
    enum class worst = 0;
    if (h->plan->to->class_from_level)
        return 0;
    for (size_t i = 0; i < h->n_open; i++)
        if (is_source(&h->plan->sources[ordinal], h->open[i].ordinal) && (worst == 0 || h->open[i].class < worst))
            worst = h->open[i].class;
    bool light = h->plan->to->requirements[ordinal].level == LEVEL_RECOMMENDATION;
    return worst == 0 || (worst > CLASS_MINOR && !light) ? CLASS_MINOR : worst;
}
/* clang-format on */

static const char *note_of_failure(struct call *call, const struct holder *h, int32_t ordinal)
{
    const struct open_finding *f = finding_behind(h, ordinal);
    const struct catalogue_edition *e = h->plan->from;
    if (f == NULL)
        return arena_printf(call->arena, "carried over from %s", e->code);
    return arena_printf(call->arena, "carried over from F%lld on %s of %s", (long long)f->id,
                        e->requirements[f->ordinal].code, e->code);
}

static int push_row(struct call *call, struct holder *h, int32_t ordinal)
{
    static const enum result results[] = { [STANDING_CONFORMING] = RESULT_CONFORMING,
                                           [STANDING_NONCONFORMING] = RESULT_NONCONFORMING,
                                           [STANDING_NOT_APPLICABLE] = RESULT_NOT_APPLICABLE };
    h->row_proofs[h->n_rows] = h->proofs[ordinal];
    struct response *row = &h->rows[h->n_rows++];
    *row = (struct response){ .requirement = h->plan->to->requirements[ordinal].code,
                              .result = results[h->carried[ordinal]] };
    if (row->result == RESULT_CONFORMING)
        return OK;
    if (row->result == RESULT_NONCONFORMING) {
        row->class = class_for(h, ordinal);
        row->note = note_of_failure(call, h, ordinal);
    } else {
        row->note = arena_printf(call->arena, "not applicable in %s",
                                 h->plan->from->code); /* until its reason is read */
    }
    return row->note != NULL ? OK : answer_no_memory(call);
}

/* Whether the new edition has a result, of the day the bad one was seen or later, that mends it or replaces it. */
static bool is_outdated(const struct holder *h, int32_t ordinal)
{
    const struct proof *bad = &h->proofs[ordinal];
    for (int grade = (int)bad->grade; grade < grade_end_; grade++) {
        enum standing_result result = standing_result_of(&h->to.results, ordinal, (enum grade)grade);
        bool is_later = h->to.results.days[grade - 1][ordinal] >= bad->seen_on.day;
        bool is_good = result == STANDING_CONFORMING || result == STANDING_NOT_APPLICABLE;
        if (is_later && (is_good || (result == STANDING_NONCONFORMING && grade == (int)bad->grade)))
            return true;
    }
    return false;
}

/* Whether a requirement keeps its result: what is good only fills a gap; what is bad yields as if it was seen there. */
static bool is_answered(const struct holder *h, int32_t ordinal)
{
    if (!h->has_to)
        return false;
    if (h->carried[ordinal] == STANDING_NONCONFORMING)
        return is_outdated(h, ordinal);
    return standing_result(&h->to.results, ordinal, GRADE_SELF) != STANDING_NOT_ASSESSED;
}

static int make_rows(struct call *call, struct holder *h)
{
    const struct catalogue_edition *e = h->plan->to;
    int code = OK;
    h->rows = arena_array(call->arena, (size_t)e->n_assessable, sizeof *h->rows);
    h->row_proofs = arena_array(call->arena, (size_t)e->n_assessable, sizeof *h->row_proofs);
    if (h->rows == NULL || h->row_proofs == NULL)
        return answer_no_memory(call);
    for (int32_t i = 0; i < e->n_requirements && code == OK; i++)
        if (h->carried[i] != STANDING_NOT_ASSESSED && !is_answered(h, i))
            code = push_row(call, h, i);
    return code == OK ? response_check(call, e, h->rows, h->n_rows, &h->responses) : code;
}

/* The reason is that of the first source found in the newest audit that gave one. */
static void take_reasons(struct holder *h, const struct responses *r, uint8_t *found, size_t *missing)
{
    for (size_t k = 0; k < h->n_rows; k++) {
        if (h->rows[k].result != RESULT_NOT_APPLICABLE || found[k] != 0)
            continue;
        const struct carry_source *s = &h->plan->sources[h->responses.answers[k].ordinal];
        for (size_t i = 0; i < r->n && found[k] == 0; i++) {
            if (r->answers[i].result != RESULT_NOT_APPLICABLE || !is_source(s, r->answers[i].ordinal))
                continue;
            h->rows[k].note = r->rows[i].note;
            found[k] = 1;
            --*missing;
        }
    }
}

static int read_reasons(struct call *call, struct holder *h)
{
    size_t missing = 0;
    uint8_t *found = arena_alloc(call->arena, h->n_rows + 1);
    if (found == NULL)
        return answer_no_memory(call);
    for (size_t k = 0; k < h->n_rows; k++)
        missing += h->rows[k].result == RESULT_NOT_APPLICABLE;
    if (missing == 0)
        return OK;
    struct stmt *q = query_carry_answers(call->store, h->id, h->plan->from->id, h->plan->on);
    int code = OK;
    while (code == OK && missing > 0 && stmt_step(q)) {
        struct responses r;
        code = response_read(call, h->plan->from, stmt_blob(q, CARRY_ANSWERS_responses), &r);
        if (code == OK)
            take_reasons(h, &r, found, &missing);
    }
    return answer_end(call, q, code);
}

/* A copy of the holder's standing against the new edition, with room for the findings to raise. */
static int copy_standing(struct call *call, const struct holder *h, struct standing_state *ret)
{
    size_t n = (size_t)h->plan->to->n_requirements;
    int code = standing_kept_empty(call, h->plan->to, ret);
    if (code != OK)
        return code;
    ret->findings = arena_array(call->arena, h->to.n_findings + (size_t)h->responses.findings, sizeof *ret->findings);
    if (ret->findings == NULL)
        return answer_no_memory(call);
    if (!h->has_to)
        return OK;
    memcpy(ret->results.latest, h->to.results.latest, n);
    for (int g = 0; g < GRADES; g++)
        memcpy(ret->results.days[g], h->to.results.days[g], n * sizeof *ret->results.days[g]);
    if (h->to.n_findings > 0)
        memcpy(ret->findings, h->to.findings, h->to.n_findings * sizeof *ret->findings);
    ret->n_findings = h->to.n_findings;
    return OK;
}

/* The new standing: the results filled in, the findings raised. */
static int judge_after(struct call *call, struct holder *h, struct readiness *ret)
{
    const struct responses *r = &h->responses;
    struct standing_state after;
    int code = copy_standing(call, h, &after);
    if (code != OK)
        return code;
    for (size_t i = 0; i < r->n; i++) {
        const struct answer *a = &r->answers[i];
        standing_result_carry(&after.results, a->ordinal, h->row_proofs[i].grade,
                              (enum standing_result)h->carried[a->ordinal], h->row_proofs[i].seen_on);
        if (a->class != 0 && a->class <= h->plan->to->kept_class)
            after.findings[after.n_findings++] = (struct standing_finding){ 0, a->ordinal, a->class, h->plan->on };
    }
    standing_kept_expire(&after, h->plan->on);
    readiness_judge(&after, GRADE_SELF, ret);
    return OK;
}

static void sum_up(const struct holder *h, struct migration_holder *ret)
{
    const struct catalogue_edition *e = h->plan->to;
    for (int32_t i = 0; i < e->n_requirements; i++) {
        struct migration_requirement *s = &h->plan->summary[i];
        if (!e->requirements[i].assessable)
            continue;
        if (is_answered(h, i))
            ret->kept++, s->kept++;
        else if (h->carried[i] == STANDING_NOT_ASSESSED)
            ret->anew++, s->anew++;
        else
            ret->carried++;
        bool fills = !is_answered(h, i);
        s->conforming += fills && h->carried[i] == STANDING_CONFORMING;
        s->nonconforming += fills && h->carried[i] == STANDING_NONCONFORMING;
        s->not_applicable += fills && h->carried[i] == STANDING_NOT_APPLICABLE;
    }
    ret->findings = h->responses.findings;
}

/* Each finding raised continues one against the old edition. */
static int link_findings(struct call *call, const struct holder *h, int64_t audit_id)
{
    if (h->responses.findings == 0)
        return OK;
    struct stmt *q = query_carry_raised(call->store, audit_id);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        const struct open_finding *f = finding_behind(h, (int32_t)stmt_int(q, CARRY_RAISED_ordinal));
        enum audit_kind kind = f != NULL ? f->kind : AUDIT_FOLLOW_UP;
        code = stmt_run(
            query_carry_finding_insert(call->store, stmt_int(q, CARRY_RAISED_id), f != NULL ? f->id : 0, kind),
            call->err);
    }
    return answer_end(call, q, code);
}

static int write_audit(struct call *call, struct holder *h, int64_t *ret_id)
{
    const struct migration_plan *plan = h->plan;
    struct audit_draft draft = { .holder_id = h->id,
                                 .edition = plan->to,
                                 .kind = AUDIT_MIGRATION,
                                 .grade = GRADE_SELF,
                                 .on = plan->on,
                                 .responses = h->rows,
                                 .proofs = h->row_proofs,
                                 .n_responses = h->n_rows };
    const char *conclusion = arena_printf(call->arena, "results carried over from %s by R%lld", plan->from->code,
                                          (long long)plan->id);
    if (conclusion == NULL)
        return answer_no_memory(call);
    int code = read_reasons(call, h);
    if (code == OK)
        code = audit_write(call, &draft, ret_id);
    if (code == OK)
        code = stmt_run(query_carry_audit_mark(call->store, *ret_id, conclusion, plan->id), call->err);
    return code == OK ? link_findings(call, h, *ret_id) : code;
}

static int write_holder(struct call *call, struct holder *h, const struct migration_holder *r)
{
    int64_t audit_id = 0;
    int code = h->n_rows > 0 ? write_audit(call, h, &audit_id) : OK;
    if (code != OK)
        return code;
    return stmt_run(query_carry_holder_insert(call->store, h->plan->id, h->id, audit_id, r->before, r->after,
                                              r->carried, r->kept, r->anew, r->findings),
                    call->err);
}

static int judge(struct call *call, struct holder *h, struct migration_holder *ret)
{
    struct readiness r = { 0 };
    if (h->has_from) {
        readiness_judge(&h->from, GRADE_SELF, &r);
        ret->before = r.verdict;
    }
    if (!h->has_to && h->n_rows == 0)
        return OK; /* nothing is known of it, before or after */
    int code = judge_after(call, h, &r);
    ret->after = r.verdict;
    return code;
}

static int carry_holder(struct call *call, struct holder *h, struct migration_holder *ret)
{
    const struct migration_plan *plan = h->plan;
    int code = read_standing(call, h->id, plan->from, plan->on, &h->from, &h->has_from);
    if (code == OK)
        code = read_standing(call, h->id, plan->to, plan->on, &h->to, &h->has_to);
    if (code == OK && h->has_from)
        code = read_open(call, h);
    if (code == OK)
        code = carry(call, h);
    if (code == OK)
        code = make_rows(call, h);
    if (code == OK)
        code = judge(call, h, ret);
    if (code != OK)
        return code;
    sum_up(h, ret);
    return plan->id > 0 ? write_holder(call, h, ret) : OK;
}

/* In a separate arena, so that two thousand holders need no more than one. */
int migration_carry(struct call *call, const struct migration_plan *plan, int64_t holder_id,
                    struct migration_holder *ret)
{
    struct holder h = { .plan = plan, .id = holder_id };
    struct arena scratch;
    struct call within = *call;
    arena_init(&scratch, call->arena->limit);
    within.arena = &scratch;
    int code = carry_holder(&within, &h, ret);
    arena_reset(&scratch);
    return code;
}
