/* SPDX-License-Identifier: Apache-2.0 */
/* The import of audits of one edition, identified by holder and by their number at the source. */
#include "common/scope.h"
#include "daemon/service/audit/audit.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/import.h"
#include "daemon/service/call/resolve.h"
#include "query/audit.h"
#include "query/member.h"

#include <string.h>

enum { PACKED_MAX = 16 * 1024 * 1024 };

static int no_holder(struct call *call, const struct audit_row *row)
{
    return err_set(call->err, ERR_NOT_FOUND, "holder",
                   "no cooperative or enterprise '%s', or outside your scope; import it first", row->holder);
}

/* All holders of an import must be one cooperative or its members today. */
static int check_member(struct call *call, const struct import_audits *p, const struct audit_row *row,
                        int64_t holder_id)
{
    int64_t membership = 0;
    if (p->cooperative.id == 0 || p->cooperative.id == holder_id)
        return OK;
    int code = answer_number(call, query_member_on_day(call->store, p->cooperative.id, holder_id, call->today),
                             &membership);
    bool in_scope = false;
    if (code == OK && membership == 0)
        code = resolve_holder_in_scope(call, holder_id, &in_scope);
    if (code != OK || membership > 0)
        return code;
    if (!in_scope)
        return no_holder(call, row);
    return err_set(call->err, ERR_CONFLICT, "holder", "%s is not a member of %s today; record its membership first",
                   row->holder, p->cooperative.text);
}

static int find_holder(struct call *call, const struct import_audits *p, const struct audit_row *row, int64_t *ret)
{
    int code = resolve_exact(call, NOUN_holder, row->holder, ret);
    if (code == OK && *ret == 0)
        return no_holder(call, row);
    return code == OK ? check_member(call, p, row, *ret) : code;
}

static int compare_responses(struct call *call, const struct audit_row *row, const struct audit_facts *there)
{
    SCOPED(buf_fini) struct buf packed;
    buf_init(&packed, PACKED_MAX);
    int code = codec_pack_list(RECORD_response, row->responses, row->n_responses, &packed, call->err);
    if (code != OK)
        return code;
    if (packed.size == there->responses.size && memcmp(packed.data, there->responses.data, packed.size) == 0)
        return OK;
    return err_set(call->err, ERR_CONFLICT, "responses",
                   "'%s' of %s exists with other responses; correct that audit, or use another source", row->source,
                   row->holder);
}

static int compare(struct call *call, const struct audit_row *row, int64_t id)
{
    struct audit_facts there;
    int code = audit_facts(call, id, &there);
    if (code == OK)
        code = import_same_choice(call, "kind", ENUM_audit_kind, (int)row->kind, (int)there.kind);
    if (code == OK)
        code = import_same_date(call, "on", row->on, there.performed_on);
    return code == OK ? compare_responses(call, row, &there) : code;
}

static int take_row(struct call *call, const struct import_audits *p, const struct catalogue_edition *edition,
                    const struct audit_row *row, bool *ret_new)
{
    struct audit_draft draft = { .edition = edition,
                                 .kind = row->kind,
                                 .on = row->on,
                                 .source = row->source,
                                 .again = p->again || row->again,
                                 .responses = row->responses,
                                 .n_responses = row->n_responses };
    int64_t id = 0;
    int code = find_holder(call, p, row, &draft.holder_id);
    if (code == OK)
        code = answer_number(call, query_audit_by_source(call->store, draft.holder_id, edition->id, row->source), &id);
    if (code != OK)
        return code;
    *ret_new = id == 0;
    return id > 0 ? compare(call, row, id) : audit_store(call, &draft, &id);
}

int import_audits(struct call *call, const struct import_audits *p, struct import_report *ret)
{
    const struct catalogue_edition *edition;
    struct import import;
    if (p->cooperative.id == 0 && !call->scope.everywhere)
        return err_set(call->err, ERR_DENIED, "cooperative",
                       "you may import only for your own cooperative; set --cooperative");
    int code = catalogue_edition(call, p->edition.id, &edition);
    import_begin(&import, call, ret);
    for (size_t i = 0; i < p->n_rows && code == OK; i++) {
        bool is_new = false;
        int taken = take_row(call, p, edition, &p->rows[i], &is_new);
        code = import_row(&import, p->rows[i].row, taken, is_new);
    }
    import_end(&import, p->dry_run);
    return code;
}
