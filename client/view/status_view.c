/* SPDX-License-Identifier: Apache-2.0 */
#include "client/view/status_view.h"

#include "client/view/cert_view.h"
#include "client/view/override_view.h"
#include "client/view/rules_words.h"
#include "client/view/words.h"
#include "client/write/table_draw.h"
#include "client/xmalloc.h"

#include <inttypes.h>
#include <string.h>

/* Names in a line of blockers; the rest is counted. */
enum { NAMED = 8, INDENT = 2 };

static const char *number(int64_t n, struct arena *a)
{
    return xmalloc_printf(a, "%" PRId64, n);
}

void status_view_begin_groups(struct table *t, struct arena *a)
{
    static const struct table_column columns[] = {
        { "cooperative", TABLE_OPTIONAL },
        { "name", TABLE_OPTIONAL | TABLE_PROSE },
        { "standard", 0 },
        { "ready_members", TABLE_WHOLE },
        { "not_ready", TABLE_RIGHT },
        { "weaker_proof", TABLE_RIGHT | TABLE_OPTIONAL },
        { "incomplete", TABLE_RIGHT },
        { "not_audited", TABLE_RIGHT },
        { "major", TABLE_RIGHT },
        { "minor", TABLE_RIGHT },
        { "certificate", TABLE_OPTIONAL },
    };
    table_init(t, a, columns, sizeof columns / sizeof columns[0]);
}

void status_view_add_group(struct table *t, const struct group_status *g, bool with_name, bool utf8)
{
    struct arena *a = t->arena;
    const char **cells = table_row(t);
    cells[0] = with_name ? words_copy(g->cooperative.text, a) : NULL;
    cells[1] = with_name ? words_copy(g->name, a) : NULL;
    cells[2] = words_copy(g->edition.text, a);
    cells[3] = table_bar(g->ready, g->members, utf8, a);
    cells[4] = number(g->not_ready, a);
    cells[5] = g->ready_below > 0 ? number(g->ready_below, a) : NULL;
    cells[6] = number(g->incomplete, a);
    cells[7] = number(g->members - g->assessed, a);
    cells[8] = number(g->major, a);
    cells[9] = number(g->minor, a);
    cells[10] = g->certificate != 0 ? cert_view_state(g->certificate, g->certificate_since, g->valid_until, a) : NULL;
}

static void put_header(struct out *o, const struct status *s, struct arena *a)
{
    const char *dot = o->utf8 ? " · " : " - ";
    out_bold(o);
    out_visible(&o->b, s->name, strlen(s->name));
    out_plain(o);
    if (strcmp(s->name, s->holder.text) != 0)
        buf_printf(&o->b, " (%s)", s->holder.text);
    if (s->has_members)
        buf_printf(&o->b, "%s%" PRId64 " member%s", dot, s->members, s->members == 1 ? "" : "s");
    if (s->kind == HOLDER_ENTERPRISE && s->cooperative.text != NULL)
        buf_printf(&o->b, "%smember of %s", dot, s->cooperative.text);
    buf_printf(&o->b, "%son %s\n", dot, words_day(s->as_of, a));
}

/* Its own, else that of its group. */
static const char *certificate(const struct standing *x, struct arena *a)
{
    if (x->certificate != 0)
        return cert_view_state(x->certificate, x->certificate_since, x->valid_until, a);
    if (x->covered_by.text == NULL)
        return NULL;
    return xmalloc_printf(a, x->covered_state == CERT_SUSPENDED ? "covered by %s, suspended" : "covered by %s",
                          x->covered_by.text);
}

static void put_standings(struct out *o, const struct status *s, struct arena *a)
{
    static const struct table_column columns[] = {
        { "standard", 0 },
        { "verdict", 0 },
        { "conforming", TABLE_WHOLE },
        { "major", TABLE_RIGHT },
        { "minor", TABLE_RIGHT },
        { "not_assessed", TABLE_RIGHT },
        { "last_audit", TABLE_OPTIONAL },
        { "certificate", TABLE_OPTIONAL },
    };
    struct table t;
    table_init(&t, a, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < s->n_standings; i++) {
        const struct standing *x = &s->standings[i];
        const char **cells = table_row(&t);
        cells[0] = x->edition.text;
        cells[1] = words_verdict(x->verdict, x->grade, a);
        cells[2] = table_bar(x->conforming, x->assessable - x->not_applicable, o->utf8, a);
        cells[3] = number(x->major, a);
        cells[4] = number(x->minor, a);
        cells[5] = number(x->not_assessed, a);
        cells[6] = words_day(x->last_on, a);
        cells[7] = certificate(x, a);
    }
    table_draw(&t, o);
}

