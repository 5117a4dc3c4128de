/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/impartiality/impartiality.h"

#include "common/ref.h"
#include "common/rule_mark.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/resolve.h"
#include "query/impartiality.h"

void impartiality_add(struct impartiality_case *c, const char *field, int64_t person_id, int64_t body_id)
{
    if ((person_id > 0 || body_id > 0) && c->n_subjects < IMPARTIALITY_SUBJECTS_MAX)
        c->subjects[c->n_subjects++] = (struct impartiality_subject){ field, person_id, body_id };
}

void impartiality_add_team(struct impartiality_case *c, const struct team *team)
{
    impartiality_add(c, "auditor", team->lead_id, 0);
    for (size_t i = 0; i < team->n; i++)
        if (team->members[i].role != TEAM_OBSERVER)
            impartiality_add(c, "team", team->members[i].person.id, 0);
}

static void take_longer(const struct catalogue_edition *e, int64_t months, struct impartiality_period *longest)
{
    if (months > longest->months)
        *longest = (struct impartiality_period){ (int)months, e->code, e->id, e->rules->impartiality };
}

static void take_rule(const struct catalogue_edition *e, struct impartiality_periods *longest)
{
    const struct impartiality_rule *rule = e->rules != NULL ? e->rules->impartiality : NULL;
    if (rule == NULL)
        return;
    int64_t months[WORK_KINDS] = { rule->cooling_off_months, rule->has_internal_months ? rule->internal_months : 0 };
    for (int work = 0; work < WORK_KINDS; work++) {
        take_longer(e, months[work], &longest->own[work]);
        if (rule->through_body)
            take_longer(e, months[work], &longest->through[work]);
    }
}

int impartiality_periods(struct call *call, const struct catalogue_edition *edition, struct impartiality_periods *ret)
{
    *ret = (struct impartiality_periods){ 0 };
    if (edition != NULL) {
        take_rule(edition, ret);
        return OK;
    }
    struct stmt *q = query_impartiality_editions(call->store);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        code = catalogue_edition(call, stmt_int(q, IMPARTIALITY_EDITIONS_edition_id), &edition);
        if (code == OK)
            take_rule(edition, ret);
    }
    return answer_end(call, q, code);
}

const struct impartiality_period *impartiality_period(const struct impartiality_periods *periods, enum bar_kind kind,
                                                      bool through)
{
    if (kind == BAR_APPOINTMENT)
        return &periods->own[WORK_ASSISTANCE];
    if (kind != BAR_ASSISTANCE && kind != BAR_INTERNAL)
        return NULL;
    const struct impartiality_period *of = through ? periods->through : periods->own;
    return &of[kind == BAR_INTERNAL ? WORK_INTERNAL_AUDIT : WORK_ASSISTANCE];
}

struct date impartiality_until(enum bar_kind kind, struct date since, struct date end,
                               const struct impartiality_period *period)
{
    bool is_work = kind == BAR_ASSISTANCE || kind == BAR_INTERNAL;
    struct date last = is_work ? since : date_is_set(end) ? (struct date){ end.day - 1 } : end;
    return period != NULL && date_is_set(last) ? date_add_months(last, period->months) : last;
}

const char *impartiality_words(struct call *call, enum bar_kind kind, const char *what, struct date since,
                               const char *through, const struct impartiality_period *period)
{
    char day[DATE_TEXT];
    date_format(since, day);
    switch (kind) {
    case BAR_ASSISTANCE:
    case BAR_INTERNAL:
        if (through != NULL)
            return arena_printf(call->arena,
                                "%s until %s through the body %s, and the cooling-off period of %s is %d months", what,
                                day, through, period->edition, period->months);
        return arena_printf(call->arena, "%s until %s, and the cooling-off period of %s is %d months", what, day,
                            period->edition, period->months);
    case BAR_RELATION:
        if (through != NULL)
            return arena_printf(call->arena, "declared %s of its cooperative %s since %s", what, through, day);
        return arena_printf(call->arena, "declared %s since %s", what, day);
    case BAR_APPOINTMENT:
        return arena_printf(call->arena, "%s at %s since %s, and the cooling-off period of %s is %d months", what,
                            through, day, period->edition, period->months);
    case BAR_TEAM:
        return arena_dup(call->arena, "on the team of this audit");
    default:
        return arena_dup(call->arena, "made this inspection");
    }
}

