/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/answers.h"
#include "client/cmd/helper.h"
#include "client/cmd/method.h"
#include "client/xmalloc.h"
#include "common/scope.h"

#include <string.h>

/* Codes are checked against the edition before anything is sent. */
static int adjust(struct client *c, struct args *args, struct answers *answers, struct err *e)
{
    const struct audit_record *params = args->params;
    struct standard_show show = { .edition = params->edition };
    struct edition_detail edition = { 0 };
    if (rpc_call(&c->rpc, &api_methods[METHOD_standard_show], &show, &c->arena, &edition, e) != OK)
        return e->code;
    if (command_extra(args, "all-conforming") != NULL)
        answers_all_conforming(answers, &edition);
    for (size_t i = 0; i < args->n_given && e->code == OK; i++) {
        if (strcmp(args->given[i].extra->name, "except") == 0)
            answers_except(answers, args->given[i].value, &edition, e);
        else if (strcmp(args->given[i].extra->name, "not-applicable") == 0)
            answers_not_applicable(answers, args->given[i].value, &edition, e);
    }
    return e->code;
}

/* A helper reads the form, because it is CSV. */
static int read_form(struct client *c, const char *file, struct answers *answers, struct err *e)
{
    char option[] = "--answers";
    char *words[] = { option, xmalloc_text(&c->arena, file, strlen(file)) };
    SCOPED(buf_fini) struct buf packed;
    void *rows = NULL;
    size_t n = 0;
    buf_init(&packed, SIZE_MAX);
    if (cmd_helper_ask(c, "sme-ctl-import", words, 2, &packed, e) != OK
        || codec_unpack_list(RECORD_response, packed.data, packed.size, &c->arena, &rows, &n, e) != OK)
        return e->code;
    answers_take(answers, rows, n);
    return OK;
}

static bool needs_edition(const struct args *args)
{
    return command_extra(args, "all-conforming") != NULL || command_extra(args, "except") != NULL
           || command_extra(args, "not-applicable") != NULL;
}

int cmd_audit_record(struct client *c, struct args *args, struct err *e)
{
    struct audit_record *params = args->params;
    const char *file = command_extra(args, "answers");
    if (cmd_method_check(args, e) != OK)
        return e->code;
    if (file != NULL && command_extra(args, "all-conforming") != NULL)
        return err_set(e, ERR_NO_METHOD, NULL, "--answers and --all-conforming cannot be combined");
    struct answers answers = {
        .arena = &c->arena, .responses = params->responses, .n = params->n_responses, .capacity = params->n_responses
    };
    if (file != NULL && read_form(c, file, &answers, e) != OK)
        return e->code;
    if (needs_edition(args) && adjust(c, args, &answers, e) != OK)
        return e->code;
    if (answers.n == 0)
        return err_set(e, ERR_NO_METHOD, NULL, "no responses; use --answers FILE or --all-conforming");
    params->responses = answers.responses;
    params->n_responses = answers.n;
    return cmd_method_write(c, args->command.method, params, e);
}

int cmd_audit_list(struct client *c, struct args *args, struct err *e)
{
    if (command_extra(args, "responses") == NULL)
        return cmd_method_run(c, args, e);
    const struct audit_list *asked = args->params;
    if (asked->kind != 0 || date_is_set(asked->from) || date_is_set(asked->until))
        return err_set(e, ERR_NO_METHOD, NULL, "--responses can only be combined with HOLDER and --edition");
    struct audit_responses params = { .holder = asked->holder, .edition = asked->edition };
    return cmd_method_write(c, &api_methods[METHOD_audit_responses], &params, e);
}
