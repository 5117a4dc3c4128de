/* SPDX-License-Identifier: Apache-2.0 */
#include "client/view/finding_view.h"

#include "client/view/words.h"
#include "client/xmalloc.h"
#include "common/rule_mark.h"
#include "common/text_unit.h"

#include <inttypes.h>
#include <string.h>

enum { INDENT = 2, GAP = 2, NUMBER = 4, STEP_WIDTH = sizeof "evidence" - 1 };

struct view {
    struct out *o;
    const struct finding_detail *d;
    struct date as_of;
    bool wide;
    struct arena *a;
};

/* The steps to closure, in order. */
static const enum finding_state chain[] = { FINDING_OPEN,        FINDING_PLANNED,  FINDING_ACCEPTED,
                                            FINDING_IMPLEMENTED, FINDING_VERIFIED, FINDING_CLOSED };
enum { CHAIN = sizeof chain / sizeof chain[0] };

enum mark { MARK_DONE, MARK_HERE, MARK_TO_COME };

static const char *mark(const struct out *o, enum mark m)
{
    static const char *const signs[] = { "✓", "●", "·" }, *const plain[] = { "x", ">", "-" };
    return (o->utf8 ? signs : plain)[m];
}

static void put_head(const struct view *v)
{
    const struct finding *f = v->d->finding;
    const char *dot = v->o->utf8 ? "·" : "-";
    out_bold(v->o);
    words_put(v->o,
              xmalloc_printf(v->a, "%s %s %s %s %s %s %s %s", f->finding.text, dot,
                             words_choice(ENUM_class, (int)f->class, v->a), dot, f->holder.text, dot, f->edition.text,
                             f->requirement),
              0);
    out_plain(v->o);
    if (v->d->title != NULL)
        words_put(v->o, v->d->title, 0);
    const char *raised = xmalloc_printf(v->a, "Raised on %s by %s", words_day(f->raised_on, v->a), f->audit.text);
    if (f->count > 1)
        raised = xmalloc_printf(v->a, "%s, seen %" PRId64 " times", raised, f->count);
    if (date_is_set(f->notified_on))
        raised = xmalloc_printf(v->a, "%s; holder notified on %s", raised, words_day(f->notified_on, v->a));
    words_put(v->o, xmalloc_printf(v->a, "%s.", raised), 0);
    if (f->counts_as != 0)
        words_put(v->o,
                  xmalloc_printf(v->a, "It was left open by a later audit and counts as %s.",
                                 words_choice(ENUM_class, (int)f->counts_as, v->a)),
                  0);
}

static void put_seen(const struct view *v)
{
    if (v->d->note == NULL)
        return;
    buf_text(&v->o->b, "\nSeen:\n");
    words_put(v->o, v->d->note, INDENT);
}

/* The states passed since it was last open, as a set of 1 << state. */
static unsigned reached(const struct view *v)
{
    unsigned set = 1u << FINDING_OPEN | 1u << v->d->finding->state;
    for (size_t i = 0; i < v->d->n_steps; i++) {
        enum finding_state state = v->d->steps[i].state;
        set = state == FINDING_OPEN ? 1u << FINDING_OPEN : set | 1u << state;
        if (state != FINDING_CLOSED) /* open again, where what had closed it is void */
            set &= ~(1u << FINDING_CLOSED);
    }
    return set | 1u << v->d->finding->state;
}

/* Omits states off its path: those a closed finding skipped and, for one that requires no work, those not done. */
static bool is_on_way(const struct view *v, enum finding_state state, unsigned set)
{
    const struct finding *f = v->d->finding;
    return (set & 1u << state) != 0 || state == FINDING_CLOSED
           || (f->state != FINDING_CLOSED && f->class <= CLASS_MINOR);
}

static void put_state(const struct view *v, enum finding_state state, enum mark m)
{
    bool here = state == v->d->finding->state;
    if (here)
        out_bold(v->o);
    buf_printf(&v->o->b, "%s %s", mark(v->o, m), api_choice_text(ENUM_finding_state, (int)state));
    if (here)
        out_plain(v->o);
}

