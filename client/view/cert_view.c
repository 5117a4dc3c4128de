/* SPDX-License-Identifier: Apache-2.0 */
#include "client/view/cert_view.h"

#include "client/view/override_view.h"
#include "client/view/words.h"
#include "client/write/table_draw.h"
#include "client/xmalloc.h"

#include <inttypes.h>
#include <string.h>

/* Where the text of an event begins: after its day. */
enum { INDENT = 2, EVENT = INDENT + (DATE_TEXT - 1) + 2, NAME = sizeof "major findings" - 1 };

struct view {
    struct out *o;
    const struct certificate_detail *d;
    struct date as_of;
    struct arena *a;
};

static const char *when(const struct view *v, struct date day)
{
    return words_when((int64_t)day.day - v->as_of.day, v->a);
}

/* 'suspended since 2026-11-01'; what ended does not run until any day. */
const char *cert_view_state(enum certificate_state state, struct date since, struct date until, struct arena *a)
{
    const char *text = words_choice(ENUM_certificate_state, (int)state, a);
    if (state == CERT_SUSPENDED && date_is_set(since))
        return xmalloc_printf(a, "%s since %s", text, words_day(since, a));
    if (state == CERT_WITHDRAWN && date_is_set(since))
        return xmalloc_printf(a, "%s on %s", text, words_day(since, a));
    if (state == CERT_EXPIRED && date_is_set(until))
        return xmalloc_printf(a, "%s after %s", text, words_day(until, a));
    if (state == CERT_ACTIVE && date_is_set(until))
        return xmalloc_printf(a, "%s until %s", text, words_day(until, a));
    return text;
}

/* 'Valid from 2026-01-10 until 2029-01-09, in 777 days', or the day on which that ended. */
static const char *validity(const struct view *v)
{
    const struct certificate *c = v->d->certificate;
    const char *from = words_day(c->valid_from, v->a), *until = words_day(c->valid_until, v->a);
    const char *since = words_day(c->since, v->a);
    if (c->state == CERT_EXPIRED)
        return xmalloc_printf(v->a, "Expired after %s, %s; it was valid from %s", until, when(v, c->valid_until), from);
    if (c->state == CERT_WITHDRAWN && since != NULL)
        return xmalloc_printf(v->a, "Withdrawn on %s, %s; it was valid from %s", since, when(v, c->since), from);
    if (c->state == CERT_SUSPENDED && since != NULL)
        return xmalloc_printf(v->a, "Suspended since %s, %s; its last day is %s", since, when(v, c->since), until);
    if (date_before(v->as_of, c->valid_from))
        return xmalloc_printf(v->a, "Valid from %s, %s, until %s", from, when(v, c->valid_from), until);
    return xmalloc_printf(v->a, "Valid from %s until %s, %s", from, until, when(v, c->valid_until));
}

static void put_head(const struct view *v)
{
    const struct certificate *c = v->d->certificate;
    const char *dot = v->o->utf8 ? "·" : "-";
    out_bold(v->o);
    words_put(v->o,
              xmalloc_printf(v->a, "%s %s %s %s %s %s %s %s %s", c->certificate.text, dot, c->number, dot,
                             c->holder.text, dot, c->edition.text, dot,
                             words_choice(ENUM_certificate_state, (int)c->state, v->a)),
              0);
    out_plain(v->o);
    const char *text = xmalloc_printf(v->a, "%s; granted by %s", validity(v), c->body.text);
    if (c->route != 0)
        text = xmalloc_printf(v->a, "%s (%s)", text, words_choice(ENUM_pursuit_route, (int)c->route, v->a));
    words_put(v->o, xmalloc_printf(v->a, "%s.", text), 0);
    if (c->scope != NULL)
        words_put(v->o, xmalloc_printf(v->a, "Scope: %s", c->scope), 0);
}

