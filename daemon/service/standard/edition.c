#include "daemon/service/standard/edition.h"

#include "daemon/service/call/answer.h"
#include "query/standard.h"

int edition_check(struct call *call, const struct catalogue_edition *edition, struct date on, const char *field,
                  const char *what)
{
    const char *why = NULL;
    struct date day = { 0 };
    char text[DATE_TEXT];
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
        why = "gave way to a newer edition on", day = replaced;
    if (why == NULL)
        return OK;
    return err_set(call->err, ERR_CONFLICT, field, "%s %s %s; use the edition in force on the day of %s", edition->code,
                   why, date_format(day, text), what);
}