/* '✓ open  ✓ planned  ● accepted  · implemented  · verified  · closed' */
static void put_chain(const struct view *v)
{
    unsigned set = reached(v);
    int at = 0, end = words_columns(v->o);
    buf_text(&v->o->b, "\n");
    for (size_t i = 0; i < CHAIN; i++) {
        enum finding_state state = chain[i];
        bool now = state == v->d->finding->state && state != FINDING_CLOSED;
        int width = 2 + (int)strlen(api_choice_text(ENUM_finding_state, (int)state));
        if (!is_on_way(v, state, set))
            continue;
        bool fits = at + GAP + width <= end;
        if (at > 0)
            buf_text(&v->o->b, fits ? "  " : "\n");
        put_state(v, state, now ? MARK_HERE : (set & 1u << state) != 0 ? MARK_DONE : MARK_TO_COME);
        at = at > 0 && fits ? at + GAP + width : width;
    }
    buf_text(&v->o->b, "\n");
}

/* What became of the audit that raised it, or of the one that closed it. */
static void put_void(const struct view *v)
{
    const struct finding *f = v->d->finding;
    const struct finding_step *last = v->d->n_steps > 0 ? &v->d->steps[v->d->n_steps - 1] : NULL;
    if (f->state == FINDING_VOID)
        words_put(v->o,
                  xmalloc_printf(v->a, "Void since %s: %s, which raised it, is void.", words_day(f->void_on, v->a),
                                 f->audit.text),
                  0);
    else if (last != NULL && last->state != FINDING_CLOSED && last->audit.text != NULL && last->reason != NULL)
        words_put(v->o, xmalloc_printf(v->a, "Open again since %s: %s.", words_day(last->on, v->a), last->reason), 0);
    if (f->corrected_by.text != NULL)
        words_put(v->o, xmalloc_printf(v->a, "%s was corrected by %s.", f->audit.text, f->corrected_by.text), 0);
}

/* The last step to closure names the audit that closed it, if any. */
static void put_closed(const struct view *v)
{
    const struct finding *f = v->d->finding;
    const struct finding_step *last = v->d->n_steps > 0 ? &v->d->steps[v->d->n_steps - 1] : NULL;
    const char *text = xmalloc_printf(v->a, "Closed on %s", words_day(f->closed_on, v->a));
    if (last != NULL && last->state == FINDING_CLOSED && last->audit.text != NULL)
        text = xmalloc_printf(v->a, "%s by %s", text, last->audit.text);
    if (f->verified_by != NULL)
        text = xmalloc_printf(v->a, "%s, verified by %s", text, f->verified_by);
    if (f->reason != NULL)
        text = xmalloc_printf(v->a, "%s: %s", text, f->reason);
    words_put(v->o, text, 0);
}

static int64_t days_left(const struct view *v, struct date due)
{
    return (int64_t)due.day - v->as_of.day;
}

static void put_next(const struct view *v)
{
    const struct finding *f = v->d->finding;
    if (f->state == FINDING_CLOSED) {
        put_closed(v);
        return;
    }
    if (f->state == FINDING_VOID)
        return;
    if (f->next_step == 0) {
        buf_text(&v->o->b, "No deadlines.\n");
        return;
    }
    const char *text = xmalloc_printf(v->a, "%s: %s by %s, %s", f->overdue ? "Overdue" : "Next",
                                      words_choice(ENUM_deadline_step, (int)f->next_step, v->a),
                                      words_day(f->due_on, v->a), words_when(days_left(v, f->due_on), v->a));
    if (date_is_set(f->scheduled_on) && f->scheduled_on.day != f->due_on.day)
        text = xmalloc_printf(v->a, "%s (scheduled for %s)", text, words_day(f->scheduled_on, v->a));
    words_put(v->o, text, 0);
}

