/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/impartiality/impartiality.h"

#include "common/ref.h"
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

static void take_longer(const struct catalogue_edition *e, struct impartiality_cooling_off *longest)
{
    const struct impartiality_rule *rule = e->rules != NULL ? e->rules->impartiality : NULL;
    if (rule != NULL && rule->cooling_off_months > longest->months)
        *longest = (struct impartiality_cooling_off){ (int)rule->cooling_off_months, e->code };
}

int impartiality_cooling_off(struct call *call, const struct catalogue_edition *edition,
                             struct impartiality_cooling_off *ret)
{
    *ret = (struct impartiality_cooling_off){ 0 };
    if (edition != NULL) {
        take_longer(edition, ret);
        return OK;
    }
    struct stmt *q = query_impartiality_editions(call->store);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        code = catalogue_edition(call, stmt_int(q, IMPARTIALITY_EDITIONS_edition_id), &edition);
        if (code == OK)
            take_longer(edition, ret);
    }
    return answer_end(call, q, code);
}

const char *impartiality_words(struct call *call, enum bar_kind kind, const char *what, struct date since,
                               const struct impartiality_cooling_off *rule)
{
    char day[DATE_TEXT];
    date_format(since, day);
    switch (kind) {
    case BAR_ASSISTANCE:
        return arena_printf(call->arena, "%s until %s, and the cooling-off period of %s is %d months", what, day,
                            rule->edition, rule->months);
    case BAR_RELATION:
        return arena_printf(call->arena, "declared %s since %s", what, day);
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
    struct impartiality_cooling_off rule;
    struct page rows, fields;
};

static int add_bar(struct search *s, struct bar *bar, enum noun noun, int64_t record, const char *what)
{
    struct call *call = s->call;
    bar->person = s->who->person_id > 0 ? s->code : (struct ref){ 0 };
    bar->body = s->who->body_id > 0 ? s->code : (struct ref){ 0 };
    bar->record = ref_text(call->arena, noun, record);
    bar->words = impartiality_words(call, bar->kind, what, bar->since, &s->rule);
    if (bar->record == NULL || bar->words == NULL || !page_push(&s->rows, call->arena, bar, sizeof *bar)
        || !page_push(&s->fields, call->arena, &s->who->field, sizeof s->who->field))
        return answer_no_memory(call);
    return OK;
}

static int search_assistance(struct search *s)
{
    const struct impartiality_case *c = s->c;
    struct call *call = s->call;
    if (s->rule.months == 0)
        return OK;
    /* Looks some days further back than the months: for the last day of a month the period may end later. */
    struct date earliest = date_add_months(c->on, -s->rule.months - 1);
    struct date latest = date_before(c->as_of, c->on) ? c->as_of : c->on;
    struct stmt *q = query_impartiality_assistance(call->store, c->holder_id, s->who->person_id, s->who->body_id,
                                                   latest, earliest);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct bar bar = { .kind = BAR_ASSISTANCE, .since = stmt_date(q, IMPARTIALITY_ASSISTANCE_delivered_on) };
        bar.until = date_add_months(bar.since, s->rule.months);
        if (!date_is_set(bar.until) || !date_before(bar.until, c->on))
            code = add_bar(s, &bar, NOUN_intervention, stmt_int(q, IMPARTIALITY_ASSISTANCE_id),
                           stmt_text(q, IMPARTIALITY_ASSISTANCE_kind));
    }
    return answer_end(call, q, code);
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
        struct date end = stmt_date(q, IMPARTIALITY_RELATION_until_on);
        bar.until = date_is_set(end) ? (struct date){ end.day - 1 } : end;
        code = add_bar(s, &bar, NOUN_declaration, stmt_int(q, IMPARTIALITY_RELATION_id),
                       stmt_text(q, IMPARTIALITY_RELATION_relation));
    }
    return answer_end(call, q, code);
}

static int search_team(struct search *s)
{
    const struct impartiality_case *c = s->c;
    struct bar bar = { .kind = c->task == TASK_APPROVE ? BAR_INSPECTOR : BAR_TEAM };
    bool on_team = false;
    if (s->who->person_id == 0 || c->audit_id == 0)
        return OK;
    int code = team_has(s->call, c->audit_id, s->who->person_id, &on_team);
    return code == OK && on_team ? add_bar(s, &bar, NOUN_audit, c->audit_id, NULL) : code;
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
    int code = read_code(s);
    if (code == OK && (task == TASK_APPROVE || task == TASK_DECIDE))
        code = search_team(s);
    if (code == OK && (task == TASK_AUDIT || task == TASK_DECIDE))
        code = search_assistance(s);
    return code == OK ? search_relations(s) : code;
}

int impartiality_bars(struct call *call, const struct impartiality_case *c, struct impartiality_bars *ret)
{
    struct search s = { .call = call, .c = c };
    int code = impartiality_cooling_off(call, c->edition, &s.rule);
    for (size_t i = 0; i < c->n_subjects && code == OK; i++) {
        s.who = &c->subjects[i];
        code = search_subject(&s);
    }
    *ret = (struct impartiality_bars){ s.rows.rows, s.fields.rows, s.rows.n };
    return code;
}
