/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/assist/assist_past.h"

#include "common/scope.h"
#include "daemon/service/assist/assist.h"
#include "daemon/service/call/answer.h"
#include "query/assist.h"

enum { PACKED_MAX = 16 * 1024 * 1024 };

int assist_past_keep(struct call *call, int64_t id, struct date until)
{
    struct intervention_detail detail = { 0 };
    SCOPED(buf_fini) struct buf packed;
    buf_init(&packed, PACKED_MAX);
    int code = assist_load_whole(call, id, &detail);
    if (code == OK)
        code = codec_pack_list(RECORD_intervention_detail, &detail, 1, &packed, call->err);
    if (code != OK)
        return code;
    struct bytes bytes = { packed.data, packed.size };
    return stmt_run(query_assist_past_insert(call->store, id, until, bytes), call->err);
}

int assist_past_read(struct call *call, int64_t id, struct date as_of, struct intervention_detail *ret, bool *ret_found)
{
    void *rows = NULL;
    size_t n = 0;
    struct stmt *q = query_assist_past(call->store, id, as_of);
    int code = OK;
    if (stmt_step(q)) {
        struct bytes packed = stmt_blob(q, ASSIST_PAST_detail);
        code = codec_unpack_list(RECORD_intervention_detail, packed.data, packed.size, call->arena, &rows, &n,
                                 call->err);
    }
    code = answer_end(call, q, code);
    *ret_found = n > 0;
    if (code == OK && n > 0)
        *ret = *(const struct intervention_detail *)rows;
    return code;
}