/* 'in 5 days; scheduled for 2026-10-29, moved on 2026-10-20: The harvest; the rule is unverified' */
static const char *remark(const struct view *v, const struct finding_deadline *due, bool done)
{
    const char *text = done ? xmalloc_printf(v->a, "done on %s, %s", words_day(due->done_on, v->a),
                                             words_late(due->late, v->a))
                            : words_when(days_left(v, due->due_on), v->a);
    if (date_is_set(due->moved_on)) {
        const char *scheduled = words_day(due->scheduled_on, v->a);
        text = xmalloc_printf(v->a, "%s%s%s%s%smoved on %s: %s", text, *text != '\0' ? "; " : "",
                              scheduled != NULL ? "scheduled for " : "", scheduled != NULL ? scheduled : "",
                              scheduled != NULL ? ", " : "", words_day(due->moved_on, v->a), due->reason);
    }
    if (due->approved)
        text = xmalloc_printf(v->a, "%s%sto be approved by the body", text, *text != '\0' ? "; " : "");
    if (due->unverified || due->ours)
        text = xmalloc_printf(v->a, "%s%srule%s", text, *text != '\0' ? "; " : "",
                              rule_mark(due->unverified, due->ours));
    return text;
}

static void put_deadlines(const struct view *v)
{
    if (v->d->n_deadlines > 0)
        buf_text(&v->o->b, "\nDue:\n");
    for (size_t i = 0; i < v->d->n_deadlines; i++) {
        const struct finding_deadline *due = &v->d->deadlines[i];
        bool done = date_is_set(due->done_on);
        buf_printf(&v->o->b, "%*s%s %-*s  %s", INDENT, "", mark(v->o, done ? MARK_DONE : MARK_TO_COME), STEP_WIDTH,
                   api_choice_text(ENUM_deadline_step, (int)due->step), words_day(due->due_on, v->a));
        const char *more = remark(v, due, done);
        buf_text(&v->o->b, *more != '\0' ? "  " : "");
        words_put_on(v->o, more, INDENT + 2 + STEP_WIDTH + 2 + (int)DATE_TEXT - 1 + 2);
    }
}

static const char *step_words(const struct view *v, const struct finding_step *s)
{
    switch (s->state) {
    case FINDING_ACCEPTED:
        return "Accepted";
    case FINDING_IMPLEMENTED:
        return "Implemented";
    case FINDING_VERIFIED:
        return "Verified";
    case FINDING_OPEN:
        return s->person.text != NULL ? "Not effective" : "Rejected";
    default:
        return words_choice(ENUM_finding_state, (int)s->state, v->a);
    }
}

/* 'Verified on 2026-11-12 by ana: Walked with Luis, no gap' */
static void put_step(const struct view *v, const struct finding_step *s)
{
    const char *text = xmalloc_printf(v->a, "%s on %s", step_words(v, s), words_day(s->on, v->a));
    if (s->person.text != NULL)
        text = xmalloc_printf(v->a, "%s by %s", text, s->person.text);
    if (v->wide)
        text = xmalloc_printf(v->a, "%s, recorded by %s", text, s->recorded_by);
    if (s->reason != NULL)
        text = xmalloc_printf(v->a, "%s: %s", text, s->reason);
    words_put(v->o, text, INDENT);
}

/* Actions of a rejected plan or a closed finding are not pending. */
static bool is_awaited(const struct view *v, const struct finding_action *x)
{
    enum finding_state state = v->d->finding->state;
    return x->plan == (int64_t)v->d->n_plans && state != FINDING_OPEN && state != FINDING_CLOSED;
}

static void put_action(const struct view *v, const struct finding_action *x)
{
    bool done = date_is_set(x->done_on);
    int column = INDENT + 2 + NUMBER;
    buf_printf(&v->o->b, "%*s%s %-*" PRId64, INDENT, "", mark(v->o, done ? MARK_DONE : MARK_TO_COME), NUMBER,
               x->action);
    words_put_on(v->o, xmalloc_printf(v->a, "%s: %s", words_choice(ENUM_action_kind, (int)x->kind, v->a), x->text),
                 column);
    const char *text = xmalloc_printf(v->a, "%s, by %s", x->owner.text, words_day(x->due_on, v->a));
    if (x->cost.currency[0] != '\0')
        text = xmalloc_printf(v->a, "%s, for %s", text, text_format_money(x->cost, v->a));
    if (done)
        text = xmalloc_printf(v->a, "%s; done on %s, %s", text, words_day(x->done_on, v->a), words_late(x->late, v->a));
    else if (is_awaited(v, x) && date_before(x->due_on, v->as_of))
        text = xmalloc_printf(v->a, "%s; open, due %s", text, words_when(days_left(v, x->due_on), v->a));
    if (x->spent.currency[0] != '\0')
        text = xmalloc_printf(v->a, "%s, cost %s", text, text_format_money(x->spent, v->a));
    words_put(v->o, text, column);
}

