/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/call/check.h"

#include "common/field.h"
#include "daemon/service/call/code.h"
#include "daemon/service/call/resolve.h"

int check_new_code(struct call *call, enum noun noun, const char *field, const char *text)
{
    const char *taken = NULL;
    int code = code_check(call, field, text);
    if (code == OK)
        code = resolve_taken(call, noun, text, &taken);
    if (code == OK && taken != NULL)
        return err_set(call->err, ERR_EXISTS, field,
                       "%s with the code %s already exists; choose another code, or update it", api_nouns[noun].doc,
                       taken);
    return code;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

int check_country(struct call *call, const char *field, const char *country)
{
    if (country == NULL || (is_capital(country[0]) && is_capital(country[1]) && country[2] == '\0'))
        return OK;
    return err_set(call->err, ERR_INVALID_PARAM, field, "must be two capital letters (ISO 3166-1), such as BR");
}

int check_refuse_row(struct call *call, const char *list, size_t i, const char *name, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    err_vset(call->err, ERR_INVALID_PARAM, name, format, args);
    va_end(args);
    return err_within(call->err, "%s[%zu].", list, i);
}

int check_changes(struct call *call, const void *params)
{
    const struct method *m = call->method;
    for (size_t i = 0; i < m->n_params; i++)
        if (m->params[i].need == OPT && field_is_set(&m->params[i], params))
            return OK;
    return err_set(call->err, ERR_INVALID_PARAM, NULL, "no changes given; set at least one option");
}
