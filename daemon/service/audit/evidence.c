/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/audit/evidence.h"

#include "daemon/service/audit/finding.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/register/member.h"
#include "daemon/store/digest.h"
#include "query/evidence.h"
#include "query/finding.h"

static int load(struct call *call, int64_t id, struct date day, struct evidence *ret)
{
    return answer_record(call, query_evidence_show(call->store, id, day), RECORD_evidence, ret);
}

/* The owner of a piece of evidence, and its replacement (0: none). */
static int owner_of(struct call *call, int64_t id, int64_t *ret_holder, int64_t *ret_replaced_by)
{
    struct stmt *q = query_evidence_owner(call->store, id);
    stmt_step(q);
    *ret_holder = stmt_int(q, EVIDENCE_OWNER_holder_id);
    *ret_replaced_by = stmt_int(q, EVIDENCE_OWNER_replaced_by);
    return answer_end(call, q, OK);
}

/* --- what it shows --- */

static int check_holder(struct call *call, const struct ref *evidence, const struct finding_facts *f)
{
    int64_t owner_id, replaced_by;
    bool fits = false;
    int code = owner_of(call, evidence->id, &owner_id, &replaced_by);
    if (code == OK && owner_id != f->holder_id)
        code = member_on_day(call, owner_id, f->holder_id, call->today, &fits);
    if (code != OK || owner_id == f->holder_id || fits)
        return code;
    return err_set(call->err, ERR_CONFLICT, "evidence",
                   "%s belongs neither to the holder of F%lld nor to its cooperative", evidence->text,
                   (long long)f->id);
}

static int check_action(struct call *call, const struct finding_facts *f, int64_t action)
{
    if (action == 0)
        return OK;
    struct stmt *q = query_finding_action(call->store, f->id, action);
    bool there = stmt_step(q);
    int code = answer_end(call, q, OK);
    if (code == OK && !there)
        code = err_set(call->err, ERR_NOT_FOUND, "action", "F%lld has no action %lld; see sme-ctl finding show F%lld",
                       (long long)f->id, (long long)action, (long long)f->id);
    return code;
}

static int refuse_linked(struct call *call, const struct ref *evidence, const struct ref *finding, int64_t action)
{
    struct stmt *q = query_evidence_linked(call->store, finding->id, action, evidence->id);
    char day[DATE_TEXT];
    int code = OK;
    if (stmt_step(q))
        code = err_set(call->err, ERR_EXISTS, "evidence", "%s has been linked to this of %s since %s", evidence->text,
                       finding->text, date_format(stmt_date(q, EVIDENCE_LINKED_on_day), day));
    return answer_end(call, q, code);
}

int evidence_link_finding(struct call *call, const struct ref *evidence, const struct ref *finding, int64_t action)
{
    struct finding_facts f;
    int code = finding_facts(call, finding->id, &f);
    if (code == OK)
        code = finding_refuse_void(call, &f, "finding");
    if (code == OK)
        code = check_holder(call, evidence, &f);
    if (code == OK)
        code = check_action(call, &f, action);
    if (code == OK)
        code = refuse_linked(call, evidence, finding, action);
    if (code != OK)
        return code;
    return stmt_run(query_evidence_link_insert(call->store, finding->id, action, evidence->id, call->today), call->err);
}

int evidence_link(struct call *call, const struct evidence_link *p, struct evidence *ret)
{
    int code = evidence_link_finding(call, &p->evidence, &p->finding, p->has_action ? p->action : 0);
    return code == OK ? load(call, p->evidence.id, call->today, ret) : code;
}

/* --- recording it --- */

/* The same file again is not new evidence: its further uses are linked to the existing record. */
static int refuse_same(struct call *call, const struct evidence_add *p, const char *sha256)
{
    struct stmt *q = query_evidence_same(call->store, p->holder.id, sha256);
    int code = OK;
    if (stmt_step(q)) {
        long long there = (long long)stmt_int(q, EVIDENCE_SAME_id);
        code = err_set(call->err, ERR_EXISTS, "sha256",
                       "%s already has this file, E%lld (%s); to link it, use sme-ctl evidence link E%lld",
                       p->holder.text, there, stmt_text(q, EVIDENCE_SAME_title), there);
    }
    return answer_end(call, q, code);
}

