/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/audit/audit.h"

#include "common/api/api_set.h"
#include "common/scope.h"
#include "daemon/service/audit/finding.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/day.h"
#include "daemon/service/call/ended.h"
#include "daemon/service/call/lifecycle.h"
#include "daemon/service/register/audit_kind.h"
#include "daemon/service/standard/edition.h"
#include "daemon/service/standing/proof.h"
#include "daemon/service/standing/standing.h"
#include "query/audit.h"
#include "query/finding.h"

enum { PACKED_MAX = 16 * 1024 * 1024 };

/* Whether the edition's rule allows such audits after its end, while a certificate runs: all but those that lead to a
 * new one for surveillance, internal ones for additions. */
static bool may_follow(const struct catalogue_edition *edition, enum audit_kind kind)
{
    const struct transition_rule *rule = edition->rules != NULL ? edition->rules->transition : NULL;
    if (rule == NULL || kind == AUDIT_STAGE_1 || kind == AUDIT_STAGE_2 || kind == AUDIT_RECERTIFICATION)
        return false;
    return rule->surveillance || (rule->additions && api_set_has(SET_audit_kind_internal, (int)kind));
}

int audit_check_edition(struct call *call, const struct catalogue_edition *edition, int64_t holder_id,
                        enum audit_kind kind, struct date on)
{
    return edition_check_running(call, edition, holder_id, on, may_follow(edition, kind), "edition", "the audit");
}

int audit_check_there(struct call *call, const struct audit_draft *d)
{
    int code = ended_check(call, NOUN_holder, "holder", d->holder_id, d->on);
    if (code == OK)
        code = ended_check(call, NOUN_body, "body", d->body_id, d->on);
    if (code == OK)
        code = ended_check(call, NOUN_person, "auditor", d->team.lead_id, d->on);
    for (size_t i = 0; i < d->team.n && code == OK; i++)
        code = ended_check(call, NOUN_person, "team", d->team.members[i].person.id, d->on);
    return code;
}

static int check_source(struct call *call, const struct audit_draft *d)
{
    int64_t id = 0;
    if (d->source == NULL)
        return OK;
    int code = answer_number(call, query_audit_by_source(call->store, d->holder_id, d->edition->id, d->source), &id);
    if (code != OK || id == 0)
        return code;
    return err_set(call->err, ERR_EXISTS, "source",
                   "audit A%lld of this holder already has the source '%s'; see sme-ctl audit show A%lld",
                   (long long)id, d->source, (long long)id);
}

/* Typed twice, an audit would count twice: two of one kind and day must differ in their numbers at the source. */
static int refuse_same(struct call *call, const struct audit_draft *d)
{
    int64_t id = 0;
    char day[DATE_TEXT];
    if (d->again)
        return OK;
    int code = answer_number(
        call, query_audit_same(call->store, d->holder_id, d->edition->id, d->kind, d->on, d->source, d->corrects_id),
        &id);
    if (code != OK || id == 0)
        return code;
    return err_set(call->err, ERR_EXISTS, "on",
                   "A%lld is an audit of this holder, edition and kind on %s already; set 'again' if this is another "
                   "one, or give each the number of its source",
                   (long long)id, date_format(d->on, day));
}

/* Another audit of the same holder and edition that this one refers to. */
static int check_related(struct call *call, const struct audit_draft *d, const char *field, int64_t id,
                         struct audit_facts *ret)
{
    int code = audit_facts(call, id, ret);
    if (code != OK || (ret->holder_id == d->holder_id && ret->edition_id == d->edition->id))
        return code;
    return err_set(call->err, ERR_CONFLICT, field, "A%lld is an audit of another holder or edition", (long long)id);
}

static int check_planned(struct call *call, const struct audit_draft *d)
{
    struct audit_facts planned;
    if (d->planned_id == 0)
        return OK;
    int code = check_related(call, d, "planned", d->planned_id, &planned);
    if (code == OK && planned.kind != d->kind)
        return err_set(call->err, ERR_CONFLICT, "planned", "A%lld is planned as %s; record it as such, or cancel it",
                       (long long)d->planned_id, api_choice_text(ENUM_audit_kind, (int)planned.kind));
    return code == OK ? lifecycle_move(LIFECYCLE_audit, (int)planned.state, AUDIT_DONE, "planned", call->err) : code;
}

