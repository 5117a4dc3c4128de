/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standing/standing_kept.h"

#include "daemon/service/call/answer.h"
#include "query/standing.h"

#include <string.h>

enum { NUMBER_MAX = 10 }; /* bytes of the largest number of 7 bits a byte */

static uint8_t *put_number(uint8_t *to, uint64_t number)
{
    while (number >= 0x80) {
        *to++ = (uint8_t)(number | 0x80);
        number >>= 7;
    }
    *to++ = (uint8_t)number;
    return to;
}

/* NULL if the bytes end before the number does. */
static const uint8_t *get_number(const uint8_t *from, const uint8_t *end, uint64_t *ret)
{
    uint64_t number = 0;
    for (int shift = 0; from != NULL && from < end && shift < 64; shift += 7) {
        number |= (uint64_t)(*from & 0x7f) << shift;
        if ((*from++ & 0x80) == 0) {
            *ret = number;
            return from;
        }
    }
    return NULL;
}

int standing_kept_pack(struct call *call, const struct standing_state *state, struct bytes *ret)
{
    uint8_t *data = arena_array(call->arena, state->n_findings, 4 * (size_t)NUMBER_MAX), *to = data;
    if (data == NULL)
        return answer_no_memory(call);
    int64_t last = 0;
    for (size_t i = 0; i < state->n_findings; i++) {
        const struct standing_finding *f = &state->findings[i];
        to = put_number(to, (uint64_t)(f->id - last));
        to = put_number(to, (uint64_t)f->ordinal);
        to = put_number(to, (uint64_t)f->class);
        to = put_number(to, (uint64_t)f->raised_on.day);
        last = f->id;
    }
    *ret = (struct bytes){ data, (size_t)(to - data) };
    return OK;
}

static const uint8_t *get_finding(const uint8_t *at, const uint8_t *end, int64_t last, struct standing_finding *ret)
{
    uint64_t id = 0, ordinal = 0, class = 0, day = 0;
    at = get_number(at, end, &id);
    at = get_number(at, end, &ordinal);
    at = get_number(at, end, &class);
    at = get_number(at, end, &day);
    if (at == NULL || id > UINT32_MAX || ordinal > INT32_MAX || class > CLASS_OPPORTUNITY || day > INT32_MAX)
        return NULL; /* nobody put these */
    *ret = (struct standing_finding){ .id = last + (int64_t)id,
                                      .ordinal = (int32_t)ordinal,
                                      .class = (enum class) class,
                                      .raised_on = { (int32_t)day } };
    return at;
}

/* A packed finding takes 4 bytes at least, which bounds their number. */
static int unpack(struct call *call, struct bytes packed, struct standing_state *to)
{
    const uint8_t *at = packed.data, *end = at + packed.size;
    int64_t last = 0;
    to->findings = arena_array(call->arena, packed.size / 4, sizeof *to->findings);
    if (to->findings == NULL)
        return answer_no_memory(call);
    for (to->n_findings = 0; at != NULL && at < end; to->n_findings++) {
        if (to->n_findings == packed.size / 4)
            return err_set(call->err, ERR_INTERNAL, NULL, "the findings of a standing are damaged");
        struct standing_finding *f = &to->findings[to->n_findings];
        at = get_finding(at, end, last, f);
        last = f->id;
        if (at == NULL || f->ordinal < 0 || f->ordinal >= to->edition->n_requirements)
            return err_set(call->err, ERR_INTERNAL, NULL, "the findings of a standing are damaged");
    }
    return OK;
}

uint8_t standing_kept_result(enum result result)
{
    static const uint8_t results[] = {
        [RESULT_CONFORMING] = STANDING_CONFORMING,
        [RESULT_NONCONFORMING] = STANDING_NONCONFORMING,
        [RESULT_NOT_APPLICABLE] = STANDING_NOT_APPLICABLE,
        [RESULT_NOT_ASSESSED] = STANDING_NOT_ASSESSED,
    };
    return results[result];
}

int standing_kept_empty(struct call *call, const struct catalogue_edition *edition, struct standing_state *ret)
{
    *ret = (struct standing_state){ .edition = edition };
    ret->results = arena_alloc(call->arena, (size_t)edition->n_requirements);
    return ret->results == NULL ? answer_no_memory(call) : OK;
}

struct rollup_share standing_kept_share(const struct stmt *q)
{
    return (struct rollup_share){ (enum verdict)stmt_choice(q, STANDING_KEPT_verdict, ENUM_verdict),
                                  stmt_int(q, STANDING_KEPT_major), stmt_int(q, STANDING_KEPT_minor) };
}

int standing_kept_read(struct call *call, const struct stmt *q, struct standing_state *ret,
                       struct rollup_share *ret_share)
{
    const struct catalogue_edition *edition;
    int code = catalogue_edition(call, stmt_int(q, STANDING_KEPT_edition_id), &edition);
    if (code == OK)
        code = standing_kept_empty(call, edition, ret);
    if (code != OK)
        return code;
    struct bytes results = stmt_blob(q, STANDING_KEPT_results);
    if (results.size != (size_t)edition->n_requirements)
        return err_set(call->err, ERR_INTERNAL, NULL, "the results of a standing on %s are damaged", edition->code);
    memcpy(ret->results, results.data, results.size);
    ret->audits = stmt_int(q, STANDING_KEPT_audits);
    ret->last_on = stmt_date(q, STANDING_KEPT_last_on);
    ret->last_audit_id = stmt_int(q, STANDING_KEPT_last_audit_id);
    *ret_share = standing_kept_share(q);
    return unpack(call, stmt_blob(q, STANDING_KEPT_findings), ret);
}

int standing_kept_get(struct call *call, int64_t holder_id, const struct catalogue_edition *edition,
                      struct standing_state *ret, struct rollup_share *ret_share)
{
    *ret_share = (struct rollup_share){ 0 };
    struct stmt *q = query_standing_kept(call->store, holder_id, edition->id);
    int code = stmt_step(q) ? standing_kept_read(call, q, ret, ret_share) : standing_kept_empty(call, edition, ret);
    return answer_end(call, q, code);
}

int standing_kept_put(struct call *call, int64_t holder_id, const struct standing_state *state,
                      const struct rollup_share *before)
{
    struct readiness r;
    struct bytes findings;
    readiness_judge(state, &r);
    int code = standing_kept_pack(call, state, &findings);
    if (code != OK)
        return code;
    code = stmt_run(query_standing_put(call->store, holder_id, state->edition->id, r.verdict, r.conforming,
                                       r.nonconforming, r.not_applicable, r.not_assessed, r.major, r.minor,
                                       state->audits, state->last_on, state->last_audit_id,
                                       (struct bytes){ state->results, (size_t)state->edition->n_requirements },
                                       (struct bytes){ findings.data, findings.size }),
                    call->err);
    if (code != OK)
        return code;
    struct rollup_share after = { r.verdict, r.major, r.minor };
    return rollup_replace(call, holder_id, state->edition->id, before, &after);
}

int standing_kept_drop(struct call *call, int64_t holder_id, int64_t edition_id, const struct rollup_share *before)
{
    if (before->verdict == 0)
        return OK;
    int code = stmt_run(query_standing_drop(call->store, holder_id, edition_id), call->err);
    struct rollup_share nothing = { 0 };
    return code == OK ? rollup_replace(call, holder_id, edition_id, before, &nothing) : code;
}
