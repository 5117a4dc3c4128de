/* SPDX-License-Identifier: Apache-2.0 */
#include "client/view/group_view.h"

#include "client/view/cert_view.h"
#include "client/view/words.h"
#include "client/write/table_draw.h"
#include "client/write/wrap.h"
#include "client/xmalloc.h"

#include <inttypes.h>
#include <string.h>

/* Names in a line of blockers; the rest is counted. */
enum { NAMED = 8, INDENT = 2, USUAL_COLUMNS = 80, NARROWEST = 40 };

static void put_text(struct out *o, const char *text)
{
    wrap_text(&o->b, text, INDENT, INDENT, o->columns >= NARROWEST ? o->columns : USUAL_COLUMNS);
}

static void put_name(struct out *o, const char *name, const char *code)
{
    out_bold(o);
    out_visible(&o->b, name, strlen(name));
    out_plain(o);
    if (strcmp(name, code) != 0)
        buf_printf(&o->b, " (%s)", code);
}

static void put_count(struct buf *b, const char *dot, int64_t n, const char *one, const char *many)
{
    if (n > 0)
        buf_printf(b, "%s%" PRId64 " %s", dot, n, n == 1 ? one : many);
}

static void put_header(struct out *o, const struct group_verdict *v, struct arena *a)
{
    const char *dot = o->utf8 ? " · " : " - ";
    put_name(o, v->name, v->cooperative.text);
    buf_printf(&o->b, "%s%s%son %s\n", dot, v->edition.text, dot, words_day(v->as_of, a));
    buf_printf(&o->b, "%" PRId64 " member%s", v->members, v->members == 1 ? "" : "s");
    put_count(&o->b, dot, v->ready, "ready", "ready");
    put_count(&o->b, dot, v->not_ready, "not ready", "not ready");
    put_count(&o->b, dot, v->incomplete - v->ready_below, "incomplete", "incomplete");
    put_count(&o->b, dot, v->ready_below, "ready by weaker proof only", "ready by weaker proof only");
    put_count(&o->b, dot, v->suspended, "suspended", "suspended");
    put_count(&o->b, dot, v->excluded, "excluded, not counted", "excluded, not counted");
    buf_text(&o->b, "\n\n");
    out_bold(o);
    buf_text(&o->b, words_choice(ENUM_verdict, (int)v->verdict, a));
    out_plain(o);
    if (v->certificate != 0)
        buf_printf(&o->b, "%scertificate %s", dot,
                   cert_view_state(v->certificate, v->certificate_since, v->valid_until, a));
    buf_text(&o->b, "\n");
}

static const char *counted(int64_t n, const char *text, const char *none, struct arena *a)
{
    return n == 0 ? none : xmalloc_printf(a, "%" PRId64 " %s", n, text);
}

static const char *margin(const struct group_clause_status *c, struct arena *a)
{
    int64_t wanting = -c->margin;
    switch (c->clause) {
    case GROUP_SMALLEST:
        return wanting > 0 ? counted(wanting, "more needed", "", a)
                           : counted(c->margin, "may leave", "none may leave", a);
    case GROUP_LARGEST:
        return wanting > 0 ? counted(wanting, "too many", "", a) : counted(c->margin, "may join", "none may join", a);
    case GROUP_CENTRAL:
        if (c->unassessed == c->of)
            return "to be audited";
        return c->unassessed > 0 ? counted(c->unassessed, "not known", "", a) : counted(wanting, "to fix", "", a);
    case GROUP_COVERAGE:
        return counted(wanting, "to inspect", "none missing", a);
    case GROUP_READY:
        if (wanting > 0)
            return counted(wanting, "more must be", "", a);
        return counted(c->margin, "more may fail", "none may fail", a);
    default:
        return counted(wanting, "to lift", "", a);
    }
}

static bool is_share(enum group_clause clause)
{
    return clause == GROUP_CENTRAL || clause == GROUP_COVERAGE || clause == GROUP_READY;
}

static bool all_hold(const struct group_verdict *v)
{
    for (size_t i = 0; i < v->n_clauses; i++)
        if (v->clauses[i].verdict != VERDICT_READY)
            return false;
    return true;
}

