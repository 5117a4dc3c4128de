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

static int pack_findings(struct call *call, const struct standing_state *state, struct bytes *ret)
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

/* A day has less than 2^22 values, a requirement of an edition less than 2^14: 5 bytes for each run at most. */
static int pack_days(struct call *call, const struct standing_state *state, struct bytes *ret)
{
    enum { RUN_MAX = 2 * NUMBER_MAX };
    int32_t n = state->edition->n_requirements, runs = 0;
    for (int g = 0; g < GRADES; g++)
        for (int32_t i = 0; i < n; i++)
            runs += i == 0 || state->results.days[g][i] != state->results.days[g][i - 1];
    uint8_t *data = arena_array(call->arena, (size_t)runs, RUN_MAX), *to = data;
    if (data == NULL)
        return answer_no_memory(call);
    for (int g = 0; g < GRADES; g++)
        for (int32_t i = 0, from = 0; i < n; from = i) {
            const int32_t *days = state->results.days[g];
            while (i < n && days[i] == days[from])
                i++;
            to = put_number(to, (uint64_t)(i - from));
            to = put_number(to, (uint64_t)days[from]);
        }
    *ret = (struct bytes){ data, (size_t)(to - data) };
    return OK;
}

int standing_kept_pack(struct call *call, const struct standing_state *state, struct bytes *ret_findings,
                       struct bytes *ret_days)
{
    int code = pack_findings(call, state, ret_findings);
    return code == OK ? pack_days(call, state, ret_days) : code;
}

static int damaged(struct call *call, const struct standing_state *state, const char *what)
{
    return err_set(call->err, ERR_INTERNAL, NULL, "the %s of a standing on %s are damaged; see sme-ctl standing verify",
                   what, state->edition->code);
}