static int check_corrected(struct call *call, const struct audit_draft *d)
{
    struct audit_facts old;
    long long id = (long long)d->corrects_id;
    if (d->corrects_id == 0)
        return OK;
    int code = check_related(call, d, "corrects", d->corrects_id, &old);
    if (code != OK)
        return code;
    if (old.state != AUDIT_CONCLUDED)
        return err_set(call->err, ERR_BAD_STATE, "corrects", "A%lld is %s; only a concluded audit can be corrected", id,
                       api_choice_text(ENUM_audit_state, (int)old.state));
    if (old.corrected_by > 0)
        return err_set(call->err, ERR_CONFLICT, "corrects", "A%lld was already corrected by A%lld; correct that one",
                       id, (long long)old.corrected_by);
    if (d->grade < old.grade)
        return err_set(call->err, ERR_CONFLICT, "corrects",
                       "this audit is of grade %s, and A%lld of grade %s; a correction must be at least as independent "
                       "as what it corrects",
                       api_choice_text(ENUM_grade, (int)d->grade), id, api_choice_text(ENUM_grade, (int)old.grade));
    return OK;
}

static int check_draft(struct call *call, const struct audit_draft *d, struct impartiality_bars *ret_overridden)
{
    int code = day_not_future(call, "on", d->on);
    if (code == OK)
        code = audit_kind_check(call, d->holder_id, d->kind, "kind");
    if (code == OK)
        code = audit_check_there(call, d);
    if (code == OK)
        code = audit_check_edition(call, d->edition, d->holder_id, d->kind, d->on);
    if (code == OK)
        code = audit_kind_check_body(call, d->kind, d->body_id);
    if (code == OK)
        code = check_source(call, d);
    if (code == OK)
        code = check_planned(call, d);
    if (code == OK)
        code = check_corrected(call, d);
    if (code == OK)
        code = refuse_same(call, d);
    return code == OK ? audit_check_team(call, d, ret_overridden) : code;
}

static int insert(struct call *call, const struct audit_draft *d, const struct responses *r, struct bytes packed,
                  int64_t *ret_id)
{
    struct bytes proofs = { 0 };
    int code = d->proofs != NULL ? proof_pack(call, d->proofs, d->n_responses, &proofs) : OK;
    if (code != OK)
        return code;
    return answer_number(call,
                         query_audit_insert(call->store, d->holder_id, d->edition->id, d->kind, AUDIT_DONE, d->on,
                                            d->body_id, d->team.lead_id, d->source, r->conforming, r->nonconforming,
                                            r->not_applicable, r->not_assessed, r->major, r->minor, d->corrects_id,
                                            call->seq, packed, call->today, d->grade, proofs),
                         ret_id);
}

static int perform(struct call *call, const struct audit_draft *d, const struct responses *r, struct bytes packed)
{
    return stmt_run(query_audit_perform(call->store, d->planned_id, AUDIT_DONE, d->on, d->body_id, d->team.lead_id,
                                        d->source, r->conforming, r->nonconforming, r->not_applicable, r->not_assessed,
                                        r->major, r->minor, d->corrects_id, call->seq, packed, call->today, d->grade),
                    call->err);
}

/* The responses are stored as given: the journal holds the digest of these bytes. */
static int write_audit(struct call *call, const struct audit_draft *d, const struct responses *r, int64_t *ret_id)
{
    SCOPED(buf_fini) struct buf packed;
    buf_init(&packed, PACKED_MAX);
    int code = codec_pack_list(RECORD_response, d->responses, d->n_responses, &packed, call->err);
    if (code != OK)
        return code;
    struct bytes bytes = { packed.data, packed.size };
    if (d->planned_id == 0)
        return insert(call, d, r, bytes, ret_id);
    *ret_id = d->planned_id;
    return perform(call, d, r, bytes);
}