static const char *milestone_sign(enum milestone_state state, bool utf8)
{
    static const char *const signs[] = { "", "· coming", "● open", "✓ done", "✗ missed", "✓ late" };
    static const char *const plain[] = { "", "coming", "open", "done", "MISSED", "late" };
    return (utf8 ? signs : plain)[state];
}

/* 'in 151 days', the audit that did it and its day, or what an audit did not assess so that it did not. */
static const char *remark(const struct view *v, const struct certificate_milestone *m)
{
    if (m->lacks != NULL)
        return xmalloc_printf(v->a, "%s is not complete: %s not assessed", m->audit.text, m->lacks);
    if (!date_is_set(m->done_on))
        return m->state == MILESTONE_DONE ? NULL : when(v, m->due);
    const char *day = words_day(m->done_on, v->a);
    if (m->state == MILESTONE_LATE)
        return xmalloc_printf(v->a, "%s on %s, %s", m->audit.text, day, words_late(m->late, v->a));
    if (m->audit.text == NULL)
        return xmalloc_printf(v->a, "on %s", day);
    const char *text = xmalloc_printf(v->a, "%s on %s", m->audit.text, day);
    return date_is_set(m->decided_on) ? xmalloc_printf(v->a, "%s, decided %s", text, words_day(m->decided_on, v->a))
                                      : text;
}

static void put_milestones(const struct view *v)
{
    static const struct table_column columns[] = {
        { "what", 0 }, { "state", TABLE_WHOLE }, { "from", TABLE_OPTIONAL }, { "due", 0 }, { "", TABLE_OPTIONAL },
    };
    struct table t;
    table_init(&t, v->a, columns, sizeof columns / sizeof columns[0]);
    t.indent = INDENT;
    for (size_t i = 0; i < v->d->n_milestones; i++) {
        const struct certificate_milestone *m = &v->d->milestones[i];
        const char **cells = table_row(&t);
        cells[0] = words_choice(ENUM_milestone_kind, (int)m->kind, v->a);
        cells[1] = milestone_sign(m->state, v->o->utf8);
        cells[2] = words_day(m->from, v->a);
        cells[3] = words_day(m->due, v->a);
        cells[4] = remark(v, m);
    }
    buf_text(&v->o->b, v->d->n_milestones > 0 ? "\nCycle:\n" : "");
    table_draw(&t, v->o);
}

/* 'Granted on 2023-05-02 by bea as AV-1, on A6: from 2023-05-02 until 2026-05-01' */
static void put_term(const struct view *v, const struct certificate_term *t)
{
    static const char *const kinds[] = { "", "Granted", "Renewed", "Restored" };
    const char *text = xmalloc_printf(v->a, "%s on %s", kinds[t->kind], words_day(t->decided_on, v->a));
    if (t->decided_by.text != NULL)
        text = xmalloc_printf(v->a, "%s by %s", text, t->decided_by.text);
    text = xmalloc_printf(v->a, "%s as %s", text, t->number);
    if (t->audit.text != NULL)
        text = xmalloc_printf(v->a, "%s, on %s", text, t->audit.text);
    words_put(v->o,
              xmalloc_printf(v->a, "%s: from %s until %s", text, words_day(t->valid_from, v->a),
                             words_day(t->valid_until, v->a)),
              INDENT);
    if (t->unmet != NULL)
        words_put(v->o, xmalloc_printf(v->a, "Unmet conditions: %s", t->unmet), 2 * INDENT);
    if (t->override != NULL)
        words_put(v->o, xmalloc_printf(v->a, "Override: %s", t->override), 2 * INDENT);
}

static void put_event(const struct view *v, const struct certificate_event *e)
{
    const char *text = words_choice(ENUM_certificate_state, (int)e->state, v->a);
    if (e->reason != NULL)
        text = xmalloc_printf(v->a, "%s: %s", text, e->reason);
    buf_printf(&v->o->b, "%*s%s  ", INDENT, "", words_day(e->on, v->a));
    words_put_on(v->o, text, EVENT);
    if (e->override != NULL)
        words_put(v->o, xmalloc_printf(v->a, "Override of the rule: %s", e->override), EVENT);
}

