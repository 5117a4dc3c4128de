/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standard/standard_code.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/code.h"
#include "daemon/service/call/resolve.h"

#include <stdlib.h>
#include <string.h>

/* A requirement's code as it is compared. */
struct folded {
    const char *folded;
    size_t i;
};

static int check_requirement(struct call *call, const struct standard_publish *p, size_t i, struct folded *ret)
{
    ret->i = i;
    ret->folded = code_fold(call->arena, p->requirements[i].code);
    if (ret->folded == NULL)
        return answer_no_memory(call);
    if (code_check(call, "code", p->requirements[i].code) != OK)
        return err_within(call->err, "requirements[%zu].", i);
    return OK;
}

static int compare(const void *a, const void *b)
{
    const struct folded *x = a, *y = b;
    int order = strcmp(x->folded, y->folded);
    return order != 0 ? order : (x->i > y->i) - (x->i < y->i);
}

static int check_requirements(struct call *call, const struct standard_publish *p)
{
    int code = OK;
    struct folded *all = arena_array(call->arena, p->n_requirements, sizeof *all);
    if (all == NULL)
        return answer_no_memory(call);
    for (size_t i = 0; i < p->n_requirements && code == OK; i++)
        code = check_requirement(call, p, i, &all[i]);
    if (code != OK)
        return code;
    qsort(all, p->n_requirements, sizeof *all, compare);
    for (size_t i = 1; i < p->n_requirements; i++)
        if (strcmp(all[i - 1].folded, all[i].folded) == 0)
            return check_refuse_row(call, "requirements", all[i].i, "code",
                                    "%s and %s differ only in case or form; give one of them another code",
                                    p->requirements[all[i - 1].i].code, p->requirements[all[i].i].code);
    return OK;
}

int standard_code_check(struct call *call, const struct standard_publish *p, bool is_new_standard)
{
    int code = code_check(call, "edition", p->edition);
    if (code == OK && is_new_standard)
        code = check_new_code(call, NOUN_standard, "standard", p->standard);
    const char *full = arena_printf(call->arena, "%s:%s", p->standard, p->edition), *taken = NULL;
    if (code == OK)
        code = full != NULL ? resolve_taken(call, NOUN_edition, full, &taken) : answer_no_memory(call);
    if (code == OK && taken != NULL)
        return err_set(call->err, ERR_EXISTS, "edition",
                       "%s is published, and %s differs from it only in case or form; choose another edition code",
                       taken, full);
    return code == OK ? check_requirements(call, p) : code;
}