static const char *margin(const struct clause_status *c, struct arena *a)
{
    if (c->verdict == VERDICT_INCOMPLETE)
        return c->unassessed > 0 ? xmalloc_printf(a, "%" PRId64 " not assessed", c->unassessed) : "nothing applies";
    if (c->margin < 0)
        return xmalloc_printf(a, "%" PRId64 " to fix", -c->margin);
    if (c->kind == CLAUSE_NO_OPEN)
        return "none open";
    if (c->whole)
        return "none missing";
    return c->margin == 0 ? "none may fail" : xmalloc_printf(a, "%" PRId64 " more may fail", c->margin);
}

static void put_clauses(struct out *o, const struct standing *s, struct arena *a)
{
    static const struct table_column columns[] = {
        { "clause", TABLE_PROSE }, { "holds", 0 }, { "have", TABLE_RIGHT }, { "of", TABLE_RIGHT }, { "margin", 0 },
    };
    static const char *const holds[] = { "", "yes", "no", "not known" };
    struct table t;
    table_init(&t, a, columns, sizeof columns / sizeof columns[0]);
    t.indent = INDENT;
    for (size_t i = 0; i < s->n_clauses; i++) {
        const struct clause_status *c = &s->clauses[i];
        const char **cells = table_row(&t);
        cells[0] = c->what;
        cells[1] = holds[c->verdict];
        cells[2] = number(c->have, a);
        cells[3] = number(c->of, a);
        cells[4] = margin(c, a);
    }
    table_draw(&t, o);
}

/* The kind of blockers that share a line. */
enum heap { MAJOR_FINDINGS, MINOR_FINDINGS, FAILING, UNASSESSED, HEAPS };

static enum heap heap_of(const struct blocker *b)
{
    if (b->finding.text != NULL && b->class == CLASS_MAJOR)
        return MAJOR_FINDINGS;
    if (b->finding.text != NULL)
        return MINOR_FINDINGS;
    return b->result == RESULT_NOT_ASSESSED ? UNASSESSED : FAILING;
}

/* '3 major findings (F112 2.1, F118 3.4, F131 5)'; NULL if there are none. */
static const char *heap_words(const struct standing *s, enum heap heap, struct arena *a)
{
    static const char *const one[] = { "major finding", "minor finding", "requirement failed", "not assessed" };
    static const char *const many[] = { "major findings", "minor findings", "requirements failed", "not assessed" };
    const char *names = "";
    int n = 0;
    for (size_t i = 0; i < s->n_blockers; i++) {
        const struct blocker *x = &s->blockers[i];
        if (heap_of(x) != heap || n++ >= NAMED)
            continue;
        const char *finding = x->finding.text != NULL ? x->finding.text : "";
        names = xmalloc_printf(a, "%s%s%s%s%s", names, *names != '\0' ? ", " : "", finding, *finding != '\0' ? " " : "",
                               x->requirement);
    }
    if (n > NAMED)
        names = xmalloc_printf(a, "%s, and %d more", names, n - NAMED);
    return n > 0 ? xmalloc_printf(a, "%d %s (%s)", n, (n == 1 ? one : many)[heap], names) : NULL;
}

static void put_blockers(struct out *o, const struct standing *s, struct arena *a)
{
    const char *text = "";
    for (int heap = 0; heap < HEAPS; heap++) {
        const char *words = heap_words(s, (enum heap)heap, a);
        if (words != NULL)
            text = xmalloc_printf(a, "%s%s%s", text, *text != '\0' ? "; " : "", words);
    }
    if (*text != '\0')
        words_put(o, xmalloc_printf(a, "Blocks: %s", text), 0);
}

static void add_count(const char **text, int64_t n, const char *one, const char *many, struct arena *a)
{
    if (n > 0)
        *text = xmalloc_printf(a, "%s%s %" PRId64 " %s", *text, **text != '\0' ? "," : "", n, n == 1 ? one : many);
}

