/* SPDX-License-Identifier: Apache-2.0 */
#include "client/view/standard_view.h"

#include "client/view/rules_view.h"
#include "client/view/words.h"
#include "client/write/wrap.h"
#include "client/xmalloc.h"

#include <inttypes.h>
#include <string.h>

static void put_title(struct out *o, const struct edition *e)
{
    out_bold(o);
    out_visible(&o->b, e->edition.text, strlen(e->edition.text));
    out_plain(o);
    buf_text(&o->b, o->utf8 ? " · " : " - ");
    out_visible(&o->b, e->name, strlen(e->name));
    buf_text(&o->b, "\n");
}

static void put_head(struct out *o, const struct edition *e, int end, struct arena *a)
{
    const char *text = xmalloc_printf(a, "Domain %s. %" PRId64 " requirement%s.",
                                      api_choice_text(ENUM_domain, (int)e->domain), e->requirements,
                                      e->requirements == 1 ? "" : "s");
    if (date_is_set(e->valid_from))
        text = xmalloc_printf(a, "%s Used from %s.", text, words_day(e->valid_from, a));
    if (date_is_set(e->obligatory_from))
        text = xmalloc_printf(a, "%s No older edition from %s.", text, words_day(e->obligatory_from, a));
    if (date_is_set(e->valid_until))
        text = xmalloc_printf(a, "%s Used until %s.", text, words_day(e->valid_until, a));
    text = xmalloc_printf(a, "%s The class of a finding %s.", text,
                          e->class_from_level ? "follows from the level of its requirement"
                                              : "is given by the auditor");
    put_title(o, e);
    wrap_text(&o->b, text, 0, 0, end);
    wrap_text(&o->b, xmalloc_printf(a, "Source: %s", e->source), 0, 0, end);
}

static void put_requirements(struct out *o, const struct writer_style *style, const struct edition_detail *e,
                             struct arena *a)
{
    struct writer w;
    buf_text(&o->b, "\n");
    writer_init(&w, o, style, RECORD_requirement, a);
    writer_begin(&w);
    for (size_t i = 0; i < e->n_requirements; i++)
        writer_row(&w, &e->requirements[i]);
    writer_end(&w);
}

void standard_view_put(struct out *o, const struct writer_style *style, const struct edition_detail *e, struct arena *a)
{
    int end = words_columns(o);
    put_head(o, e->edition, end, a);
    rules_view_put_pass(o, e->pass, e->n_pass, end, a);
    rules_view_put(o, e->rules, end, a);
    put_requirements(o, style, e, a);
}