static void put_review(const struct view *v)
{
    buf_text(&v->o->b, v->d->n_review > 0 ? "\nWould not be granted today:\n" : "");
    for (size_t i = 0; i < v->d->n_review; i++) {
        const struct condition *c = &v->d->review[i];
        words_put(v->o,
                  xmalloc_printf(v->a, "%s: %s", words_choice(ENUM_grant_condition, (int)c->condition, v->a), c->why),
                  INDENT);
    }
}

void cert_view_put(struct out *o, const struct certificate_detail *d, struct date as_of, struct arena *a)
{
    const struct view v = { o, d, as_of, a };
    put_head(&v);
    put_review(&v);
    put_milestones(&v);
    buf_text(&o->b, d->n_terms > 0 ? "\nDecisions:\n" : "");
    for (size_t i = 0; i < d->n_terms; i++)
        put_term(&v, &d->terms[i]);
    buf_text(&o->b, d->n_events > 0 ? "\nHistory:\n" : "");
    for (size_t i = 0; i < d->n_events; i++)
        put_event(&v, &d->events[i]);
    override_view_put(o, d->overrides, d->n_overrides, a);
}

/* '✗ verdict  the group is not ready'; what is only told has neither sign. */
void cert_view_put_condition(struct out *o, const struct condition *c, struct arena *a)
{
    static const char *const signs[] = { "✗", "✓", "·" }, *const plain[] = { "NO", "yes", "-" };
    enum { SIGN_WIDTH = sizeof "yes" - 1 };
    int mark = c->told ? 2 : c->holds;
    const char *sign = (o->utf8 ? signs : plain)[mark];
    const char *name = c->told ? "told only" : words_choice(ENUM_grant_condition, (int)c->condition, a);
    const char *why = c->why;
    int sign_width = o->utf8 ? 1 : SIGN_WIDTH, space = o->utf8 ? 1 : SIGN_WIDTH - (int)strlen(sign) + 1;
    int column = sign_width + 1 + NAME + 2;
    if (c->told && strcmp(c->record, "told") != 0) /* which is a demand in words, and names its subject */
        why = xmalloc_printf(a, "rules.%s: %s", c->record, why);
    else if (!c->told && c->record != NULL && strstr(why, c->record) == NULL)
        why = xmalloc_printf(a, "%s (%s)", why, c->record);
    buf_printf(&o->b, "%s%*s%-*s  ", sign, space, "", NAME, name);
    words_put_on(o, why, column);
    if (c->source != NULL)
        words_put(o, xmalloc_printf(a, "Source: %s", c->source), column);
}

void cert_view_begin_members(struct table *t, struct arena *a)
{
    static const struct table_column columns[] = {
        { "enterprise", 0 },
        { "name", TABLE_PROSE },
        { "covered", 0 },
        { "covered_from", 0 },
        { "covered_until", TABLE_OPTIONAL },
        { "newcomer", 0 },
        { "sanction", TABLE_OPTIONAL },
    };
    table_init(t, a, columns, sizeof columns / sizeof columns[0]);
}

/* 'yes', or what keeps it from being covered. */
static const char *covered(const struct covered_member *m, struct arena *a)
{
    bool plain = m->state == 0 || m->state == COVER_COVERED || m->state == COVER_ENDED;
    if (plain)
        return m->covered ? "yes" : "no";
    return words_choice(ENUM_member_cover, (int)m->state, a);
}

void cert_view_add_member(struct table *t, const struct covered_member *m)
{
    struct arena *a = t->arena;
    const char **cells = table_row(t);
    cells[0] = words_copy(m->enterprise.text, a);
    cells[1] = words_copy(m->name, a);
    cells[2] = covered(m, a);
    cells[3] = words_day(m->covered_from, a);
    cells[4] = words_day(m->covered_until, a);
    cells[5] = m->newcomer ? "yes" : "no";
    cells[6] = words_copy(m->sanction.text, a);
}