/* What stands against the group where all its members must be ready; else only what is open at members. */
static const char *members_heading(const struct group_status *g, struct arena *a)
{
    const char *edition = g->edition.text;
    if (g->has_asked && g->asked == g->asked_of)
        return xmalloc_printf(a, "Blocks %s", edition);
    if (!g->has_asked)
        return xmalloc_printf(a, "Open at members for %s", edition);
    return xmalloc_printf(a, "Open at members for %s, which asks for %s of them ready", edition,
                          rules_words_share(g->asked, g->asked_of, a));
}

static void put_group_blockers(struct out *o, const struct group_status *g, struct arena *a)
{
    const char *text = "";
    if (g->ready == g->members)
        return;
    add_count(&text, g->not_ready, "member not ready", "members not ready", a);
    add_count(&text, g->ready_below, "member ready by weaker proof only", "members ready by weaker proof only", a);
    add_count(&text, g->incomplete, "member incomplete", "members incomplete", a);
    add_count(&text, g->members - g->assessed, "member without an audit", "members without an audit", a);
    add_count(&text, g->major, "open major finding", "open major findings", a);
    words_put(o, xmalloc_printf(a, "%s:%s", members_heading(g, a), text), 0);
}

static void put_groups(struct out *o, const struct status *s, struct arena *a)
{
    struct table t;
    status_view_begin_groups(&t, a);
    for (size_t i = 0; i < s->n_groups; i++)
        status_view_add_group(&t, &s->groups[i], false, o->utf8);
    table_draw(&t, o);
    for (size_t i = 0; i < s->n_groups; i++)
        put_group_blockers(o, &s->groups[i], a);
}

/* The verdict, the proof that was asked for, and how old what it rests on is. */
static void put_verdict(struct out *o, const struct standing *s, struct arena *a)
{
    const char *text = xmalloc_printf(a, "%s: %s", s->edition.text, words_verdict(s->verdict, s->grade, a));
    if (s->proof > GRADE_SELF && s->verdict != VERDICT_READY)
        text = xmalloc_printf(a, "%s %s", text, words_proof(s->proof));
    if (date_is_set(s->oldest_on))
        text = xmalloc_printf(a, "%s; oldest result of %s", text, words_day(s->oldest_on, a));
    if (s->has_results_months)
        text = xmalloc_printf(a, "%s (results serve %" PRId64 " months)", text, s->results_months);
    buf_text(&o->b, "\n");
    words_put(o, text, 0);
}

void status_view_put(struct out *o, const struct status *s, struct arena *a)
{
    put_header(o, s, a);
    if (s->n_groups == 0 && s->n_standings == 0)
        buf_text(&o->b, "Not audited yet.\n");
    put_groups(o, s, a);
    if (s->n_groups > 0 && s->n_standings > 0)
        buf_text(&o->b, "\nCentral function:\n");
    put_standings(o, s, a);
    for (size_t i = 0; i < s->n_standings; i++) {
        put_verdict(o, &s->standings[i], a);
        put_clauses(o, &s->standings[i], a);
        put_blockers(o, &s->standings[i], a);
    }
    override_view_put(o, s->overrides, s->n_overrides, a);
}

void status_view_count_closed(struct status_closed *closed, const struct timeliness *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct timeliness *row = &rows[i];
        if (row->step != STEP_CLOSE)
            continue;
        struct closed_share *last = closed->n > 0 ? &closed->rows[closed->n - 1] : NULL;
        if (last == NULL || strcmp(last->edition, row->edition.text) != 0) {
            struct closed_share *more = xmalloc_array(closed->arena, closed->n + 1, sizeof *more);
            if (closed->n > 0)
                memcpy(more, closed->rows, closed->n * sizeof *more);
            closed->rows = more;
            last = &closed->rows[closed->n++];
            *last = (struct closed_share){ .edition = xmalloc_text(closed->arena, row->edition.text,
                                                                   strlen(row->edition.text)) };
        }
        last->on_time += row->on_time;
        last->late += row->late;
        last->overdue += row->overdue;
    }
}

void status_view_put_closed(struct out *o, const struct status_closed *closed, struct arena *a)
{
    for (size_t i = 0; i < closed->n; i++) {
        const struct closed_share *c = &closed->rows[i];
        const char *text = xmalloc_printf(a, "Findings against %s closed on time: %" PRId64 " of %" PRId64, c->edition,
                                          c->on_time, c->on_time + c->late);
        if (c->overdue > 0)
            text = xmalloc_printf(a, "%s; open after their deadline: %" PRId64, text, c->overdue);
        buf_text(&o->b, i == 0 ? "\n" : "");
        words_put(o, text, 0);
    }
}
