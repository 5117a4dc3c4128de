/* SPDX-License-Identifier: Apache-2.0 */
/* Shows the verdict on a group with its certificate. */
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/cert/cert.h"
#include "daemon/service/group/group.h"

int group_show(struct call *call, const struct group_show *p, struct group_verdict *ret)
{
    const struct catalogue_edition *edition;
    struct date as_of = check_or_today(call, p->as_of);
    int code = catalogue_edition(call, p->edition.id, &edition);
    if (code == OK)
        code = group_verdict(call, p->cooperative.id, edition, day_as_of(as_of), group_proof(edition, p->proof), ret);
    struct cert_state held = { 0 };
    if (code == OK)
        code = cert_newest(call, p->cooperative.id, edition->id, as_of, &held);
    ret->certificate = held.state;
    ret->certificate_since = held.since;
    ret->valid_until = held.valid_until;
    return code;
}
