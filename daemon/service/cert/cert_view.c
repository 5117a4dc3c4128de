/* SPDX-License-Identifier: Apache-2.0 */
/* Lists and shows certificates. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/cert/cert_milestones.h"
#include "daemon/service/cert/cert_review.h"
#include "daemon/service/impartiality/impartiality.h"
#include "query/cert.h"

int cert_list(struct call *call, const struct cert_list *p, struct page *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_certificate, &after);
    if (code != OK)
        return code;
    struct stmt *q = query_cert_list(call->store, p->holder.id, as_of, resolve_scope_text(call), p->edition.id, after,
                                     answer_limit(&p->page));
    code = answer_page(call, q, &p->page, ret);
    struct certificate *rows = ret->rows;
    for (size_t i = 0; code == OK && i < ret->n; i++)
        cert_set_state(&rows[i], as_of);
    return code;
}

static int read_history(struct call *call, int64_t id, struct date as_of, struct certificate_detail *ret)
{
    struct stmt *q = query_cert_events(call->store, id, as_of);
    int code = answer_rows(call, q, RECORD_certificate_event, &ret->events, &ret->n_events);
    if (code != OK)
        return code;
    q = query_cert_terms(call->store, id, as_of);
    code = answer_rows(call, q, RECORD_certificate_term, &ret->terms, &ret->n_terms);
    if (code == OK)
        code = cert_milestones_of(call, id, as_of, &ret->milestones, &ret->n_milestones);
    struct cert_review review = { 0 };
    if (code == OK)
        code = cert_review(call, id, as_of, &review);
    ret->review = review.unmet;
    ret->n_review = review.n_unmet;
    return code == OK ? impartiality_overrides_of_certificate(call, id, as_of, &ret->overrides, &ret->n_overrides)
                      : code;
}

int cert_show(struct call *call, const struct cert_show *p, struct certificate_detail *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    ret->day = as_of;
    ret->certificate = arena_alloc(call->arena, sizeof *ret->certificate);
    if (ret->certificate == NULL)
        return answer_no_memory(call);
    int code = cert_load(call, p->certificate.id, as_of, ret->certificate);
    return code == OK ? read_history(call, p->certificate.id, as_of, ret) : code;
}
