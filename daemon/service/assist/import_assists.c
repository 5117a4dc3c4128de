/* SPDX-License-Identifier: Apache-2.0 */
/* The import of interventions, identified by their source. */
#include "common/text_unit.h"
#include "daemon/service/assist/assist.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/ended.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/import.h"
#include "daemon/service/call/resolve.h"

#include <stdlib.h>
#include <string.h>

static int same_money(struct call *call, const char *field, struct money here, struct money there)
{
    if (here.currency[0] == '\0')
        return OK;
    const char *theirs = there.currency[0] != '\0' ? text_format_money(there, call->arena) : NULL;
    return import_same_text(call, field, text_format_money(here, call->arena), theirs);
}

static int compare_facts(struct call *call, const struct assist_row *row, const struct intervention *there)
{
    int code = import_same_text(call, "title", row->title, there->title);
    if (code == OK)
        code = import_same_choice(call, "kind", ENUM_intervention_kind, (int)row->kind, (int)there->kind);
    if (code == OK)
        code = import_same_text(call, "cooperative", row->cooperative, there->cooperative.text);
    if (code == OK)
        code = import_same_text(call, "provider", row->provider, there->provider.text);
    if (code == OK)
        code = import_same_date(call, "planned_on", row->planned_on, there->planned_on);
    if (code == OK)
        code = import_same_date(call, "delivered_on", row->delivered_on, there->delivered_on);
    return code == OK ? same_money(call, "cost", row->cost, there->cost) : code;
}

static int differs(struct call *call, const char *field, const char *what)
{
    return err_set(call->err, ERR_CONFLICT, field, "%s is not in the register; correct the register, or omit it", what);
}

static int by_enterprise(const void *a, const void *b)
{
    const struct participation *x = a, *y = b;
    return strcmp(x->enterprise, y->enterprise);
}

static int same_hours(struct call *call, const char *field, bool given, int64_t here, bool known, int64_t there)
{
    if (!given)
        return OK;
    return import_same_text(call, field, text_format_duration(here, call->arena),
                            known ? text_format_duration(there, call->arena) : NULL);
}

/* there is sorted by enterprise. */
static int compare_participation(struct call *call, const struct participation *row,
                                 const struct intervention_detail *there)
{
    const struct participation *same = NULL;
    if (there->n_participations > 0)
        same = bsearch(row, there->participations, there->n_participations, sizeof *row, by_enterprise);
    if (same == NULL)
        return differs(call, "enterprise", row->enterprise);
    int code = same_hours(call, "planned", row->has_planned, row->planned, same->has_planned, same->planned);
    if (code == OK)
        code = same_hours(call, "attended", row->has_attended, row->attended, same->has_attended, same->attended);
    return code == OK ? import_same_text(call, "result", row->result, same->result) : code;
}

static int compare_participations(struct call *call, const struct assist_row *row,
                                  const struct intervention_detail *there)
{
    if (there->n_participations > 0)
        qsort(there->participations, there->n_participations, sizeof *there->participations, by_enterprise);
    for (size_t i = 0; i < row->n_participations; i++)
        if (compare_participation(call, &row->participations[i], there) != OK)
            return err_within(call->err, "participations[%zu].", i);
    return OK;
}

/* "iso-14001" and "iso-14001:2015" count as equal: there may be a newer edition since the first import. */
static bool is_addressed(const struct intervention_detail *there, const struct addressed *row)
{
    size_t length = strlen(row->edition);
    for (size_t i = 0; i < there->n_requirements; i++) {
        const struct addressed *a = &there->requirements[i];
        if (strcmp(a->requirement, row->requirement) == 0 && strncmp(a->edition, row->edition, length) == 0
            && (a->edition[length] == '\0' || a->edition[length] == ':'))
            return true;
    }
    return false;
}

