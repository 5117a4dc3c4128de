/* SPDX-License-Identifier: Apache-2.0 */
/* Lists and shows audits. */
#include "common/ref.h"
#include "daemon/service/audit/audit.h"
#include "daemon/service/audit/finding.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/standard/response.h"
#include "query/audit.h"
#include "query/finding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a newest-first list continues. */
static int list_before(struct call *call, const struct page_options *options, struct date as_of, struct date *ret_day,
                       int64_t *ret_id)
{
    *ret_day = date_of(9999, 12, 31);
    *ret_id = INT64_MAX;
    int64_t after;
    int code = answer_after(call, options, NOUN_audit, &after);
    if (code != OK || after == 0)
        return code;
    struct stmt *q = query_audit_day_then(call->store, after, as_of);
    if (stmt_step(q)) {
        *ret_day = stmt_date(q, AUDIT_DAY_THEN_day);
        *ret_id = after;
    }
    return answer_end(call, q, OK);
}

/* A past day is computed from dated records; today's list is read from the stored state by index. */
static struct stmt *query_list(struct call *call, const struct audit_list *p, struct date day, int64_t id)
{
    int64_t holder_id = resolve_list_holder(call, p->holder.id);
    const char *scope = resolve_scope_text(call);
    int64_t limit = answer_limit(&p->page);
    if (date_is_set(p->as_of) && p->as_of.day != call->today.day)
        return query_audit_on_day(call->store, 0, p->edition.id, p->kind, p->from, p->until, holder_id, scope, p->as_of,
                                  call->today, day, id, limit);
    if (holder_id > 0)
        return query_audit_list_of_holder(call->store, p->edition.id, p->kind, p->from, p->until, day, id, holder_id,
                                          call->today, limit);
    return query_audit_list(call->store, p->edition.id, p->kind, p->from, p->until, day, id, scope, call->today, limit);
}

int audit_list(struct call *call, const struct audit_list *p, struct page *ret)
{
    struct date day, as_of = check_or_today(call, p->as_of);
    int64_t id;
    int code = list_before(call, &p->page, as_of, &day, &id);
    if (code == OK)
        code = answer_page(call, query_list(call, p, day, id), &p->page, ret);
    struct audit *rows = ret->rows;
    for (size_t i = 0; code == OK && i < ret->n; i++)
        audit_tell_late(&rows[i], as_of);
    return code;
}

/* ERR_NOT_FOUND before it was planned or performed. */
static int load_on_day(struct call *call, const struct ref *audit, struct date as_of, struct audit *ret)
{
    const struct date any = { 0 };
    struct audit *rows;
    size_t n;
    char day[DATE_TEXT];
    int code = answer_rows(call,
                           query_audit_on_day(call->store, audit->id, 0, 0, any, any, 0, NULL, as_of, call->today,
                                              date_of(9999, 12, 31), INT64_MAX, 1),
                           RECORD_audit, &rows, &n);
    if (code == OK && n == 0)
        return err_set(call->err, ERR_NOT_FOUND, "as_of", "%s was neither planned nor performed by %s; use a later day",
                       audit->text, date_format(as_of, day));
    if (code == OK)
        *ret = rows[0];
    audit_tell_late(ret, as_of);
    return code;
}

static int compare_ordinals(const void *a, const void *b)
{
    int32_t x = ((const struct answer *)a)->ordinal, y = ((const struct answer *)b)->ordinal;
    return (x > y) - (x < y);
}

/* A copy of the responses in the order of the edition, each with the class of its finding. */
static int order_responses(struct call *call, const struct responses *from, struct audit_detail *ret)
{
    struct numbered {
        struct answer answer; /* first: compare_ordinals looks at it */
        size_t at;
    } *order = arena_array(call->arena, from->n, sizeof *order);
    ret->responses = arena_array(call->arena, from->n, sizeof *ret->responses);
    if (order == NULL || ret->responses == NULL)
        return answer_no_memory(call);
    for (size_t i = 0; i < from->n; i++)
        order[i] = (struct numbered){ from->answers[i], i };
    qsort(order, from->n, sizeof *order, compare_ordinals);
    for (size_t i = 0; i < from->n; i++) {
        ret->responses[i] = from->rows[order[i].at];
        ret->responses[i].class = order[i].answer.class;
    }
    ret->n_responses = from->n;
    return OK;
}