/* Collected subject by subject. */
struct search {
    struct call *call;
    const struct impartiality_case *c;
    const struct impartiality_subject *who;
    struct ref code; /* of the subject */
    struct impartiality_periods periods;
    struct page rows, fields;
};

/* Says by the rule of which edition it is a conflict. */
static int cite(struct search *s, struct bar *bar, const struct impartiality_period *period)
{
    const struct impartiality_rule *rule = period->rule;
    bar->edition = (struct ref){ .text = period->edition, .id = period->edition_id };
    bar->source = arena_printf(s->call->arena, "%s%s", rule->source, rule_mark(rule->unverified, rule->ours));
    return bar->source != NULL ? OK : answer_no_memory(s->call);
}

static int add_bar(struct search *s, struct bar *bar, enum noun noun, int64_t record, const char *words)
{
    struct call *call = s->call;
    bar->person = s->who->person_id > 0 ? s->code : (struct ref){ 0 };
    bar->body = s->who->body_id > 0 ? s->code : (struct ref){ 0 };
    bar->record = ref_text(call->arena, noun, record);
    bar->words = words;
    if (bar->record == NULL || bar->words == NULL || !page_push(&s->rows, call->arena, bar, sizeof *bar)
        || !page_push(&s->fields, call->arena, &s->who->field, sizeof s->who->field))
        return answer_no_memory(call);
    return OK;
}

/* The rows of one query on earlier work; ends q. */
static int add_work(struct search *s, struct stmt *q, enum bar_kind kind, const struct impartiality_period *period)
{
    struct bar cited = { .kind = kind };
    int code = cite(s, &cited, period);
    while (code == OK && stmt_step(q)) {
        struct bar bar = cited;
        bar.since = stmt_date(q, IMPARTIALITY_WORK_on_day);
        bar.until = impartiality_until(kind, bar.since, bar.since, period);
        if (date_is_set(bar.until) && date_before(bar.until, s->c->on))
            continue;
        code = add_bar(s, &bar, kind == BAR_ASSISTANCE ? NOUN_intervention : NOUN_audit,
                       stmt_int(q, IMPARTIALITY_WORK_id),
                       impartiality_words(s->call, kind, stmt_text(q, IMPARTIALITY_WORK_kind), bar.since,
                                          stmt_text(q, IMPARTIALITY_WORK_body), period));
    }
    return answer_end(s->call, q, code);
}

static struct stmt *query_work(struct search *s, enum bar_kind kind, bool through, struct date from)
{
    const struct impartiality_case *c = s->c;
    struct store *store = s->call->store;
    int64_t person = s->who->person_id, body = s->who->body_id;
    struct date until = date_before(c->as_of, c->on) ? c->as_of : c->on;
    if (kind == BAR_ASSISTANCE)
        return through ? query_impartiality_assistance_through(store, c->holder_id, person, body, until, from, c->on,
                                                               c->as_of)
                       : query_impartiality_assistance(store, c->holder_id, person, body, until, from, c->as_of);
    return through
               ? query_impartiality_internal_through(store, c->holder_id, person, body, until, from, c->on, c->as_of)
               : query_impartiality_internal(store, c->holder_id, person, until, from, c->as_of);
}

static int search_work(struct search *s)
{
    static const enum bar_kind kinds[WORK_KINDS] = { BAR_ASSISTANCE, BAR_INTERNAL };
    int code = OK;
    for (int i = 0; i < 2 * WORK_KINDS && code == OK; i++) {
        enum bar_kind kind = kinds[i / 2];
        bool through = i % 2 == 1;
        const struct impartiality_period *period = impartiality_period(&s->periods, kind, through);
        if (period->months == 0)
            continue;
        /* Some days further back than the months: for the last day of a month the period may end later. */
        struct date from = date_add_months(s->c->on, -period->months - 1);
        code = add_work(s, query_work(s, kind, through, from), kind, period);
    }
    return code;
}