static void put_clauses(struct out *o, const struct group_verdict *v, struct arena *a)
{
    static const struct table_column columns[] = {
        { "holds", TABLE_WHOLE },
        { "clause", TABLE_PROSE },
        { "have", TABLE_WHOLE },
        { "margin", TABLE_OPTIONAL | TABLE_WHOLE },
    };
    static const char *const signs[] = { "", "✓", "✗", "?" }, *const plain[] = { "", "yes", "NO", "?" };
    struct table t;
    table_init(&t, a, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < v->n_clauses; i++) {
        const struct group_clause_status *c = &v->clauses[i];
        const char **cells = table_row(&t);
        cells[0] = (o->utf8 ? signs : plain)[c->verdict];
        cells[1] = c->what;
        cells[2] = is_share(c->clause) ? table_bar(c->have, c->of, o->utf8, a) : xmalloc_printf(a, "%" PRId64, c->have);
        cells[3] = margin(c, a);
    }
    table_draw(&t, o);
    if (v->verdict == VERDICT_INCOMPLETE && all_hold(v))
        buf_text(&o->b, "\nNothing of the group is assessed yet.\n");
}

/* Blockers that share a line: of one clause and, for members, with one reason. */
static bool is_alike(const struct group_blocker *x, const struct group_blocker *y)
{
    return x->clause == y->clause && x->why == y->why && x->verdict == y->verdict;
}

static const char *heading(const struct group_blocker *b, size_t n, struct arena *a)
{
    switch (b->clause) {
    case GROUP_COVERAGE:
        return b->why == FLAW_NEVER
                   ? "never inspected"
                   : xmalloc_printf(a, "not inspected (%s)", words_choice(ENUM_coverage_flaw, (int)b->why, a));
    case GROUP_READY:
        return words_choice(ENUM_verdict, (int)b->verdict, a);
    case GROUP_CENTRAL:
        return "in the central function";
    default:
        return n == 1 ? "sanction" : "sanctions";
    }
}

static const char *name(const struct group_blocker *b, struct arena *a)
{
    if (b->clause == GROUP_SANCTIONS)
        return b->enterprise.text != NULL ? xmalloc_printf(a, "%s %s", b->sanction.text, b->enterprise.text)
                                          : b->sanction.text;
    if (b->clause == GROUP_CENTRAL)
        return b->finding.text != NULL ? xmalloc_printf(a, "%s %s", b->finding.text, b->requirement) : b->requirement;
    return b->enterprise.text;
}

/* '  7 not inspected (before): E1, E2, and 5 more', from the first of its kind on. */
static void put_heap(struct out *o, const struct group_verdict *v, size_t first, struct arena *a)
{
    const char *names = "";
    size_t n = 0;
    for (size_t i = first; i < v->n_blockers; i++) {
        if (!is_alike(&v->blockers[i], &v->blockers[first]) || n++ >= NAMED)
            continue;
        names = xmalloc_printf(a, "%s%s%s", names, *names != '\0' ? ", " : "", name(&v->blockers[i], a));
    }
    const char *more = n > NAMED ? xmalloc_printf(a, ", and %zu more", n - NAMED) : "";
    buf_printf(&o->b, "%*s", INDENT, "");
    put_text(o, xmalloc_printf(a, "%zu %s: %s%s", n, heading(&v->blockers[first], n, a), names, more));
}

static void put_blockers(struct out *o, const struct group_verdict *v, struct arena *a)
{
    if (v->n_blockers > 0)
        buf_text(&o->b, "\nBlocks:\n");
    for (size_t i = 0; i < v->n_blockers; i++) {
        size_t before = 0;
        while (before < i && !is_alike(&v->blockers[before], &v->blockers[i]))
            before++;
        if (before == i)
            put_heap(o, v, i, a);
    }
}

static void put_structural(struct out *o, const struct group_verdict *v, struct arena *a)
{
    if (v->n_structural > 0)
        buf_text(&o->b, "\nProposed as structural, failed by many visited members:\n");
    for (size_t i = 0; i < v->n_structural && i < NAMED; i++) {
        const struct structural_proposal *p = &v->structural[i];
        buf_printf(&o->b, "%*s", INDENT, "");
        put_text(o, xmalloc_printf(a, "%s %s: %" PRId64 " of %" PRId64, p->requirement,
                                   p->title != NULL ? p->title : "", p->failed, p->visited));
    }
    if (v->n_structural > NAMED)
        buf_printf(&o->b, "%*sand %zu more\n", INDENT, "", v->n_structural - NAMED);
}

