/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standard/response.h"

#include "common/api/api_set.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "query/standard.h"

#include <string.h>

static int no_requirement(struct call *call, const struct catalogue_edition *e, size_t i, const char *code)
{
    struct stmt *q = query_requirement_elsewhere(call->store, code);
    const char *other = stmt_step(q) ? stmt_dup(q, REQUIREMENT_ELSEWHERE_full_code, call->arena) : NULL;
    int end = answer_end(call, q, OK);
    if (end != OK)
        return end;
    if (other == NULL)
        return check_refuse_row(call, "responses", i, "requirement",
                                "%s is not a requirement of %s; see sme-ctl standard show %s", code, e->code, e->code);
    return check_refuse_row(call, "responses", i, "requirement",
                            "%s is a requirement of %s, not of %s; record it in an audit for that edition", code, other,
                            e->code);
}

/* clang-format off */
static enum class class_of_level(enum level level)
{
    if (level == LEVEL_MAJOR)
        return CLASS_MAJOR;
    return level == LEVEL_RECOMMENDATION ? CLASS_OPPORTUNITY : CLASS_MINOR;
}
/* clang-format on */

static bool is_nonconformity(enum class class)
{
    return api_set_has(SET_class_nonconformity, (int)class);
}

/* clang-format off */
static enum class class_of(const struct catalogue_edition *e, const struct response *row, int32_t ordinal)
{
    if (row->class == 0 && row->result == RESULT_NONCONFORMING && e->class_from_level)
        return class_of_level(e->requirements[ordinal].level);
    return row->class;
}
/* clang-format on */

static int check_nonconforming(struct call *call, const struct catalogue_edition *e, size_t i,
                               const struct response *row, const struct catalogue_requirement *r)
{
    enum class follows = class_of_level(r->level);
    if (e->class_from_level && row->class != 0 && row->class != follows)
        return check_refuse_row(call, "responses", i, "class", "%s: the level determines the class %s; omit the class",
                                r->code, api_choice_text(ENUM_class, (int)follows));
    if (!e->class_from_level && row->class == 0)
        return check_refuse_row(call, "responses", i, "class", "%s: nonconforming needs a class, major or minor",
                                r->code);
    if (!e->class_from_level && !is_nonconformity(row->class) && r->level != LEVEL_RECOMMENDATION)
        return check_refuse_row(call, "responses", i, "class", "%s: the class must be major or minor for nonconforming",
                                r->code);
    return OK;
}

static int check_na(struct call *call, size_t i, const struct response *row, const struct catalogue_requirement *r)
{
    if (!r->na_allowed)
        return check_refuse_row(call, "responses", i, "result", "%s: must not be not applicable", r->code);
    if (row->note == NULL)
        return check_refuse_row(call, "responses", i, "note", "%s: not applicable needs a reason", r->code);
    return OK;
}

static int check_result(struct call *call, const struct catalogue_edition *e, size_t i, const struct response *row,
                        const struct catalogue_requirement *r)
{
    if (row->result == RESULT_NONCONFORMING)
        return check_nonconforming(call, e, i, row, r);
    if (row->class != 0 && (row->result != RESULT_CONFORMING || is_nonconformity(row->class)))
        return check_refuse_row(call, "responses", i, "class", "%s: %s cannot have a finding of class %s", r->code,
                                api_choice_text(ENUM_result, (int)row->result),
                                api_choice_text(ENUM_class, (int)row->class));
    return row->result == RESULT_NOT_APPLICABLE ? check_na(call, i, row, r) : OK;
}

static int check_row(struct call *call, const struct catalogue_edition *e, size_t i, const struct response *row,
                     uint8_t *seen, int32_t *ret_ordinal)
{
    const struct catalogue_requirement *r = catalogue_requirement(e, row->requirement);
    if (r == NULL)
        return no_requirement(call, e, i, row->requirement);
    if (!r->assessable)
        return check_refuse_row(call, "responses", i, "requirement", "%s is a section; answer its requirements",
                                r->code);
    if (seen[r->ordinal]++ != 0)
        return check_refuse_row(call, "responses", i, "requirement", "%s is answered more than once", r->code);
    int code = check_result(call, e, i, row, r);
    if (code == OK && row->has_count && class_of(e, row, r->ordinal) == 0)
        return check_refuse_row(call, "responses", i, "count", "%s: only a finding can have a count; omit the count",
                                r->code);
    *ret_ordinal = r->ordinal;
    return code;
}

static void add(struct responses *to, size_t i, const struct catalogue_edition *e, int32_t ordinal)
{
    const struct response *row = &to->rows[i];
    struct answer *a = &to->answers[i];
    *a = (struct answer){ .ordinal = ordinal,
                          .result = row->result,
                          .class = class_of(e, row, ordinal),
                          .count = row->has_count ? row->count : 1 };
    to->conforming += a->result == RESULT_CONFORMING;
    to->nonconforming += a->result == RESULT_NONCONFORMING;
    to->not_applicable += a->result == RESULT_NOT_APPLICABLE;
    to->not_assessed += a->result == RESULT_NOT_ASSESSED;
    to->major += a->class == CLASS_MAJOR;
    to->minor += a->class == CLASS_MINOR;
    to->findings += a->class != 0;
}

int response_check(struct call *call, const struct catalogue_edition *edition, const struct response *rows, size_t n,
                   struct responses *ret)
{
    uint8_t *seen = arena_alloc(call->arena, (size_t)edition->n_requirements);
    *ret = (struct responses){ .rows = rows, .n = n, .answers = arena_array(call->arena, n, sizeof *ret->answers) };
    if (seen == NULL || ret->answers == NULL)
        return answer_no_memory(call);
    for (size_t i = 0; i < n; i++) {
        int32_t ordinal = 0;
        int code = check_row(call, edition, i, &rows[i], seen, &ordinal);
        if (code != OK)
            return code;
        add(ret, i, edition, ordinal);
    }
    return OK;
}

int response_read(struct call *call, const struct catalogue_edition *edition, struct bytes packed,
                  struct responses *ret)
{
    void *rows;
    *ret = (struct responses){ 0 };
    int code = codec_unpack_list(RECORD_response, packed.data, packed.size, call->arena, &rows, &ret->n, call->err);
    if (code != OK)
        return code;
    ret->rows = rows;
    ret->answers = arena_array(call->arena, ret->n, sizeof *ret->answers);
    if (ret->answers == NULL) {
        *ret = (struct responses){ 0 };
        return answer_no_memory(call);
    }
    for (size_t i = 0; i < ret->n; i++) {
        const struct catalogue_requirement *r = catalogue_requirement(edition, ret->rows[i].requirement);
        if (r == NULL)
            return err_set(call->err, ERR_INTERNAL, NULL, "a stored response names %s, which is not in %s",
                           ret->rows[i].requirement, edition->code);
        add(ret, i, edition, r->ordinal);
    }
    return OK;
}
