/* SPDX-License-Identifier: Apache-2.0 */
#include "client/view/rules_words.h"

#include "client/xmalloc.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A text that grows by sentences or items. */
struct words {
    struct arena *a;
    const char *between, *text;
};

__attribute__((format(printf, 2, 3))) static void say(struct words *w, const char *format, ...)
{
    char part[1000];
    va_list args;
    va_start(args, format);
    vsnprintf(part, sizeof part, format, args);
    va_end(args);
    w->text = xmalloc_printf(w->a, "%s%s%s", w->text, *w->text != '\0' ? w->between : "", part);
}

static const char *months(int64_t n, struct arena *a)
{
    return xmalloc_printf(a, "%" PRId64 " month%s", n, n == 1 ? "" : "s");
}

const char *rules_words_share(int64_t p, int64_t q, struct arena *a)
{
    if (p == q)
        return "all";
    return q == 100 ? xmalloc_printf(a, "%" PRId64 " %%", p) : xmalloc_printf(a, "%" PRId64 "/%" PRId64, p, q);
}

static const char *below(const struct pass_clause *c, struct arena *a)
{
    return c->section != NULL ? xmalloc_printf(a, " below %s", c->section) : "";
}

/* 'minor requirements', with a level if one is given. */
static const char *requirements(const struct pass_clause *c, struct arena *a)
{
    if (c->level == 0)
        return "requirements";
    return xmalloc_printf(a, "%s requirements", api_choice_text(ENUM_level, (int)c->level));
}

static const char *ratio(const struct pass_clause *c, struct arena *a)
{
    if (c->at_least == 0)
        return xmalloc_printf(a, "all %s%s have been assessed", requirements(c, a), below(c, a));
    bool all = c->at_least == c->out_of;
    return xmalloc_printf(a, "%s%s of the applicable %s%s are conforming", all ? "" : "at least ",
                          rules_words_share(c->at_least, c->out_of, a), requirements(c, a), below(c, a));
}

static const char *no_open(const struct pass_clause *c, struct arena *a)
{
    const char *class = api_choice_text(ENUM_class, (int)c->class);
    return xmalloc_printf(a,
                          c->class == CLASS_MAJOR ? "no finding of class %s is open"
                                                  : "no finding of class %s, or a graver one, is open",
                          class);
}

const char *rules_words_clause(const struct pass_clause *c, struct arena *a)
{
    if (c->kind == CLAUSE_ALL)
        return xmalloc_printf(a, "all applicable %s are conforming", requirements(c, a));
    if (c->kind == CLAUSE_RATIO)
        return ratio(c, a);
    if (c->kind == CLAUSE_POINTS)
        return xmalloc_printf(a, "at least %s of the applicable points%s are earned",
                              rules_words_share(c->at_least, c->out_of, a), below(c, a));
    if (c->kind == CLAUSE_NO_OPEN)
        return no_open(c, a);
    return "every gate is conforming, and no autofail requirement is nonconforming";
}

static const char *root(const struct sampling_rule *s, bool utf8, struct arena *a)
{
    const char *n = utf8 ? "√n" : "root(n)";
    if (s->root == s->root_of)
        return n;
    return xmalloc_printf(a, "%" PRId64 "/%" PRId64 "%s%s", s->root, s->root_of, utf8 ? "·" : " ", n);
}

const char *rules_words_size(const struct sampling_rule *s, bool utf8, struct arena *a)
{
    struct words w = { a, ", ", "" };
    if (s->has_root)
        say(&w, "%s", root(s, utf8, a));
    if (s->has_share)
        say(&w, "%s of n", rules_words_share(s->share, s->share_of, a));
    if (s->has_root && s->has_share)
        w.text = xmalloc_printf(a, "larger of %s", w.text);
    if (s->has_floor)
        say(&w, "at least %" PRId64, s->floor);
    if (s->has_all_if_at_most)
        say(&w, "all if n %s %" PRId64, utf8 ? "≤" : "<=", s->all_if_at_most);
    return w.text;
}