void group_view_put(struct out *o, const struct group_verdict *v, struct arena *a)
{
    put_header(o, v, a);
    put_clauses(o, v, a);
    put_blockers(o, v, a);
    put_structural(o, v, a);
    if (v->caution != NULL) {
        buf_text(&o->b, "\nCaution:\n  ");
        put_text(o, v->caution);
    }
    if (v->unverified)
        buf_text(&o->b, "\nThe source of the group rules was not read at first hand: check them.\n");
    if (v->ours)
        buf_text(&o->b, "\nA figure of the group rules is our own choice: the scheme has none.\n");
}

/* Thousandths as '75.0 %'; NULL if unknown. */
static const char *percent(bool known, int64_t thousandths, struct arena *a)
{
    return known ? xmalloc_printf(a, "%" PRId64 ".%" PRId64 " %%", thousandths / 10, thousandths % 10) : NULL;
}

static const char *interval(bool known, int64_t low, int64_t high, bool utf8, struct arena *a)
{
    if (!known)
        return NULL;
    return xmalloc_printf(a, "%" PRId64 ".%" PRId64 "%s%" PRId64 ".%" PRId64 " %%", low / 10, low % 10,
                          utf8 ? "–" : "-", high / 10, high % 10);
}

static const char *kappa(const struct agreement *g, struct arena *a)
{
    if (!g->has_kappa)
        return NULL;
    int64_t size = g->kappa < 0 ? -g->kappa : g->kappa;
    return xmalloc_printf(a, "%s%" PRId64 ".%03" PRId64, g->kappa < 0 ? "-" : "", size / 1000, size % 1000);
}

static void add_agreement(struct table *t, const char *who, const struct agreement *g, bool utf8, struct arena *a)
{
    const char **cells = table_row(t);
    cells[0] = who;
    cells[1] = xmalloc_printf(a, "%" PRId64, g->pairs);
    cells[2] = xmalloc_printf(a, "%" PRId64 "/%" PRId64, g->both, g->both + g->missed);
    cells[3] = percent(g->has_found, g->found, a);
    cells[4] = interval(g->has_found, g->found_low, g->found_high, utf8, a);
    cells[5] = percent(g->has_agreed, g->agreed, a);
    cells[6] = kappa(g, a);
}

void group_view_put_reliability(struct out *o, const struct reliability *r, struct arena *a)
{
    static const struct table_column columns[] = {
        { "inspector", 0 },
        { "pairs", TABLE_RIGHT },
        { "found", TABLE_RIGHT },
        { "share", TABLE_RIGHT | TABLE_OPTIONAL },
        { "95_%_interval", TABLE_RIGHT | TABLE_OPTIONAL },
        { "agreed", TABLE_RIGHT | TABLE_OPTIONAL },
        { "kappa", TABLE_RIGHT | TABLE_OPTIONAL },
    };
    const char *dot = o->utf8 ? " · " : " - ";
    struct table t;
    put_name(o, r->cooperative.text, r->cooperative.text);
    buf_printf(&o->b, "%s%s%sexternal inspections", dot, r->edition.text, dot);
    if (date_is_set(r->from))
        buf_printf(&o->b, " from %s", words_day(r->from, a));
    buf_printf(&o->b, " until %s\n", words_day(r->until, a));
    table_init(&t, a, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < r->n_inspectors; i++)
        add_agreement(&t, r->inspectors[i].inspector.text != NULL ? r->inspectors[i].inspector.text : "(not named)",
                      &r->inspectors[i], o->utf8, a);
    add_agreement(&t, "all", r->overall, o->utf8, a);
    table_draw(&t, o);
    if (r->unpaired > 0)
        buf_printf(&o->b,
                   "%" PRId64 " external inspection%s without an internal one in the %" PRId64 " month%s before.\n",
                   r->unpaired, r->unpaired == 1 ? "" : "s", r->months, r->months == 1 ? "" : "s");
    buf_text(&o->b, "Found: external nonconformities that the internal inspection had found. Agreed:\nrequirements "
                    "with the same result in both. Kappa: 0 chance, 1 full agreement.\n");
}
