/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/status/status_page.h"

#include "daemon/service/call/answer.h"

#include <string.h>

int status_page_after(struct call *call, const struct page_options *options, const char **ret_code,
                      const char **ret_edition)
{
    const char *after = answer_after_code(options), *blank = strchr(after, ' ');
    if (after[0] != '\0' && blank == NULL)
        return err_set(call->err, ERR_INVALID_PARAM, "after", "must be the next value of the previous page");
    *ret_code = blank == NULL ? "" : arena_text(call->arena, after, (size_t)(blank - after));
    *ret_edition = blank == NULL ? "" : blank + 1;
    return *ret_code != NULL ? OK : answer_no_memory(call);
}

int status_page_cut(struct call *call, const char *code, const char *edition, struct page *rows)
{
    rows->n--;
    rows->next = arena_printf(call->arena, "%s %s", code, edition);
    return rows->next != NULL ? OK : answer_no_memory(call);
}
