/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/call/ended.h"

#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "query/noun.h"

#include <string.h>

static struct stmt *(*const days[NOUN_COUNT])(struct store *store, int64_t number) = {
#define ENDED(id, day, bound, words) [NOUN_##id] = query_ended_##id,
#include "common/api/api.inc"
};

/* What it is called, and the day of its end; not set if it has none. */
static int find_end(struct call *call, enum noun noun, int64_t id, const char **ret_name, struct date *ret)
{
    struct stmt *q = days[noun](call->store, id);
    bool found = stmt_step(q), coded = found && !stmt_is_null(q, ENDED_DAY_code);
    *ret = found ? stmt_date(q, ENDED_DAY_on_day) : (struct date){ 0 };
    *ret_name = !date_is_set(*ret) ? ""
                : coded            ? stmt_dup(q, ENDED_DAY_code, call->arena)
                                   : ref_text(call->arena, noun, id);
    return answer_end(call, q, *ret_name != NULL ? OK : answer_no_memory(call));
}

/* Nothing ends on a day not set. */
static bool is_before(enum noun noun, struct date end, struct date on)
{
    if (!date_is_set(end))
        return false;
    return api_noun_ends[noun].bound == LAST_DAY_THERE ? date_before(end, on) : !date_before(on, end);
}

int ended_check(struct call *call, enum noun noun, const char *field, int64_t id, struct date on)
{
    const char *name;
    struct date end;
    char day[DATE_TEXT];
    if (id == 0 || days[noun] == NULL)
        return OK;
    int code = find_end(call, noun, id, &name, &end);
    if (code != OK || !is_before(noun, end, on))
        return code;
    return err_set(call->err, ref_is_numbered(noun) ? ERR_BAD_STATE : ERR_CONFLICT, field,
                   "%s %s %s; name another, or use an earlier day", name, api_noun_ends[noun].words,
                   date_format(end, day));
}

bool ended_is_kept(const struct method *m, const char *field)
{
    for (size_t i = 0; i < api_kept_fields_n; i++)
        if (&api_methods[api_kept_fields[i].method] == m && strcmp(api_kept_fields[i].field, field) == 0)
            return true;
    return false;
}
