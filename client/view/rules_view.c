/* SPDX-License-Identifier: Apache-2.0 */
#include "client/view/rules_view.h"

#include "client/view/rules_words.h"
#include "client/write/table_draw.h"
#include "client/write/wrap.h"
#include "client/xmalloc.h"
#include "common/rule_mark.h"

#include <inttypes.h>
#include <string.h>

enum { INDENT = 2 };

struct view {
    struct out *o;
    int end;
    struct arena *a;
};

static void put_heading(struct view *v, const char *text)
{
    buf_text(&v->o->b, "\n");
    out_bold(v->o);
    buf_text(&v->o->b, text);
    out_plain(v->o);
    buf_text(&v->o->b, "\n");
}

static void put_prose(struct view *v, const char *text, int indent)
{
    if (*text != '\0')
        wrap_text(&v->o->b, text, indent, 0, v->end);
}

/* The source of a rule, and how far it is to be trusted. */
struct trust {
    const char *source;
    bool unverified, ours;
};
#define TRUST(rule) ((struct trust){ (rule)->source, (rule)->unverified, (rule)->ours })

static void put_source(struct view *v, struct trust t, int indent)
{
    put_prose(v, xmalloc_printf(v->a, "Source%s: %s", rule_mark(t.unverified, t.ours), t.source), indent);
}

static void put_rule(struct view *v, const char *heading, const char *text, struct trust t)
{
    put_heading(v, heading);
    put_prose(v, text, INDENT);
    put_source(v, t, INDENT);
}

void rules_view_put_pass(struct out *o, const struct pass_clause *pass, size_t n, int end, struct arena *a)
{
    struct view v = { o, end, a };
    put_heading(&v, n == 1 ? "Ready if" : "Ready if all hold");
    for (size_t i = 0; i < n; i++) {
        buf_text(&o->b, "  - ");
        wrap_text(&o->b, rules_words_clause(&pass[i], a), INDENT + 2, INDENT + 2, end);
    }
}

/* Each source is shown once, with all the rules it is the source of. */
struct cited {
    const char *of;
    struct trust trust;
};

static bool is_same(const struct trust *a, const struct trust *b)
{
    return strcmp(a->source, b->source) == 0 && a->unverified == b->unverified && a->ours == b->ours;
}

static void put_cited(struct view *v, const struct cited *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *of = rows[i].of;
        bool told = false;
        for (size_t j = 0; j < n; j++) {
            bool same = is_same(&rows[i].trust, &rows[j].trust);
            told = told || (same && j < i);
            if (same && j > i)
                of = xmalloc_printf(v->a, "%s, %s", of, rows[j].of);
        }
        const struct trust *t = &rows[i].trust;
        if (!told)
            put_prose(v, xmalloc_printf(v->a, "Source of %s%s: %s", of, rule_mark(t->unverified, t->ours), t->source),
                      INDENT);
    }
}

/* The mark in a table of rules; NULL for none. */
static const char *cell_of_mark(bool unverified, bool ours)
{
    if (unverified)
        return ours ? "unverified, ours" : "unverified";
    return ours ? "ours" : NULL;
}

/* The mandatory members of a sample. */
static void put_strata(struct view *v, const struct rules *r)
{
    for (size_t i = 0; i < r->n_sampling; i++) {
        const char *strata = rules_words_strata(&r->sampling[i], v->a);
        const char *purpose = api_choice_text(ENUM_sample_purpose, (int)r->sampling[i].purpose);
        if (strata != NULL)
            put_prose(v, xmalloc_printf(v->a, "Drawn first for %s: %s.", purpose, strata), INDENT);
    }
}

static void put_sampling(struct view *v, const struct rules *r)
{
    static const struct table_column columns[] = {
        { "purpose", 0 },
        { "size", TABLE_WHOLE },
        { "by_chance", TABLE_OPTIONAL },
        { "unverified", TABLE_OPTIONAL | TABLE_WHOLE },
    };
    struct table t;
    struct cited *cited = xmalloc_array(v->a, r->n_sampling + 1, sizeof *cited);
    if (r->n_sampling == 0)
        return;
    put_heading(v, "Members that the external auditor visits");
    table_init(&t, v->a, columns, sizeof columns / sizeof columns[0]);
    t.indent = INDENT;
    for (size_t i = 0; i < r->n_sampling; i++) {
        const struct sampling_rule *s = &r->sampling[i];
        const char **cells = table_row(&t);
        cells[0] = api_choice_text(ENUM_sample_purpose, (int)s->purpose);
        cells[1] = rules_words_size(s, v->o->utf8, v->a);
        cells[2] = s->has_random ? rules_words_share(s->random, s->random_of, v->a) : NULL;
        cells[3] = cell_of_mark(s->unverified, s->ours);
        cited[i] = (struct cited){ cells[0], TRUST(s) };
    }
    table_draw(&t, v->o);
    put_prose(v, "n is the number of members on the day of the draw; all sizes are rounded up.", INDENT);
    put_strata(v, r);
    put_cited(v, cited, r->n_sampling);
}

