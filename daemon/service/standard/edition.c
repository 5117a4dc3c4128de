/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standard/edition.h"

#include "daemon/service/call/answer.h"
#include "query/standard.h"

int edition_flaw(struct call *call, const struct catalogue_edition *edition, struct date on, const char **ret)
{
    const char *why = NULL;
    struct date day = { 0 };
    char text[DATE_TEXT];
    *ret = NULL;
    struct stmt *q = query_edition_replaced_from(call->store, edition->id);
    struct date replaced = stmt_step(q) ? stmt_date(q, EDITION_REPLACED_FROM_replaced_from) : (struct date){ 0 };
    int code = answer_end(call, q, OK);
    if (code != OK)
        return code;
    if (date_before(on, edition->valid_from))
        why = "is valid from", day = edition->valid_from;
    else if (date_is_set(edition->valid_until) && date_before(edition->valid_until, on))
        why = "was valid until", day = edition->valid_until;
    else if (date_is_set(replaced) && !date_before(on, replaced))
        why = "was replaced by a newer edition on", day = replaced;
    if (why == NULL)
        return OK;
    *ret = arena_printf(call->arena, "%s %s %s", edition->code, why, date_format(day, text));
    return *ret != NULL ? OK : answer_no_memory(call);
}

int edition_check(struct call *call, const struct catalogue_edition *edition, struct date on, const char *field,
                  const char *what)
{
    const char *flaw;
    int code = edition_flaw(call, edition, on, &flaw);
    if (code != OK || flaw == NULL)
        return code;
    return err_set(call->err, ERR_CONFLICT, field, "%s; use the edition in force on the day of %s", flaw, what);
}

int edition_check_running(struct call *call, const struct catalogue_edition *edition, int64_t holder_id, struct date on,
                          bool may_follow, const char *field, const char *what)
{
    const char *flaw;
    int64_t running = 0;
    int code = edition_flaw(call, edition, on, &flaw);
    if (code != OK || flaw == NULL)
        return code;
    if (!may_follow || date_before(on, edition->valid_from))
        return edition_check(call, edition, on, field, what);
    code = answer_number(call, query_edition_running(call->store, edition->id, holder_id, on), &running);
    if (code != OK || running > 0)
        return code;
    return err_set(call->err, ERR_CONFLICT, field,
                   "%s, and what may still follow its end needs a certificate that runs on the day of %s (%s)", flaw,
                   what, edition->rules->transition->source);
}