static int check_replaced(struct call *call, const struct evidence_add *p)
{
    int64_t owner_id, replaced_by;
    if (p->replaces.id == 0)
        return OK;
    int code = owner_of(call, p->replaces.id, &owner_id, &replaced_by);
    if (code == OK && owner_id != p->holder.id)
        code = err_set(call->err, ERR_CONFLICT, "replaces", "%s is evidence of another holder", p->replaces.text);
    if (code == OK && replaced_by > 0)
        code = err_set(call->err, ERR_CONFLICT, "replaces", "%s was already replaced by E%lld; replace that one",
                       p->replaces.text, (long long)replaced_by);
    return code;
}

static int check_add(struct call *call, const struct evidence_add *p, const char **ret_sha256)
{
    uint8_t digest[DIGEST_SIZE];
    char *sha256 = arena_alloc(call->arena, DIGEST_HEX);
    if (sha256 == NULL)
        return answer_no_memory(call);
    if (!digest_parse(p->sha256, digest))
        return err_set(call->err, ERR_INVALID_PARAM, "sha256", "must be 64 hexadecimal digits");
    *ret_sha256 = digest_hex(digest, sha256);
    if (date_is_set(p->expires_on) && date_before(p->expires_on, p->effective_on))
        return err_set(call->err, ERR_INVALID_PARAM, "expires_on", "must not be before the first valid day");
    if (p->has_action && p->finding.id == 0)
        return err_set(call->err, ERR_INVALID_PARAM, "action", "an action needs its finding; set --finding");
    int code = refuse_same(call, p, sha256);
    return code == OK ? check_replaced(call, p) : code;
}

int evidence_add(struct call *call, const struct evidence_add *p, struct evidence *ret)
{
    const char *sha256 = NULL;
    struct ref evidence = { 0 };
    int code = check_add(call, p, &sha256);
    if (code == OK)
        code = answer_number(call,
                             query_evidence_insert(call->store, p->holder.id, p->kind, p->title, p->effective_on,
                                                   p->expires_on, p->replaces.id, call->now, call->today, p->bytes,
                                                   sha256, p->location),
                             &evidence.id);
    if (code == OK && p->finding.id > 0) {
        evidence.text = p->title;
        code = evidence_link_finding(call, &evidence, &p->finding, p->has_action ? p->action : 0);
    }
    return code == OK ? load(call, evidence.id, call->today, ret) : code;
}

/* --- seeing it --- */

int evidence_list(struct call *call, const struct evidence_list *p, struct page *ret)
{
    struct date day = check_or_today(call, p->as_of);
    int64_t after, holder_id = resolve_list_holder(call, p->holder.id);
    int code = answer_after(call, &p->page, NOUN_evidence, &after);
    if (code != OK)
        return code;
    int64_t limit = answer_limit(&p->page);
    struct stmt *q = holder_id > 0 ? query_evidence_list_of_holder(call->store, after, day, p->finding.id, p->kind,
                                                                   p->expiring_by, holder_id, limit)
                                   : query_evidence_list(call->store, after, day, p->finding.id, p->kind,
                                                         p->expiring_by, resolve_scope_text(call), limit);
    return answer_page(call, q, &p->page, ret);
}

int evidence_show(struct call *call, const struct evidence_show *p, struct evidence_detail *ret)
{
    struct date day = check_or_today(call, p->as_of);
    ret->evidence = arena_alloc(call->arena, sizeof *ret->evidence);
    if (ret->evidence == NULL)
        return answer_no_memory(call);
    int code = load(call, p->evidence.id, day, ret->evidence);
    if (code != OK)
        return code;
    return answer_rows(call, query_evidence_links(call->store, p->evidence.id, day), RECORD_shown, &ret->links,
                       &ret->n_links);
}
