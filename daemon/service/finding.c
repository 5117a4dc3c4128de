/* Findings: raised by audits, closed when mended and verified. */
#include "daemon/service/answer.h"
#include "daemon/service/audit_kind.h"
#include "daemon/service/check.h"
#include "daemon/service/handlers.h"
#include "daemon/service/lifecycle.h"
#include "daemon/service/resolve.h"
#include "daemon/service/response.h"
#include "daemon/service/standing.h"

/* What is recorded of a finding, and the responses of the audit that raised it. */
struct facts {
    int64_t holder_id, edition_id;
    int32_t ordinal;
    enum audit_kind kind;
    struct date raised_on, closed_on;
};

static int load_facts(struct call *call, int64_t id, struct facts *ret)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_finding_facts, v_int(id));
    if (!stmt_step(q))
        return answer_end(call, q,
                          err_set(call->err, ERR_NOT_FOUND, "finding", "there is no finding F%lld", (long long)id));
    *ret = (struct facts){ .holder_id = stmt_int(q, 0),
                           .edition_id = stmt_int(q, 1),
                           .ordinal = (int32_t)stmt_int(q, 2),
                           .raised_on = stmt_date(q, 4),
                           .closed_on = stmt_date(q, 5),
                           .kind = (enum audit_kind)stmt_choice(q, 6, ENUM_audit_kind) };
    return answer_end(call, q, OK);
}

static int load_record(struct call *call, int64_t id, struct date day, struct finding *ret)
{
    return answer_record(call, STORE_QUERY(call->store, QUERY_finding_record, v_int(id), V_DATE(day)), RECORD_finding,
                         ret);
}

int finding_list(struct call *call, const struct finding_list *p, struct page *ret)
{
    struct date day = check_or_today(call, p->as_of);
    int64_t after, holder_id = resolve_list_holder(call, p->holder.id);
    int code = check_not_future(call, "as_of", day);
    if (code == OK)
        code = answer_after(call, &p->page, NOUN_finding, &after);
    if (code != OK)
        return code;
    struct value class = v_choice(ENUM_class, (int)p->class), state = v_choice(ENUM_finding_state, (int)p->state);
    struct stmt *q = holder_id > 0 ? STORE_QUERY(call->store, QUERY_finding_list_of_holder, v_int(after), V_DATE(day),
                                                 v_id(p->edition.id), class, state, v_int(holder_id), V_DATE(day),
                                                 v_int(answer_limit(&p->page)))
                                   : STORE_QUERY(call->store, QUERY_finding_list, v_int(after), V_DATE(day),
                                                 v_id(p->edition.id), class, state, v_text(resolve_scope_text(call)),
                                                 V_DATE(day), v_int(answer_limit(&p->page)));
    return answer_page(call, q, &p->page, ret);
}

/* The note of the response that raised it. */
static int find_note(struct call *call, int64_t id, const struct facts *facts, struct finding_detail *ret)
{
    const struct catalogue_edition *edition;
    struct responses r = { 0 };
    int code = catalogue_edition(call, facts->edition_id, &edition);
    if (code != OK)
        return code;
    struct stmt *q = STORE_QUERY(call->store, QUERY_finding_facts, v_int(id));
    if (stmt_step(q))
        code = response_read(call, edition, stmt_blob(q, 7), &r);
    code = answer_end(call, q, code);
    for (size_t i = 0; i < r.n; i++)
        if (r.answers[i].ordinal == facts->ordinal)
            ret->note = r.rows[i].note;
    ret->title = edition->requirements[facts->ordinal].title;
    return code;
}

int finding_show(struct call *call, const struct finding_show *p, struct finding_detail *ret)
{
    struct facts facts;
    struct date day = check_or_today(call, p->as_of);
    char raised[DATE_TEXT];
    ret->finding = arena_alloc(call->arena, sizeof *ret->finding);
    if (ret->finding == NULL)
        return answer_no_memory(call);
    int code = check_not_future(call, "as_of", day);
    if (code == OK)
        code = load_facts(call, p->finding.id, &facts);
    if (code == OK && date_before(day, facts.raised_on))
        code = err_set(call->err, ERR_NOT_FOUND, "as_of", "%s was raised on %s; ask about that day or a later one",
                       p->finding.text, date_format(facts.raised_on, raised));
    if (code == OK)
        code = load_record(call, p->finding.id, day, ret->finding);
    return code == OK ? find_note(call, p->finding.id, &facts, ret) : code;
}

static int check_close(struct call *call, const struct facts *facts, struct date on)
{
    char raised[DATE_TEXT];
    enum finding_state state = date_is_set(facts->closed_on) ? FINDING_CLOSED : FINDING_OPEN;
    int code = lifecycle_move(LIFECYCLE_finding, (int)state, FINDING_CLOSED, "finding", call->err);
    if (code == OK)
        code = audit_kind_check(call, facts->holder_id, facts->kind, "finding");
    if (code == OK)
        code = check_not_future(call, "on", on);
    if (code == OK && date_before(on, facts->raised_on))
        code = err_set(call->err, ERR_INVALID_PARAM, "on", "must not be before the finding was raised, on %s",
                       date_format(facts->raised_on, raised));
    return code;
}

int finding_close(struct call *call, const struct finding_close *p, struct finding *ret)
{
    struct facts facts;
    struct date on = check_or_today(call, p->on);
    int code = load_facts(call, p->finding.id, &facts);
    if (code == OK)
        code = check_close(call, &facts, on);
    if (code == OK)
        code = stmt_run(STORE_QUERY(call->store, QUERY_finding_close, v_int(p->finding.id), V_DATE(on),
                                    v_text(p->reason), v_text(p->verified_by)),
                        call->err);
    if (code == OK)
        code = standing_update(call, facts.holder_id, facts.edition_id);
    return code == OK ? load_record(call, p->finding.id, call->today, ret) : code;
}