const char *rules_words_strata(const struct sampling_rule *s, struct arena *a)
{
    struct words w = { a, ", ", "" };
    if (s->new_members)
        say(&w, "all new members");
    if (s->sanctioned)
        say(&w, "all sanctioned");
    if (s->high_risk)
        say(&w, "all high-risk");
    if (s->each_inspector)
        say(&w, "one of each inspector");
    if (s->not_visited)
        say(&w, "members not visited last time");
    return *w.text != '\0' ? w.text : NULL;
}

const char *rules_words_cycle(const struct cycle_rule *c, struct arena *a)
{
    struct words w = { a, " ", "" };
    say(&w, "It is valid for %s.", months(c->validity_months, a));
    if (c->has_first_surveillance_months)
        say(&w, "The first surveillance is due within %s of the decision.", months(c->first_surveillance_months, a));
    if (c->surveillance_each_year)
        say(&w, "A surveillance is due in each later calendar year except that of the recertification.");
    if (c->has_renewal_months)
        say(&w, "It can be renewed from %s before it expires.", months(c->renewal_months, a));
    if (c->renewal_counts_from == RENEWAL_FROM_EXPIRY)
        say(&w, "If renewed before it expires, the new period starts after the old one.");
    if (c->renewal_counts_from == RENEWAL_FROM_DECISION)
        say(&w, "If renewed before it expires, the new period starts with the decision.");
    if (c->has_restoration_months)
        say(&w, "Within %s after its expiry it can be restored, its cycle unchanged.",
            months(c->restoration_months, a));
    if (c->has_suspension_months)
        say(&w, "A suspension lasts at most %s; then the certificate is withdrawn.", months(c->suspension_months, a));
    return w.text;
}

const char *rules_words_decision(const struct decision_rule *d, struct arena *a)
{
    struct words w = { a, " ", "" };
    say(&w, "The verdict is ready, an external audit is concluded and no major finding is open.");
    if (d->minor_plans_accepted)
        say(&w, "Every open minor finding has an accepted plan.");
    if (d->has_audit_months)
        say(&w, "The audit is at most %s old.", months(d->audit_months, a));
    if (d->has_majors_months)
        say(&w,
            "If major findings of a stage 2 audit are not closed within %s of its last day, a new stage 2 audit is "
            "required.",
            months(d->majors_months, a));
    if (d->has_decide_days)
        say(&w, "It is taken within %" PRId64 " days after the last nonconformity was closed.", d->decide_days);
    return w.text;
}

static void say_size(struct words *w, const struct group_rule *g)
{
    if (g->has_smallest && g->has_largest)
        say(w, "It has %" PRId64 " to %" PRId64 " members.", g->smallest, g->largest);
    else if (g->has_smallest)
        say(w, "It has at least %" PRId64 " members.", g->smallest);
    else if (g->has_largest)
        say(w, "It has at most %" PRId64 " members.", g->largest);
}

const char *rules_words_group(const struct group_rule *g, struct arena *a)
{
    struct words w = { a, " ", "" };
    say_size(&w, g);
    if (g->central)
        say(&w, "Its central function is ready by its own audit.");
    if (g->has_ready)
        say(&w, "Members ready: %s%s.", g->ready == g->ready_of ? "" : "at least ",
            rules_words_share(g->ready, g->ready_of, a));
    if (g->has_newcomers)
        say(&w, "New members up to %s of the covered ones can be added at once to a current certificate.",
            rules_words_share(g->newcomers, g->newcomers_of, a));
    if (g->leave_clean)
        say(&w, "A member with a pending sanction cannot leave the certificate.");
    if (g->has_structural)
        say(&w, "A requirement failed by %s of the externally visited members is proposed as structural.",
            rules_words_share(g->structural, g->structural_of, a));
    return w.text;
}