static void put_deadlines(struct view *v, const struct rules *r)
{
    static const struct table_column columns[] = {
        { "class", 0 },
        { "due", 0 },
        { "days", TABLE_RIGHT },
        { "counted_from", 0 },
        { "audits", TABLE_OPTIONAL },
        { "done", TABLE_OPTIONAL },
        { "unverified", TABLE_OPTIONAL | TABLE_WHOLE },
    };
    struct table t;
    struct cited *cited = xmalloc_array(v->a, r->n_deadlines + 1, sizeof *cited);
    if (r->n_deadlines == 0)
        return;
    put_heading(v, "Deadlines of findings, in days");
    table_init(&t, v->a, columns, sizeof columns / sizeof columns[0]);
    t.indent = INDENT;
    for (size_t i = 0; i < r->n_deadlines; i++) {
        const struct deadline_rule *d = &r->deadlines[i];
        const char **cells = table_row(&t);
        cells[0] = api_choice_text(ENUM_class, (int)d->class);
        cells[1] = api_choice_text(ENUM_deadline_step, (int)d->step);
        cells[2] = xmalloc_printf(v->a, "%" PRId64, d->days);
        cells[3] = d->from == DEADLINE_FROM_NOTICE ? "notice" : "end of audit";
        cells[4] = d->kind != 0 ? api_choice_text(ENUM_audit_kind, (int)d->kind) : NULL;
        cells[5] = d->approved ? "if approved" : NULL;
        cells[6] = cell_of_mark(d->unverified, d->ours);
        cited[i] = (struct cited){ xmalloc_printf(v->a, "%s %s", cells[0], cells[1]), TRUST(d) };
    }
    table_draw(&t, v->o);
    put_cited(v, cited, r->n_deadlines);
}

static void put_told(struct view *v, const struct rules *r)
{
    if (r->n_told == 0)
        return;
    put_heading(v, "Further demands of the scheme, not checked by smed");
    for (int about = 1; about <= api_enums[ENUM_rule_subject].count; about++)
        for (size_t i = 0; i < r->n_told; i++) {
            const struct told_rule *t = &r->told[i];
            if ((int)t->about != about)
                continue;
            put_prose(v, xmalloc_printf(v->a, "%s: %s", api_choice_text(ENUM_rule_subject, about), t->text), INDENT);
            put_source(v, TRUST(t), 2 * INDENT);
        }
}

static void put_group(struct view *v, const struct group_rule *g)
{
    put_heading(v, "Group");
    put_prose(v, rules_words_group(g, v->a), INDENT);
    if (g->caution != NULL)
        put_prose(v, xmalloc_printf(v->a, "Caution: %s", g->caution), INDENT);
    put_source(v, TRUST(g), INDENT);
}

static void put_surveillance(struct view *v, const struct rules *r)
{
    struct cited *cited = xmalloc_array(v->a, r->n_surveillance + 1, sizeof *cited);
    const char *codes = "";
    if (r->n_surveillance == 0)
        return;
    for (size_t i = 0; i < r->n_surveillance; i++) {
        const struct surveillance_rule *s = &r->surveillance[i];
        codes = xmalloc_printf(v->a, "%s%s%s", codes, i > 0 ? ", " : "", s->requirement);
        cited[i] = (struct cited){ s->requirement, TRUST(s) };
    }
    put_heading(v, "Surveillance");
    put_prose(v, xmalloc_printf(v->a, "It is not complete unless it assesses: %s.", codes), INDENT);
    put_cited(v, cited, r->n_surveillance);
}

static void put_forbidden(struct view *v, const struct rules *r)
{
    for (size_t i = 0; i < r->n_forbidden; i++)
        put_rule(v, "Class not allowed", rules_words_forbidden(&r->forbidden[i], v->a), TRUST(&r->forbidden[i]));
}

static void put_records(struct view *v, const struct rules *r)
{
    if (r->transition != NULL)
        put_rule(v, "End of the edition", rules_words_transition(r->transition, v->a), TRUST(r->transition));
    if (r->cycle != NULL)
        put_rule(v, "Certificate", rules_words_cycle(r->cycle, v->a), TRUST(r->cycle));
    put_surveillance(v, r);
    if (r->decision != NULL)
        put_rule(v, "Decision to grant", rules_words_decision(r->decision, v->a), TRUST(r->decision));
    if (r->group != NULL)
        put_group(v, r->group);
    if (r->internal != NULL)
        put_rule(v, "Internal control", rules_words_internal(r->internal, v->a), TRUST(r->internal));
    if (r->proof != NULL)
        put_rule(v, "Proof", rules_words_proof(r->proof, v->a), TRUST(r->proof));
    if (r->results != NULL)
        put_rule(v, "Results", rules_words_results(r->results, v->a), TRUST(r->results));
    if (r->impartiality != NULL)
        put_rule(v, "Impartiality", rules_words_impartiality(r->impartiality, v->a), TRUST(r->impartiality));
}

/* Nobody may take the silence of an edition for a promise. */
static void put_no_impartiality(struct view *v)
{
    put_heading(v, "Impartiality");
    put_prose(v, "No rule: earlier work for a holder keeps nobody from auditing it or deciding on it.", INDENT);
}

void rules_view_put(struct out *o, const struct rules *r, int end, struct arena *a)
{
    struct view v = { o, end, a };
    if (r == NULL || r->impartiality == NULL)
        put_no_impartiality(&v);
    if (r == NULL)
        return;
    put_records(&v, r);
    put_sampling(&v, r);
    put_deadlines(&v, r);
    if (r->escalation != NULL)
        put_rule(&v, "Repeated minor findings", rules_words_escalation(r->escalation, a), TRUST(r->escalation));
    if (r->left_open != NULL)
        put_rule(&v, "Minor findings left open", rules_words_left_open(r->left_open, a), TRUST(r->left_open));
    put_forbidden(&v, r);
    put_told(&v, r);
}
