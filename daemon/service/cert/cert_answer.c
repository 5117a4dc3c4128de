/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_answer.h"

#include "common/rule_mark.h"
#include "daemon/service/call/answer.h"

#include <stdarg.h>
#include <stdio.h>

int cert_answer_give(struct call *call, struct cert_answer *ret, bool holds, const char *record, const char *format,
                     ...)
{
    char why[CERT_WHY_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(why, sizeof why, format, args);
    va_end(args);
    ret->asked = true;
    ret->holds = holds;
    ret->record = record;
    ret->why = arena_dup(call->arena, why);
    return ret->why != NULL ? OK : answer_no_memory(call);
}

int cert_answer_reject(struct cert_answer *ret, int code)
{
    ret->absolute = true;
    return code;
}

int cert_answer_cite(struct call *call, struct cert_answer *ret, const char *source, bool unverified, bool ours)
{
    ret->source = arena_printf(call->arena, "%s%s", source, rule_mark(unverified, ours));
    return ret->source != NULL ? OK : answer_no_memory(call);
}