const char *rules_words_internal(const struct internal_rule *i, struct arena *a)
{
    static const char *const often[] = { "", "once", "twice" };
    struct words w = { a, " ", "" };
    const char *times = i->inspections <= 2 ? often[i->inspections]
                                            : xmalloc_printf(a, "%" PRId64 " times", i->inspections);
    const char *period = i->period == PERIOD_TWELVE_MONTHS ? "in any twelve months" : "in each calendar year";
    say(&w, "Every member is inspected internally %s %s%s%s.", times, period,
        i->whole_checklist ? ", against the whole checklist" : "",
        i->appointed ? ", by an inspector appointed by the cooperative" : "");
    if (i->approved)
        say(&w, "Someone other than the inspector concludes the inspection.");
    return w.text;
}

/* 'by an external audit', with 'at least' where there is a higher grade. */
static const char *proof(enum grade grade)
{
    static const char *const words[] = { [GRADE_SELF] = "at least by self-assessment",
                                         [GRADE_INTERNAL] = "at least by internal inspection",
                                         [GRADE_EXTERNAL] = "by external audit" };
    return words[grade];
}

const char *rules_words_proof(const struct proof_rule *p, struct arena *a)
{
    return xmalloc_printf(
        a, "Whoever is certified, alone or as the central function of a group, is ready %s; a member %s.",
        proof(p->holder != 0 ? p->holder : GRADE_EXTERNAL), proof(p->members != 0 ? p->members : GRADE_INTERNAL));
}

const char *rules_words_impartiality(const struct impartiality_rule *i, struct arena *a)
{
    struct words w = { a, " ", "" };
    say(&w, "For %s after assistance, the person or body that gave it neither audits the holder nor decides on it.",
        months(i->cooling_off_months, a));
    if (i->has_internal_months)
        say(&w, "The same is true for %s after an internal audit or inspection for whoever made it.",
            months(i->internal_months, a));
    if (i->through_body)
        say(&w, "What a person did counts as done by the person's body too, and by everybody of that body.");
    return w.text;
}

const char *rules_words_left_open(const struct left_open_rule *l, struct arena *a)
{
    if (l->audits == 1)
        return "A minor finding that is still open at the next external audit counts as a major one.";
    return xmalloc_printf(
        a, "A minor finding that is still open after %" PRId64 " more external audits counts as a major one.",
        l->audits);
}

const char *rules_words_forbidden(const struct forbidden_rule *f, struct arena *a)
{
    return xmalloc_printf(a, "%s no finding of class %s is recorded.", f->external ? "In external audits" : "In audits",
                          api_choice_text(ENUM_class, (int)f->class));
}

static const char *day(struct date date, struct arena *a)
{
    char text[DATE_TEXT];
    return xmalloc_printf(a, "%s", date_format(date, text));
}

const char *rules_words_transition(const struct transition_rule *t, struct arena *a)
{
    struct words w = { a, " ", "" };
    if (t->successor != NULL && date_is_set(t->published_on))
        say(&w, "It is replaced by %s, published on %s.", t->successor, day(t->published_on, a));
    else if (t->successor != NULL)
        say(&w, "It is replaced by %s.", t->successor);
    if (date_is_set(t->certificates_until))
        say(&w, "No certificate for it is valid after %s.", day(t->certificates_until, a));
    if (t->surveillance)
        say(&w, "After its last day a certificate that runs is still surveyed.");
    if (t->additions)
        say(&w, "After its last day members are still inspected for a certificate that runs, and added to it.");
    return w.text;
}

const char *rules_words_results(const struct results_rule *r, struct arena *a)
{
    return xmalloc_printf(a, "A result serves %" PRId64 " months; a nonconforming one, until it is mended.", r->months);
}

const char *rules_words_escalation(const struct escalation_rule *e, struct arena *a)
{
    return xmalloc_printf(a, "%" PRId64 " open minor findings on one requirement propose a major one.", e->minors);
}
