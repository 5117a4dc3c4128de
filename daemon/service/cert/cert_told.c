/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_told.h"

#include "common/field.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/cert/cert_sample.h"

#include <string.h>

const struct cert_rule cert_told_rules[] = {
#define ASKED(record, field, condition) { RECORD_##record, #field, condition, false, NULL },
#define GROUP(record, field, condition) { RECORD_##record, #field, condition, true, NULL },
#define TOLD(record, field, words) { RECORD_##record, #field, 0, false, words },
#include "daemon/service/cert/cert_rule.def"
#undef ASKED
#undef GROUP
#undef TOLD
};
const size_t cert_told_n_rules = sizeof cert_told_rules / sizeof cert_told_rules[0];

/* The rules told so far. */
struct telling {
    struct call *call;
    const struct cert_case *c;
    struct page *to;
};

/* why: NULL without memory. */
static int tell(struct telling *t, const char *rule, const char *why, const char *source, bool unverified, bool ours)
{
    struct cert_answer cited = { 0 };
    int code = source != NULL ? cert_answer_cite(t->call, &cited, source, unverified, ours) : OK;
    struct condition row = { .condition = CONDITION_TOLD,
                             .holds = true,
                             .has_holds = true,
                             .record = rule,
                             .why = why,
                             .source = cited.source,
                             .told = true,
                             .has_told = true };
    if (code == OK && (rule == NULL || why == NULL || !page_push(t->to, t->call->arena, &row, sizeof row)))
        return answer_no_memory(t->call);
    return code;
}

/* As much of a demand as a row holds. */
static const char *shortened(struct arena *a, const char *about, const char *text)
{
    enum { MOST = 300 };
    size_t size = strlen(text);
    bool whole = size <= MOST;
    for (size = whole ? size : MOST; (text[size] & 0xC0) == 0x80;)
        size--; /* not within a letter */
    return arena_printf(a, "%s: %.*s%s", about, (int)size, text, whole ? "" : " …");
}

static int tell_demands(struct telling *t, const struct rules *r)
{
    int code = OK;
    for (size_t i = 0; i < r->n_told && code == OK; i++) {
        const struct told_rule *d = &r->told[i];
        const char *about = api_choice_text(ENUM_rule_subject, (int)d->about);
        code = tell(t, "told", shortened(t->call->arena, about, d->text), d->source, d->unverified, d->ours);
    }
    return code;
}

static int tell_samples(struct telling *t, const struct rules *r)
{
    int code = OK;
    if (t->c->route != ROUTE_GROUP && r->n_sampling > 0)
        return tell(t, "sampling", "asked of groups only", NULL, false, false);
    for (size_t i = 0; i < r->n_sampling && code == OK; i++) {
        const struct sampling_rule *s = &r->sampling[i];
        const char *why = cert_sample_told(t->c, s->purpose);
        const char *purpose = api_choice_text(ENUM_sample_purpose, (int)s->purpose);
        if (why != NULL)
            code = tell(t, "sampling", arena_printf(t->call->arena, "sample for %s: %s", purpose, why), s->source,
                        s->unverified, s->ours);
    }
    return code;
}

static bool is_stated(const struct field *part, const struct rules *r, const char *name)
{
    const struct record_type *record = &api_records[part->of];
    const struct field *f = field_find(record->fields, record->n_fields, name, strlen(name));
    size_t n = part->type == FIELD_NEST ? 1 : field_count(part, r);
    for (size_t i = 0; i < n && f != NULL; i++) {
        const void *rule = part->type == FIELD_NEST ? field_nested(part, r) : field_row(part, r, i);
        if (field_is_set(f, rule) && (f->type != FIELD_BOOL || field_number(f, rule) != 0))
            return true;
    }
    return false;
}

static const char *words_of(const struct telling *t, const struct cert_rule *rule)
{
    if (rule->asked == 0)
        return rule->words;
    return rule->group && t->c->route != ROUTE_GROUP ? "asked of groups only" : NULL;
}

/* Whether line i tells of a rule that the edition states; *ret_words is then why it is not asked. */
static bool is_told(const struct telling *t, const struct field *part, const struct rules *r, size_t i,
                    const char **ret_words)
{
    const struct cert_rule *rule = &cert_told_rules[i];
    *ret_words = (int)rule->record == part->of ? words_of(t, rule) : NULL;
    return *ret_words != NULL && is_stated(part, r, rule->field);
}

/* "first_surveillance_months, surveillance_each_year: comes after the grant": the rules from line i on that are not
 * asked for its reason; of a list the reason alone. "" if an earlier line has it already; NULL without memory. */
static const char *list_alike(const struct telling *t, const struct field *part, const struct rules *r, size_t i,
                              const char *reason)
{
    const char *names = "", *words;
    for (size_t k = 0; k < cert_told_n_rules && names != NULL; k++) {
        if (!is_told(t, part, r, k, &words) || strcmp(words, reason) != 0)
            continue;
        if (k < i)
            return "";
        names = arena_printf(t->call->arena, "%s%s%s", names, names[0] != '\0' ? ", " : "", cert_told_rules[k].field);
    }
    if (names == NULL || part->type == FIELD_LIST)
        return names != NULL ? reason : NULL;
    return arena_printf(t->call->arena, "%s: %s", names, reason);
}

/* Their sources are in standard show. */
static int tell_part(struct telling *t, const struct field *part, const struct rules *r)
{
    int code = OK;
    for (size_t i = 0; i < cert_told_n_rules && code == OK; i++) {
        const char *reason;
        if (!is_told(t, part, r, i, &reason))
            continue;
        const char *why = list_alike(t, part, r, i, reason);
        if (why == NULL || why[0] != '\0')
            code = tell(t, part->name, why, NULL, false, false);
    }
    return code;
}

int cert_told_list(struct call *call, const struct cert_case *c, struct page *ret)
{
    const struct record_type *whole = &api_records[RECORD_rules];
    const struct rules *r = c->edition->rules;
    struct telling t = { call, c, ret };
    int code = OK;
    for (size_t i = 0; r != NULL && i < whole->n_fields && code == OK; i++) {
        const struct field *part = &whole->fields[i];
        if (part->of == RECORD_told_rule)
            code = tell_demands(&t, r);
        else if (part->of == RECORD_sampling_rule)
            code = tell_samples(&t, r);
        else if (field_is_set(part, r))
            code = tell_part(&t, part, r);
    }
    return code;
}