static bool is_paid(const struct intervention_detail *there, const struct payment *row)
{
    for (size_t i = 0; i < there->n_payments; i++) {
        const struct payment *p = &there->payments[i];
        if (strcmp(p->payer, row->payer) == 0 && p->amount.minor == row->amount.minor
            && strcmp(p->amount.currency, row->amount.currency) == 0)
            return true;
    }
    return false;
}

static int same_count(struct call *call, const char *field, size_t here, size_t there)
{
    if (here == 0 || here == there)
        return OK;
    return err_set(call->err, ERR_CONFLICT, field, "the file has %zu, the register has %zu", here, there);
}

static int compare_parts(struct call *call, const struct assist_row *row, const struct intervention_detail *there)
{
    int code = same_count(call, "participations", row->n_participations, there->n_participations);
    if (code == OK)
        code = same_count(call, "requirements", row->n_requirements, there->n_requirements);
    if (code == OK)
        code = same_count(call, "payments", row->n_payments, there->n_payments);
    if (code == OK)
        code = compare_participations(call, row, there);
    for (size_t i = 0; i < row->n_requirements && code == OK; i++)
        if (!is_addressed(there, &row->requirements[i]))
            code = differs(call, "requirements", row->requirements[i].requirement);
    for (size_t i = 0; i < row->n_payments && code == OK; i++)
        if (!is_paid(there, &row->payments[i]))
            code = differs(call, "payments", row->payments[i].payer);
    return code;
}

static int compare(struct call *call, int64_t id, const struct assist_row *row)
{
    struct intervention_detail there = { 0 };
    int code = assist_load(call, id, &there);
    if (code == OK)
        code = compare_facts(call, row, there.intervention);
    return code == OK ? compare_parts(call, row, &there) : code;
}

/* References in rows are full codes. */
static int find(struct call *call, enum noun noun, const char *field, const char *text, struct ref *ret)
{
    if (text == NULL)
        return OK;
    int code = resolve_exact(call, noun, text, &ret->id);
    ret->text = text;
    if (code == OK && ret->id == 0)
        return err_set(call->err, ERR_NOT_FOUND, field, "no %s %s; register it first", api_nouns[noun].doc, text);
    return code;
}

static int insert(struct call *call, const struct assist_row *row)
{
    int64_t id;
    struct assist_record assist = {
        .title = row->title,
        .kind = row->kind,
        .planned_on = row->planned_on,
        .delivered_on = row->delivered_on,
        .cost = row->cost,
        .source = row->source,
        .participations = row->participations,
        .n_participations = row->n_participations,
        .requirements = row->requirements,
        .n_requirements = row->n_requirements,
        .payments = row->payments,
        .n_payments = row->n_payments,
    };
    int code = find(call, NOUN_cooperative, "cooperative", row->cooperative, &assist.cooperative);
    if (code == OK)
        code = find(call, NOUN_body, "provider", row->provider, &assist.provider);
    struct date day = date_is_set(row->delivered_on) ? row->delivered_on : check_or_today(call, row->planned_on);
    if (code == OK)
        code = ended_check(call, NOUN_cooperative, "cooperative", assist.cooperative.id, day);
    if (code == OK)
        code = ended_check(call, NOUN_body, "provider", assist.provider.id, day);
    return code == OK ? assist_insert(call, &assist, &id) : code;
}

static int take(struct call *call, const struct assist_row *row, bool *ret_new)
{
    int64_t id = 0;
    int code = assist_of_source(call, row->source, &id);
    *ret_new = id == 0;
    if (code != OK)
        return code;
    return id > 0 ? compare(call, id, row) : insert(call, row);
}

int import_assists(struct call *call, const struct import_assists *p, struct import_report *ret)
{
    struct import import;
    import_begin(&import, call, ret);
    for (size_t i = 0; i < p->n_rows; i++) {
        bool is_new = false;
        int code = take(call, &p->rows[i], &is_new);
        code = import_row(&import, p->rows[i].row, code, is_new);
        if (code != OK)
            return code;
    }
    import_end(&import, p->dry_run);
    return OK;
}