static int32_t top_of(const struct catalogue_edition *e, int32_t ordinal)
{
    while (e->requirements[ordinal].parent >= 0)
        ordinal = e->requirements[ordinal].parent;
    return ordinal;
}

static void count_answer(struct section_count *s, const struct answer *a)
{
    s->not_assessed -= a->result != RESULT_NOT_ASSESSED;
    s->conforming += a->result == RESULT_CONFORMING;
    s->not_applicable += a->result == RESULT_NOT_APPLICABLE;
    s->nonconforming += a->result == RESULT_NONCONFORMING;
    s->times += a->result == RESULT_NONCONFORMING ? a->count : 0;
}

static bool has_sections(const struct catalogue_edition *e)
{
    for (int32_t i = 0; i < e->n_requirements; i++)
        if (e->requirements[i].parent >= 0)
            return true;
    return false;
}

/* One count per top requirement with something to assess; none for a flat edition, where it would only repeat the
 * responses. Unanswered requirements are not assessed. */
static int count_sections(struct call *call, const struct catalogue_edition *e, const struct responses *r,
                          struct audit_detail *ret)
{
    struct section_count *by_top = arena_array(call->arena, (size_t)e->n_requirements, sizeof *by_top);
    if (by_top == NULL)
        return answer_no_memory(call);
    ret->sections = by_top;
    if (!has_sections(e))
        return OK;
    for (int32_t i = 0; i < e->n_requirements; i++)
        by_top[top_of(e, i)].not_assessed += e->requirements[i].assessable;
    for (size_t i = 0; i < r->n; i++)
        count_answer(&by_top[top_of(e, r->answers[i].ordinal)], &r->answers[i]);
    for (int32_t i = 0; i < e->n_requirements; i++) {
        struct section_count s = by_top[i];
        if (s.conforming + s.nonconforming + s.not_applicable + s.not_assessed == 0)
            continue;
        s.section = e->requirements[i].code;
        s.title = e->requirements[i].title;
        ret->sections[ret->n_sections++] = s;
    }
    return OK;
}

/* What the audit produced: its responses in order, its sections, its findings. */
static int show_responses(struct call *call, const struct audit_facts *facts, int64_t id, struct date as_of,
                          struct audit_detail *ret)
{
    const struct catalogue_edition *edition;
    struct responses responses = { 0 };
    int code = catalogue_edition(call, facts->edition_id, &edition);
    if (code == OK)
        code = response_read(call, edition, facts->responses, &responses);
    if (code == OK)
        code = order_responses(call, &responses, ret);
    if (code == OK)
        code = count_sections(call, edition, &responses, ret);
    if (code != OK)
        return code;
    return finding_rows(call, query_finding_of_audit(call->store, id, as_of), as_of, &ret->findings, &ret->n_findings);
}

int audit_show(struct call *call, const struct audit_show *p, struct audit_detail *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    struct audit_facts facts;
    ret->audit = arena_alloc(call->arena, sizeof *ret->audit);
    if (ret->audit == NULL)
        return answer_no_memory(call);
    int code = load_on_day(call, &p->audit, as_of, ret->audit);
    if (code == OK)
        code = audit_facts(call, p->audit.id, &facts);
    bool performed = code == OK && date_is_set(ret->audit->performed_on);
    if (code == OK)
        code = team_list(call, p->audit.id, !performed, &ret->team, &ret->n_team);
    if (code == OK)
        code = impartiality_overrides(call, p->audit.id, as_of, &ret->overrides, &ret->n_overrides);
    return code == OK && performed ? show_responses(call, &facts, p->audit.id, as_of, ret) : code;
}

