/* SPDX-License-Identifier: Apache-2.0 */
#include "client/view/sample_view.h"

#include "client/view/words.h"
#include "client/write/table_draw.h"
#include "client/xmalloc.h"
#include "common/rule_mark.h"
#include "common/scope.h"

#include <inttypes.h>
#include <string.h>

enum { TEXT_WIDTH = 78 };

static void put_header(struct out *o, const struct sample *s, struct arena *a)
{
    const char *dot = o->utf8 ? " · " : " - ";
    out_bold(o);
    out_visible(&o->b, s->sample.text, strlen(s->sample.text));
    out_plain(o);
    buf_printf(&o->b, "%s%s%s%s%s%s%sdrawn on %s by ", dot, s->cooperative.text, dot, s->edition.text, dot,
               api_choice_text(ENUM_sample_purpose, (int)s->purpose), dot, words_day(s->drawn_on, a));
    out_visible(&o->b, s->drawn_by, strlen(s->drawn_by));
    buf_text(&o->b, "\n");
}

static void put_figures(struct out *o, const struct sample *s)
{
    buf_printf(&o->b, "Of %" PRId64 " member%s", s->population, s->population == 1 ? "" : "s");
    if (s->has_excluded)
        buf_printf(&o->b, " (%" PRId64 " excluded)", s->excluded);
    buf_printf(&o->b, ": minimum %" PRId64 ", mandatory %" PRId64 "; %" PRId64 " %s drawn, %" PRId64 " visited.\n",
               s->size, s->mandatory, s->drawn, s->drawn == 1 ? "was" : "were", s->visited);
}

/* Parts of a sentence, with a comma before each but the first. */
static void part(struct buf *b, bool *first, const char *text)
{
    buf_printf(b, "%s%s", *first ? "" : ", ", text);
    *first = false;
}

static void put_size(struct buf *b, const struct sampling_rule *r, bool utf8, bool *first, struct arena *a)
{
    const char *root = utf8 ? "√" : "root of ";
    if (r->has_root && r->root == r->root_of)
        part(b, first, xmalloc_printf(a, "%sn", root));
    else if (r->has_root)
        part(b, first, xmalloc_printf(a, "%" PRId64 "/%" PRId64 " %sn", r->root, r->root_of, root));
    if (r->has_share)
        part(b, first, xmalloc_printf(a, "%" PRId64 "/%" PRId64 " of them", r->share, r->share_of));
    if (r->has_floor)
        part(b, first, xmalloc_printf(a, "at least %" PRId64, r->floor));
    if (r->has_all_if_at_most)
        part(b, first, xmalloc_printf(a, "all up to %" PRId64, r->all_if_at_most));
    if (r->has_random)
        part(b, first, xmalloc_printf(a, "%" PRId64 "/%" PRId64 " of the sample at random", r->random, r->random_of));
}

/* Text wrapped to the terminal's width. */
static void put_text(struct out *o, const char *head, const char *text)
{
    size_t column = strlen(head);
    buf_text(&o->b, head);
    while (*text != '\0') {
        size_t blank = strspn(text, " \n");
        size_t word = strcspn(text + blank, " \n");
        if (column + 1 + word > TEXT_WIDTH) {
            buf_text(&o->b, "\n ");
            column = 1;
        }
        buf_text(&o->b, " ");
        out_visible(&o->b, text + blank, word);
        column += 1 + word;
        text += blank + word;
    }
    buf_text(&o->b, "\n");
}

static void put_rule(struct out *o, const struct sampling_rule *r, struct arena *a)
{
    bool first = true;
    const struct {
        bool holds;
        const char *what;
    } strata[] = {
        { r->new_members, "all new members" },
        { r->sanctioned, "all sanctioned" },
        { r->high_risk, "all high-risk" },
        { r->each_inspector, "one of each inspector's" },
        { r->not_visited, "members not in the last sample first" },
    };
    SCOPED(buf_fini) struct buf b;
    buf_init(&b, SIZE_MAX / 2);
    put_size(&b, r, o->utf8, &first, a);
    for (size_t i = 0; i < sizeof strata / sizeof strata[0]; i++)
        if (strata[i].holds)
            part(&b, &first, strata[i].what);
    buf_text(&b, rule_mark(r->unverified, r->ours));
    buf_text(&b, ".");
    buf_append(&b, "", 1);
    put_text(o, "Rule:", (const char *)b.data);
}

static void put_seed(struct out *o, const struct sample *s)
{
    buf_printf(&o->b, "Seed, %s:\n  %s\n",
               s->seed_from == SEED_GIVEN ? "given by the user who drew it" : "from the journal", s->seed);
    if (s->last.text != NULL)
        buf_printf(&o->b, "Last: %s.\n", s->last.text);
}

static const char *remark(const struct sampled_member *m, struct arena *a)
{
    if (m->replaces.text == NULL)
        return m->replaced_by.text != NULL ? xmalloc_printf(a, "now %s", m->replaced_by.text) : NULL;
    const char *now = m->replaced_by.text != NULL ? xmalloc_printf(a, "; now %s", m->replaced_by.text) : "";
    return xmalloc_printf(a, "for %s: %s%s", m->replaces.text, m->reason, now);
}

static void put_members(struct out *o, const struct sample_detail *d, struct arena *a)
{
    static const struct table_column columns[] = {
        { "enterprise", 0 },
        { "name", TABLE_PROSE },
        { "why", TABLE_WHOLE },
        { "state", TABLE_WHOLE },
        { "visited_on", TABLE_OPTIONAL },
        { "audit", TABLE_OPTIONAL },
        { "remark", TABLE_OPTIONAL | TABLE_PROSE },
    };
    struct table t;
    table_init(&t, a, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < d->n_members; i++) {
        const struct sampled_member *m = &d->members[i];
        const char **cells = table_row(&t);
        cells[0] = m->enterprise.text;
        cells[1] = m->name;
        cells[2] = words_choice(ENUM_sample_stratum, (int)m->why, a);
        cells[3] = words_choice(ENUM_sampled_state, (int)m->state, a);
        cells[4] = words_day(m->visited_on, a);
        cells[5] = m->audit.text;
        cells[6] = remark(m, a);
    }
    table_draw(&t, o);
}

void sample_view_put(struct out *o, const struct sample_detail *d, struct arena *a)
{
    put_header(o, d->sample, a);
    put_figures(o, d->sample);
    put_rule(o, d->rule, a);
    put_seed(o, d->sample);
    if (d->caution != NULL)
        put_text(o, "Caution:", d->caution);
    buf_text(&o->b, "\n");
    put_members(o, d, a);
}