static int search_relations(struct search *s)
{
    const struct impartiality_case *c = s->c;
    struct call *call = s->call;
    if (s->who->person_id == 0)
        return OK;
    /* A cooperative's own people audit it internally; a member is inspected by someone who does not belong to it. */
    bool inside = c->task == TASK_INSPECT || c->task == TASK_APPROVE;
    struct stmt *q = query_impartiality_relation(call->store, s->who->person_id, c->holder_id, c->on, c->as_of, inside);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct bar bar = { .kind = BAR_RELATION, .since = stmt_date(q, IMPARTIALITY_RELATION_from_on) };
        bar.until = impartiality_until(bar.kind, bar.since, stmt_date(q, IMPARTIALITY_RELATION_until_on), NULL);
        code = add_bar(s, &bar, NOUN_declaration, stmt_int(q, IMPARTIALITY_RELATION_id),
                       impartiality_words(call, bar.kind, stmt_text(q, IMPARTIALITY_RELATION_relation), bar.since,
                                          stmt_text(q, IMPARTIALITY_RELATION_cooperative), NULL));
    }
    return answer_end(call, q, code);
}

/* Roles at the holder or its cooperative. */
static int search_appointments(struct search *s)
{
    const struct impartiality_case *c = s->c;
    const struct impartiality_period *period = impartiality_period(&s->periods, BAR_APPOINTMENT, false);
    if (s->who->person_id == 0 || period->months == 0)
        return OK;
    struct bar cited = { .kind = BAR_APPOINTMENT };
    int code = cite(s, &cited, period);
    struct stmt *q = query_impartiality_appointment(s->call->store, s->who->person_id, c->holder_id, c->on,
                                                    date_add_months(c->on, -period->months - 1), c->as_of);
    while (code == OK && stmt_step(q)) {
        struct bar bar = cited;
        bar.since = stmt_date(q, IMPARTIALITY_APPOINTMENT_from_on);
        bar.until = impartiality_until(bar.kind, bar.since, stmt_date(q, IMPARTIALITY_APPOINTMENT_until_on), period);
        if (date_is_set(bar.until) && date_before(bar.until, c->on))
            continue;
        code = add_bar(s, &bar, NOUN_appointment, stmt_int(q, IMPARTIALITY_APPOINTMENT_id),
                       impartiality_words(s->call, bar.kind, stmt_text(q, IMPARTIALITY_APPOINTMENT_role), bar.since,
                                          stmt_text(q, IMPARTIALITY_APPOINTMENT_cooperative), period));
    }
    return answer_end(s->call, q, code);
}

static int search_team(struct search *s)
{
    const struct impartiality_case *c = s->c;
    struct bar bar = { .kind = c->task == TASK_APPROVE ? BAR_INSPECTOR : BAR_TEAM };
    bool on_team = false;
    if (s->who->person_id == 0 || c->audit_id == 0)
        return OK;
    int code = team_has(s->call, c->audit_id, s->who->person_id, &on_team);
    if (code != OK || !on_team)
        return code;
    return add_bar(s, &bar, NOUN_audit, c->audit_id,
                   impartiality_words(s->call, bar.kind, NULL, bar.since, NULL, NULL));
}

static int read_code(struct search *s)
{
    const struct impartiality_subject *who = s->who;
    struct call *call = s->call;
    struct stmt *q = who->person_id > 0 ? query_impartiality_code(call->store, who->person_id)
                                        : query_impartiality_code_of_body(call->store, who->body_id);
    s->code = (struct ref){ .text = stmt_step(q) ? stmt_dup(q, IMPARTIALITY_CODE_code, call->arena) : NULL,
                            .id = who->person_id > 0 ? who->person_id : who->body_id };
    int code = answer_end(call, q, OK);
    return code == OK && s->code.text == NULL ? answer_no_memory(call) : code;
}

static int search_subject(struct search *s)
{
    enum impartial_task task = s->c->task;
    bool certifies = task == TASK_AUDIT || task == TASK_DECIDE;
    int code = read_code(s);
    if (code == OK && (task == TASK_APPROVE || task == TASK_DECIDE))
        code = search_team(s);
    if (code == OK && certifies)
        code = search_work(s);
    if (code == OK)
        code = search_relations(s);
    return code == OK && certifies ? search_appointments(s) : code;
}

int impartiality_bars(struct call *call, const struct impartiality_case *c, struct impartiality_bars *ret)
{
    struct search s = { .call = call, .c = c };
    int code = impartiality_periods(call, c->edition, &s.periods);
    for (size_t i = 0; i < c->n_subjects && code == OK; i++) {
        s.who = &c->subjects[i];
        code = search_subject(&s);
    }
    *ret = (struct impartiality_bars){ s.rows.rows, s.fields.rows, s.rows.n };
    return code;
}
