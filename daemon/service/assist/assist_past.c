#include "daemon/service/assist/assist_past.h"

#include "common/scope.h"
#include "daemon/service/assist/assist.h"
#include "daemon/service/call/answer.h"

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
    return stmt_run(
        STORE_QUERY(call->store, QUERY_assist_past_insert, v_int(id), V_DATE(until), v_blob(packed.data, packed.size)),
        call->err);
}

int assist_past_read(struct call *call, int64_t id, struct date as_of, struct intervention_detail *ret, bool *ret_found)
{
    void *rows = NULL;
    size_t n = 0;
    struct stmt *q = STORE_QUERY(call->store, QUERY_assist_past, v_int(id), V_DATE(as_of));
    int code = OK;
    if (stmt_step(q)) {
        struct bytes packed = stmt_blob(q, 0);
        code = codec_unpack_list(RECORD_intervention_detail, packed.data, packed.size, call->arena, &rows, &n,
                                 call->err);
    }
    code = answer_end(call, q, code);
    *ret_found = n > 0;
    if (code == OK && n > 0)
        *ret = *(const struct intervention_detail *)rows;
    return code;
}