static int unpack_days(struct call *call, struct bytes packed, struct standing_state *to)
{
    const uint8_t *at = packed.data, *end = at + packed.size;
    int32_t n = to->edition->n_requirements;
    for (int g = 0; g < GRADES; g++)
        for (int32_t i = 0; i < n;) {
            uint64_t length = 0, day = 0;
            at = get_number(at, end, &length);
            at = get_number(at, end, &day);
            if (at == NULL || length == 0 || length > (uint64_t)(n - i) || day > INT32_MAX)
                return damaged(call, to, "days");
            for (int32_t until = i + (int32_t)length; i < until; i++)
                to->results.days[g][i] = (int32_t)day;
        }
    return at == end ? OK : damaged(call, to, "days");
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
static int unpack_findings(struct call *call, struct bytes packed, struct standing_state *to)
{
    const uint8_t *at = packed.data, *end = at + packed.size;
    int64_t last = 0;
    to->findings = arena_array(call->arena, packed.size / 4, sizeof *to->findings);
    if (to->findings == NULL)
        return answer_no_memory(call);
    for (to->n_findings = 0; at != NULL && at < end; to->n_findings++) {
        if (to->n_findings == packed.size / 4)
            return damaged(call, to, "findings");
        struct standing_finding *f = &to->findings[to->n_findings];
        at = get_finding(at, end, last, f);
        last = f->id;
        if (at == NULL || f->ordinal < 0 || f->ordinal >= to->edition->n_requirements)
            return damaged(call, to, "findings");
    }
    return OK;
}

int standing_kept_empty(struct call *call, const struct catalogue_edition *edition, struct standing_state *ret)
{
    size_t n = (size_t)edition->n_requirements;
    *ret = (struct standing_state){ .edition = edition };
    ret->results.latest = arena_alloc(call->arena, n);
    int32_t *days = arena_array(call->arena, n * GRADES, sizeof *days);
    if (ret->results.latest == NULL || days == NULL)
        return answer_no_memory(call);
    for (int g = 0; g < GRADES; g++)
        ret->results.days[g] = days + (size_t)g * n;
    return OK;
}

void standing_kept_expire(struct standing_state *state, struct date day)
{
    const struct rules *rules = state->edition->rules;
    state->changes_on = (struct date){ 0 };
    if (rules != NULL && rules->results != NULL)
        state->changes_on = standing_result_expire(&state->results, state->edition->n_requirements,
                                                   rules->results->months, day);
}

struct rollup_share standing_kept_share(const struct stmt *q)
{
    return (struct rollup_share){ .verdict = (enum verdict)stmt_choice(q, STANDING_KEPT_verdict, ENUM_verdict),
                                  .grade = (enum grade)stmt_choice(q, STANDING_KEPT_grade, ENUM_grade),
                                  .major = stmt_int(q, STANDING_KEPT_major),
                                  .minor = stmt_int(q, STANDING_KEPT_minor) };
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
        return damaged(call, ret, "results");
    memcpy(ret->results.latest, results.data, results.size);
    ret->audits = stmt_int(q, STANDING_KEPT_audits);
    ret->last_on = stmt_date(q, STANDING_KEPT_last_on);
    ret->last_audit_id = stmt_int(q, STANDING_KEPT_last_audit_id);
    *ret_share = standing_kept_share(q);
    code = unpack_days(call, stmt_blob(q, STANDING_KEPT_days), ret);
    if (code != OK)
        return code;
    standing_kept_expire(ret, call->today);
    return unpack_findings(call, stmt_blob(q, STANDING_KEPT_findings), ret);
}

int standing_kept_get(struct call *call, int64_t holder_id, const struct catalogue_edition *edition,
                      struct standing_state *ret, struct rollup_share *ret_share)
{
    *ret_share = (struct rollup_share){ 0 };
    struct stmt *q = query_standing_kept(call->store, holder_id, edition->id);
    int code = stmt_step(q) ? standing_kept_read(call, q, ret, ret_share) : standing_kept_empty(call, edition, ret);
    return answer_end(call, q, code);
}

static struct rollup_share share_of(const struct readiness *r)
{
    return (struct rollup_share){ .verdict = r->verdict, .grade = r->grade, .major = r->major, .minor = r->minor };
}

int standing_kept_put(struct call *call, int64_t holder_id, const struct standing_state *state,
                      const struct rollup_share *before)
{
    struct readiness r;
    struct bytes findings, days;
    readiness_judge(state, GRADE_SELF, &r);
    int code = standing_kept_pack(call, state, &findings, &days);
    if (code != OK)
        return code;
    code = stmt_run(query_standing_put(call->store, holder_id, state->edition->id, r.verdict, r.grade, r.conforming,
                                       r.nonconforming, r.not_applicable, r.not_assessed, r.major, r.minor,
                                       state->audits, state->last_on, state->last_audit_id, state->changes_on,
                                       (struct bytes){ state->results.latest, (size_t)state->edition->n_requirements },
                                       days, findings),
                    call->err);
    if (code != OK)
        return code;
    struct rollup_share after = share_of(&r);
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

/* Judges q's current row as of today. */
static int read_aged(struct call *call, const struct stmt *q, struct standing_state *ret,
                     struct rollup_share *ret_before, struct readiness *ret_now)
{
    int code = standing_kept_read(call, q, ret, ret_before);
    if (code == OK)
        readiness_judge(ret, GRADE_SELF, ret_now);
    return code;
}

int standing_kept_aged(struct call *call, int64_t cooperative_id, int64_t edition_id, struct rollup_sum *ret)
{
    struct stmt *q = query_standing_kept_aged_members(call->store, cooperative_id, edition_id, call->today);
    int code = OK;
    *ret = (struct rollup_sum){ 0 };
    while (code == OK && stmt_step(q)) {
        struct standing_state state;
        struct rollup_share before, after;
        struct readiness now;
        code = read_aged(call, q, &state, &before, &now);
        if (code != OK)
            break;
        after = share_of(&now);
        rollup_sum(ret, &before, -1);
        rollup_sum(ret, &after, 1);
    }
    return answer_end(call, q, code);
}

/* A few at a time, so that no write waits for many. */
int standing_kept_refresh(struct call *call)
{
    enum { FEW = 20 };
    int64_t holders[FEW], editions[FEW];
    int n = 0;
    struct stmt *q = query_standing_aged(call->store, call->today, FEW);
    for (; n < FEW && stmt_step(q); n++) {
        holders[n] = stmt_int(q, STANDING_AGED_holder_id);
        editions[n] = stmt_int(q, STANDING_AGED_edition_id);
    }
    int code = answer_end(call, q, OK);
    for (int i = 0; i < n && code == OK; i++) {
        const struct catalogue_edition *edition;
        struct standing_state state;
        struct rollup_share before;
        code = catalogue_edition(call, editions[i], &edition);
        if (code == OK)
            code = standing_kept_get(call, holders[i], edition, &state, &before);
        if (code == OK)
            code = standing_kept_put(call, holders[i], &state, &before);
    }
    return code;
}