static void put_plan(const struct view *v, const struct corrective_plan *p)
{
    const char *head = xmalloc_printf(v->a, "Plan %" PRId64 ", submitted on %s", p->number, words_day(p->on, v->a));
    if (v->wide)
        head = xmalloc_printf(v->a, "%s, recorded by %s", head, p->recorded_by);
    buf_text(&v->o->b, "\n");
    words_put(v->o, xmalloc_printf(v->a, "%s:", head), 0);
    words_put(v->o, xmalloc_printf(v->a, "Correction: %s", p->correction), INDENT);
    const char *cause = xmalloc_printf(v->a, "Root cause: %s", p->root_cause);
    if (p->method != 0)
        cause = xmalloc_printf(v->a, "%s (%s)", cause, words_choice(ENUM_cause_method, (int)p->method, v->a));
    words_put(v->o, cause, INDENT);
    for (size_t i = 0; i < v->d->n_actions; i++)
        if (v->d->actions[i].plan == p->number)
            put_action(v, &v->d->actions[i]);
    for (size_t i = 0; i < v->d->n_steps; i++)
        if (v->d->steps[i].plan == p->number && v->d->steps[i].state != FINDING_PLANNED)
            put_step(v, &v->d->steps[i]);
}

static void put_evidence(const struct view *v)
{
    if (v->d->n_evidence > 0)
        buf_text(&v->o->b, "\nEvidence:\n");
    for (size_t i = 0; i < v->d->n_evidence; i++) {
        const struct finding_evidence *e = &v->d->evidence[i];
        const char *text = xmalloc_printf(v->a, "%s, %s", e->evidence.text,
                                          words_choice(ENUM_file_kind, (int)e->kind, v->a));
        if (e->has_action)
            text = xmalloc_printf(v->a, "%s of action %" PRId64, text, e->action);
        text = xmalloc_printf(v->a, "%s: %s", text, e->title);
        if (date_is_set(e->effective_on))
            text = xmalloc_printf(v->a, "%s; valid from %s", text, words_day(e->effective_on, v->a));
        if (date_is_set(e->expires_on))
            text = xmalloc_printf(v->a, "%s; until %s", text, words_day(e->expires_on, v->a));
        words_put(v->o, text, INDENT);
    }
}

static void put_proposal(const struct view *v)
{
    const struct proposal *p = v->d->proposal;
    if (p == NULL)
        return;
    buf_text(&v->o->b, "\nProposed major finding:\n");
    words_put(v->o,
              xmalloc_printf(v->a,
                             "%" PRId64 " minor findings are open on %s (%s); from %" PRId64
                             " on, the edition proposes a major one.%s%s",
                             p->minors, p->requirement, p->findings, p->from,
                             p->unverified ? " The source of this rule was not read at first hand." : "",
                             p->ours ? " The number is our own choice: the scheme has none." : ""),
              INDENT);
}

void finding_view_put(struct out *o, const struct finding_detail *d, struct date as_of, bool wide, struct arena *a)
{
    const struct view v = { o, d, as_of, wide, a };
    put_head(&v);
    put_seen(&v);
    put_chain(&v);
    put_void(&v);
    put_next(&v);
    put_deadlines(&v);
    put_proposal(&v);
    for (size_t i = 0; i < d->n_plans; i++)
        put_plan(&v, &d->plans[i]);
    put_evidence(&v);
}
