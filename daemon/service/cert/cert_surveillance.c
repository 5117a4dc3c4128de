/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_surveillance.h"

#include "common/api/bound.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/standard/response.h"
#include "query/cert.h"

#include <stdio.h>

enum { LACKS_MAX = BOUND(certificate_milestone, lacks) };

/* A flag for each requirement that the audit assessed. */
static int read_assessed(struct call *call, const struct catalogue_edition *edition, int64_t audit_id, uint8_t *ret)
{
    struct responses r = { 0 };
    int code = OK;
    struct stmt *q = query_cert_responses(call->store, audit_id);
    if (stmt_step(q) && !stmt_is_null(q, CERT_RESPONSES_responses))
        code = response_read(call, edition, stmt_blob(q, CERT_RESPONSES_responses), &r);
    code = answer_end(call, q, code);
    for (size_t i = 0; i < r.n && code == OK; i++)
        ret[r.answers[i].ordinal] = r.answers[i].result != RESULT_NOT_ASSESSED;
    return code;
}

/* "9.2.1, 9.3": each once, in the order of the rules. */
static bool list_missing(const struct catalogue_edition *edition, uint8_t *assessed, char text[LACKS_MAX])
{
    size_t used = 0;
    bool any = false;
    text[0] = '\0';
    for (size_t i = 0; i < edition->rules->n_surveillance; i++) {
        const struct catalogue_requirement *top = catalogue_requirement(edition,
                                                                        edition->rules->surveillance[i].requirement);
        for (int32_t at = top != NULL ? top->ordinal : 0; top != NULL && at < top->end; at++) {
            if (!edition->requirements[at].assessable || assessed[at]++ != 0)
                continue;
            any = true;
            if (used < LACKS_MAX)
                used += (size_t)snprintf(text + used, LACKS_MAX - used, "%s%s", used > 0 ? ", " : "",
                                         edition->requirements[at].code);
        }
    }
    return any;
}

int cert_surveillance_lacks(struct call *call, const struct catalogue_edition *edition, int64_t audit_id,
                            const char **ret)
{
    char text[LACKS_MAX];
    *ret = NULL;
    if (edition->rules == NULL || edition->rules->n_surveillance == 0)
        return OK;
    uint8_t *assessed = arena_alloc(call->arena, (size_t)edition->n_requirements);
    if (assessed == NULL)
        return answer_no_memory(call);
    int code = read_assessed(call, edition, audit_id, assessed);
    if (code != OK || !list_missing(edition, assessed, text))
        return code;
    *ret = arena_dup(call->arena, text);
    return *ret != NULL ? OK : answer_no_memory(call);
}
