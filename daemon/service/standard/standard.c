/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standard/standard.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/standard/rules.h"
#include "daemon/store/row.h"
#include "query/standard.h"

#include <stdlib.h>
#include <string.h>

int standard_edition(struct call *call, int64_t edition_id, struct date day, struct edition *ret)
{
    struct stmt *q = query_edition_record(call->store, edition_id, zone_day_end(call->zone, day));
    return answer_record(call, q, RECORD_edition, ret);
}

/* Texts come by requirement and language; each requirement takes the run that is its own. */
static int read_texts(struct call *call, int64_t edition_id, struct requirement *rows, size_t n)
{
    struct page texts = { 0 };
    struct stmt *q = query_edition_texts(call->store, edition_id);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct requirement_text t = { 0 };
        code = row_to_record(q, RECORD_requirement_text, call->arena, &t, call->err);
        size_t ordinal = (size_t)stmt_int(q, EDITION_TEXTS_ordinal);
        if (code == OK && (ordinal >= n || !page_push(&texts, call->arena, &t, sizeof t)))
            code = answer_no_memory(call);
        if (code == OK)
            rows[ordinal].n_texts++;
    }
    struct requirement_text *next = texts.rows;
    for (size_t i = 0; i < n; i++) {
        rows[i].texts = next;
        next += rows[i].n_texts;
    }
    return answer_end(call, q, code);
}

static void choose_text(struct requirement *r, const char *lang)
{
    size_t chosen = 0;
    bool english = false;
    for (size_t i = 0; i < r->n_texts; i++) {
        if (strcmp(r->texts[i].lang, lang) == 0) {
            chosen = i;
            break;
        }
        if (!english && strcmp(r->texts[i].lang, "en") == 0) {
            chosen = i;
            english = true;
        }
    }
    r->texts += chosen;
    r->n_texts = r->n_texts > 0 ? 1 : 0;
}

static int read_outline(struct call *call, int64_t edition_id, struct edition_detail *ret)
{
    struct stmt *q = query_edition_outline(call->store, edition_id);
    int code = answer_rows(call, q, RECORD_requirement, &ret->requirements, &ret->n_requirements);
    return code == OK ? read_texts(call, edition_id, ret->requirements, ret->n_requirements) : code;
}

int standard_read(struct call *call, int64_t edition_id, const char *lang, struct date day, struct edition_detail *ret)
{
    ret->edition = arena_alloc(call->arena, sizeof *ret->edition);
    if (ret->edition == NULL)
        return answer_no_memory(call);
    int code = standard_edition(call, edition_id, day, ret->edition);
    if (code == OK)
        code = answer_rows(call, query_edition_clauses(call->store, edition_id), RECORD_pass_clause, &ret->pass,
                           &ret->n_pass);
    if (code == OK)
        code = rules_read(call, edition_id, call->arena, &ret->rules);
    if (code == OK)
        code = read_outline(call, edition_id, ret);
    for (size_t i = 0; code == OK && lang != NULL && i < ret->n_requirements; i++)
        choose_text(&ret->requirements[i], lang);
    return code;
}

static int compare_languages(const void *a, const void *b)
{
    return strcmp(((const struct requirement_text *)a)->lang, ((const struct requirement_text *)b)->lang);
}

int standard_normal(struct call *call, const struct requirement *rows, size_t n, struct requirement **ret)
{
    struct requirement *copy = arena_array(call->arena, n, sizeof *copy);
    if (copy == NULL)
        return answer_no_memory(call);
    for (size_t i = 0; i < n; i++) {
        struct requirement *r = &copy[i];
        *r = rows[i];
        r->assessable = r->level != 0;
        r->has_assessable = r->has_na_allowed = r->has_gate = r->has_autofail = true;
        r->has_fundamental = r->fundamental;
        r->texts = arena_array(call->arena, r->n_texts, sizeof *r->texts);
        if (r->texts == NULL)
            return answer_no_memory(call);
        memcpy(r->texts, rows[i].texts, r->n_texts * sizeof *r->texts);
        qsort(r->texts, r->n_texts, sizeof *r->texts, compare_languages);
    }
    *ret = copy;
    return OK;
}

int standard_list(struct call *call, const struct standard_list *p, struct page *ret)
{
    struct date day = check_or_today(call, p->as_of);
    struct stmt *q = query_standard_list(call->store, answer_after_code(&p->page), answer_limit(&p->page), day,
                                         zone_day_end(call->zone, day));
    return answer_page(call, q, &p->page, ret);
}

int standard_show(struct call *call, const struct standard_show *p, struct edition_detail *ret)
{
    return standard_read(call, p->edition.id, p->lang, check_or_today(call, p->as_of), ret);
}

int standard_editions(struct call *call, const struct standard_editions *p, struct page *ret)
{
    struct date day = check_or_today(call, p->as_of);
    struct stmt *q = query_edition_list(call->store, p->standard.id, answer_after_code(&p->page),
                                        answer_limit(&p->page), zone_day_end(call->zone, day));
    return answer_page(call, q, &p->page, ret);
}