static int write_findings(struct call *call, const struct audit_draft *d, const struct responses *r, int64_t audit_id,
                          int64_t *ret_first)
{
    *ret_first = 0;
    if (r->findings == 0)
        return OK;
    int code = answer_number(call, query_finding_next(call->store), ret_first);
    int64_t id = *ret_first;
    for (size_t i = 0; i < r->n && code == OK; i++) {
        const struct answer *a = &r->answers[i];
        if (a->class == 0)
            continue;
        code = stmt_run(query_finding_insert(call->store, id++, audit_id, d->holder_id, d->edition->id, a->ordinal,
                                             a->class, a->count, d->on,
                                             d->proofs != NULL ? d->proofs[i].grade : d->grade),
                        call->err);
    }
    return code;
}

int audit_store(struct call *call, struct audit_draft *draft, int64_t *ret_id)
{
    struct impartiality_bars overridden;
    int code = audit_kind_grade(call, draft->holder_id, draft->kind, &draft->grade);
    if (code == OK)
        code = check_draft(call, draft, &overridden);
    if (code == OK)
        code = audit_write(call, draft, ret_id);
    return code == OK ? impartiality_keep(call, *ret_id, &overridden, draft->override) : code;
}

static const struct forbidden_rule *forbidding(const struct audit_draft *d, enum class class)
{
    const struct rules *rules = d->edition->rules;
    for (size_t i = 0; class != 0 && rules != NULL && i < rules->n_forbidden; i++) {
        const struct forbidden_rule *f = &rules->forbidden[i];
        if (f->class == class && (!f->external || audit_kind_party(d->kind, d->body_id) == 3))
            return f;
    }
    return NULL;
}

/* What the corrected audit closed is open again; what it raised is closed. */
static int take_back(struct call *call, int64_t audit_id, int64_t corrected_by)
{
    struct audit_facts corrected;
    int code = audit_facts(call, audit_id, &corrected);
    if (code == OK)
        code = finding_reopen_corrected(call, audit_id, corrected.corrects_id, corrected_by);
    return code == OK ? finding_close_corrected(call, audit_id, corrected_by, call->today) : code;
}

/* Some schemes do not let auditors record opportunities, lest they advise. What is carried over was recorded elsewhere.
 */
static int check_classes(struct call *call, const struct audit_draft *d, const struct responses *r)
{
    for (size_t i = 0; i < r->n && d->kind != AUDIT_MIGRATION; i++) {
        const struct forbidden_rule *f = forbidding(d, r->answers[i].class);
        if (f != NULL)
            return check_refuse_row(call, "responses", i, "class",
                                    "%s: %s allows no finding of class %s%s (%s); record the result without it",
                                    r->rows[i].requirement, d->edition->code,
                                    api_choice_text(ENUM_class, (int)f->class),
                                    f->external ? " in an external audit" : "", f->source);
    }
    return OK;
}

int audit_write(struct call *call, const struct audit_draft *draft, int64_t *ret_id)
{
    struct responses responses;
    int code = response_check(call, draft->edition, draft->responses, draft->n_responses, &responses);
    if (code == OK)
        code = check_classes(call, draft, &responses);
    if (code == OK)
        code = write_audit(call, draft, &responses, ret_id);
    if (code == OK)
        code = team_store(call, *ret_id, false, &draft->team);
    if (code != OK)
        return code;
    struct standing_news news = { .holder_id = draft->holder_id,
                                  .audit_id = *ret_id,
                                  .edition = draft->edition,
                                  .grade = draft->grade,
                                  .performed_on = draft->on,
                                  .responses = &responses,
                                  .corrects = draft->corrects_id > 0,
                                  .carried = draft->kind == AUDIT_MIGRATION };
    code = write_findings(call, draft, &responses, *ret_id, &news.first_finding_id);
    if (code == OK && draft->corrects_id > 0)
        code = take_back(call, draft->corrects_id, *ret_id);
    return code == OK ? standing_audit_added(call, &news) : code;
}