/* Where a list of responses continues: the audit, and how many of its responses were already listed. */
struct position {
    int64_t audit_id;
    size_t given;
};

static int read_position(struct call *call, const struct page_options *options, struct position *ret)
{
    *ret = (struct position){ 0 };
    if (options->after == NULL)
        return OK;
    char *end = NULL;
    const char *text = options->after;
    long long audit = strtoll(text, &end, 10);
    if (audit > 0 && *end == '.' && end[1] >= '0' && end[1] <= '9') {
        unsigned long long given = strtoull(end + 1, &end, 10);
        if (*end == '\0') {
            *ret = (struct position){ audit, (size_t)given };
            return OK;
        }
    }
    return err_set(call->err, ERR_INVALID_PARAM, "after", "must be the next value of the previous page");
}

/* Pushes the responses of q's current audit until the page is full. */
static int push_responses(struct call *call, const struct stmt *q, struct position at, size_t limit, struct page *ret)
{
    const struct catalogue_edition *edition;
    struct responses r;
    struct response_row row = { .audit = ref_to(call->arena, NOUN_audit, stmt_int(q, AUDIT_ANSWERS_audit)),
                                .holder = { .text = stmt_dup(q, AUDIT_ANSWERS_holder, call->arena) },
                                .performed_on = stmt_date(q, AUDIT_ANSWERS_performed_on),
                                .state = (enum audit_state)stmt_choice(q, AUDIT_ANSWERS_state, ENUM_audit_state),
                                .corrected_on = stmt_date(q, AUDIT_ANSWERS_corrected_on),
                                .void_on = stmt_date(q, AUDIT_ANSWERS_void_on) };
    if (!stmt_is_null(q, AUDIT_ANSWERS_corrected_by))
        row.corrected_by = ref_to(call->arena, NOUN_audit, stmt_int(q, AUDIT_ANSWERS_corrected_by));
    int code = catalogue_edition(call, stmt_int(q, AUDIT_ANSWERS_edition_id), &edition);
    if (code == OK)
        code = response_read(call, edition, stmt_blob(q, AUDIT_ANSWERS_responses), &r);
    if (code != OK)
        return code;
    row.edition.text = edition->code;
    for (size_t i = at.audit_id == row.audit.id ? at.given : 0; i < r.n; i++) {
        if (ret->n == limit) {
            ret->next = arena_printf(call->arena, "%lld.%zu", (long long)row.audit.id, i);
            return ret->next != NULL ? OK : answer_no_memory(call);
        }
        row.requirement = r.rows[i].requirement;
        row.result = r.rows[i].result;
        row.class = r.answers[i].class;
        row.count = r.rows[i].count;
        row.has_count = r.rows[i].has_count;
        row.note = r.rows[i].note;
        if (row.audit.text == NULL || row.holder.text == NULL || !page_push(ret, call->arena, &row, sizeof row))
            return answer_no_memory(call);
    }
    return OK;
}

int audit_responses(struct call *call, const struct audit_responses *p, struct page *ret)
{
    struct position at;
    struct date as_of = check_or_today(call, p->as_of);
    int64_t holder_id = resolve_list_holder(call, p->holder.id);
    int code = read_position(call, &p->page, &at);
    if (code != OK)
        return code;
    struct stmt *q = holder_id > 0
                         ? query_audit_responses_of_holder(call->store, p->edition.id, holder_id, at.audit_id, as_of)
                         : query_audit_responses(call->store, p->edition.id, resolve_scope_text(call), call->today,
                                                 at.audit_id, as_of);
    size_t limit = (size_t)answer_limit(&p->page) - 1;
    while (code == OK && ret->next == NULL && stmt_step(q))
        code = push_responses(call, q, at, limit, ret);
    return answer_end(call, q, code);
}
