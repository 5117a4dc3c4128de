/* SPDX-License-Identifier: Apache-2.0 */
/* The handlers journal_head, journal_show, journal_export and journal_verify: the journal, read only. */
#include "common/json.h"
#include "common/ref.h"
#include "common/scope.h"
#include "daemon/journal/chain.h"
#include "daemon/journal/detached.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/handlers.h"
#include "daemon/store/digest.h"
#include "query/journal.h"

#include <errno.h>
#include <string.h>

/* A page ends after this many bytes, so that its reply stays well below a message's limit; a bigger entry gets a page
 * of its own. */
enum { PAGE_BYTES = 512 * 1024, PAGE_ROWS = 200 };

int journal_head(struct call *call, const struct journal_head *p, struct chain_head *ret)
{
    (void)p;
    uint8_t hash[ENTRY_HASH];
    char hex[ENTRY_HEX];
    if (chain_last(call->store, &ret->seq, hash, call->err) != OK)
        return call->err->code;
    ret->has_seq = true;
    ret->hash = arena_dup(call->arena, entry_hex(hash, hex));
    return ret->hash == NULL ? answer_no_memory(call) : OK;
}

/* The number that a page continues after, or *ret untouched at the start. */
static int read_after(struct call *call, const struct page_options *page, int64_t *ret)
{
    if (page->after == NULL)
        return OK;
    char *end;
    errno = 0;
    long long seq = strtoll(page->after, &end, 10);
    if (errno != 0 || end == page->after || *end != '\0' || seq < 1 || seq == INT64_MAX)
        return err_set(call->err, ERR_INVALID_PARAM, "after", "must be the next value of the previous page");
    *ret = seq + 1;
    return OK;
}

static int64_t rows_of(const struct page_options *page)
{
    return page->has_limit ? page->limit : PAGE_ROWS;
}

/* A page being built, entry by entry. */
struct pager {
    struct call *call;
    struct page *page;
    int64_t last; /* of the page so far */
    size_t bytes;
    int (*add)(struct pager *pager, const struct entry *entry, const uint8_t hash[ENTRY_HASH]);
};

static int push(struct pager *pager, const void *row, size_t size, int64_t seq, size_t bytes)
{
    if (!page_push(pager->page, pager->call->arena, row, size))
        return answer_no_memory(pager->call);
    pager->last = seq;
    pager->bytes += bytes;
    return OK;
}

static int add_row(struct pager *pager, const struct stmt *q)
{
    struct entry entry;
    uint8_t hash[ENTRY_HASH];
    if (!chain_row(q, &entry, hash))
        return err_set(pager->call->err, ERR_INTERNAL, NULL, "entry %lld is damaged; run journal verify",
                       (long long)entry.seq);
    return pager->add(pager, &entry, hash);
}

/* One row more than requested, to know whether there is a next page. */
static int fill_page(struct pager *pager, int64_t from, int64_t until, int64_t limit)
{
    struct call *call = pager->call;
    bool more = false;
    int code = OK;
    struct stmt *q = query_journal_range(call->store, from, until, limit + 1);
    while (!more && code == OK && stmt_step(q)) {
        more = (int64_t)pager->page->n == limit || pager->bytes >= PAGE_BYTES;
        if (!more)
            code = add_row(pager, q);
    }
    if (answer_end(call, q, code) != OK)
        return call->err->code;
    if (!more)
        return OK;
    pager->page->next = arena_printf(call->arena, "%lld", (long long)pager->last);
    return pager->page->next == NULL ? answer_no_memory(call) : OK;
}

/* NULL if too big to show; the export has it. */
static const char *params_as_json(struct call *call, const struct entry *entry)
{
    struct buf json SCOPED(buf_fini);
    msgpack_unpacked unpacked;
    struct mp_guard guard;
    size_t offset = 0;
    buf_init(&json, PAGE_BYTES);
    mp_guard_init(&guard, 2 * MP_MESSAGE_MAX);
    if (mp_guard_feed(&guard, entry->params, entry->params_size) != MP_WHOLE)
        return NULL;
    msgpack_unpacked_init(&unpacked);
    if (msgpack_unpack_next(&unpacked, (const char *)entry->params, entry->params_size, &offset)
        == MSGPACK_UNPACK_SUCCESS)
        json_from_object(&unpacked.data, &json);
    msgpack_unpacked_destroy(&unpacked);
    return json.failed || json.size == 0 ? NULL : arena_text(call->arena, (const char *)json.data, json.size);
}

/* What was recorded may be void, or corrected, by now. */
static int find_fate(struct call *call, struct journal_entry *row)
{
    struct stmt *q = query_journal_audit(call->store, row->seq);
    if (!stmt_step(q))
        return answer_end(call, q, OK);
    row->audit = ref_to(call->arena, NOUN_audit, stmt_int(q, JOURNAL_AUDIT_id));
    row->state = (enum audit_state)stmt_choice(q, JOURNAL_AUDIT_state, ENUM_audit_state);
    row->since = stmt_date(q, JOURNAL_AUDIT_since);
    return answer_end(call, q, row->audit.text != NULL ? OK : answer_no_memory(call));
}

static int add_shown(struct pager *pager, const struct entry *entry, const uint8_t hash[ENTRY_HASH])
{
    struct call *call = pager->call;
    char request[UUID_TEXT], hex[ENTRY_HEX];
    struct journal_entry row = { .seq = entry->seq,
                                 .has_seq = true,
                                 .at = entry->at,
                                 .uid = entry->uid,
                                 .has_uid = true,
                                 .user = arena_dup(call->arena, entry->user),
                                 .method = arena_dup(call->arena, entry->method),
                                 .request = arena_dup(call->arena, uuid_format(entry->request, request)),
                                 .params = params_as_json(call, entry),
                                 .hash = arena_dup(call->arena, entry_hex(hash, hex)) };
    if (row.user == NULL || row.method == NULL || row.request == NULL || row.hash == NULL)
        return answer_no_memory(call);
    if (find_fate(call, &row) != OK)
        return call->err->code;
    return push(pager, &row, sizeof row, row.seq, row.params == NULL ? 0 : strlen(row.params));
}

int journal_show(struct call *call, const struct journal_show *p, struct page *ret)
{
    struct pager pager = { .call = call, .page = ret, .add = add_shown };
    int64_t from = p->has_from ? p->from : 1;
    int64_t until = p->has_until ? p->until : INT64_MAX;
    if (read_after(call, &p->page, &from) != OK)
        return call->err->code;
    return fill_page(&pager, from, until, rows_of(&p->page));
}

static bool copy_bytes(struct call *call, const void *data, size_t size, struct bytes *ret)
{
    ret->data = (const uint8_t *)arena_text(call->arena, data, size);
    ret->size = size;
    return ret->data != NULL;
}

static int fetch_detached(struct call *call, const struct entry *entry, struct exported_entry *row, size_t *ret_bytes)
{
    const struct method *m = api_method_by_name(entry->method, strlen(entry->method));
    struct bytes params = { entry->params, entry->params_size };
    struct detached *digests = NULL;
    char why[DETACHED_WHY];
    if (m == NULL || !detached_has(m))
        return OK;
    if (detached_list(m, params, call->arena, &digests, &row->n_detached, call->err) != OK)
        return call->err->code;
    row->detached = arena_array(call->arena, row->n_detached + 1, sizeof *row->detached);
    if (row->detached == NULL)
        return answer_no_memory(call);
    if (detached_fetch(call->store, entry->seq, digests, row->n_detached, call->arena, row->detached, why, call->err)
        != OK)
        return call->err->code;
    if (why[0] != '\0')
        return err_set(call->err, ERR_INTERNAL, NULL, "entry %lld: %s; run journal verify", (long long)entry->seq, why);
    for (size_t i = 0; i < row->n_detached; i++)
        *ret_bytes += row->detached[i].value.size;
    return OK;
}

static int add_exported(struct pager *pager, const struct entry *entry, const uint8_t hash[ENTRY_HASH])
{
    struct call *call = pager->call;
    char request[UUID_TEXT];
    size_t bytes = entry->params_size;
    struct exported_entry row = { .seq = entry->seq,
                                  .has_seq = true,
                                  .at = entry->at,
                                  .uid = entry->uid,
                                  .has_uid = true,
                                  .user = arena_dup(call->arena, entry->user),
                                  .method = arena_dup(call->arena, entry->method),
                                  .request = arena_dup(call->arena, uuid_format(entry->request, request)) };
    if (row.user == NULL || row.method == NULL || row.request == NULL
        || !copy_bytes(call, entry->params, entry->params_size, &row.params)
        || !copy_bytes(call, hash, ENTRY_HASH, &row.hash))
        return answer_no_memory(call);
    if (fetch_detached(call, entry, &row, &bytes) != OK)
        return call->err->code;
    return push(pager, &row, sizeof row, row.seq, bytes);
}

int journal_export(struct call *call, const struct journal_export *p, struct page *ret)
{
    struct pager pager = { .call = call, .page = ret, .add = add_exported };
    int64_t from = p->has_from ? p->from : 1;
    if (read_after(call, &p->page, &from) != OK)
        return call->err->code;
    return fill_page(&pager, from, INT64_MAX, rows_of(&p->page));
}

static int read_pin(struct call *call, const struct journal_verify *p, struct chain_pin *ret)
{
    if (p->has_seq != (p->hash != NULL))
        return err_set(call->err, ERR_INVALID_PARAM, p->has_seq ? "hash" : "seq",
                       "--seq and --hash must be used together");
    if (p->hash != NULL && !digest_parse(p->hash, ret->hash))
        return err_set(call->err, ERR_INVALID_PARAM, "hash", "must be 64 hexadecimal digits");
    ret->seq = p->has_seq ? p->seq : 0;
    return OK;
}

int journal_verify(struct call *call, const struct journal_verify *p, struct journal_check *ret)
{
    struct chain_pin pin = { 0 };
    struct chain_report report;
    char hex[ENTRY_HEX];
    if (read_pin(call, p, &pin) != OK || chain_verify(call->store, &pin, &report, call->err) != OK)
        return call->err->code;
    *ret = (struct journal_check){ .entries = report.entries,
                                   .has_entries = true,
                                   .detached = report.detached,
                                   .has_detached = true,
                                   .head = arena_dup(call->arena, entry_hex(report.head, hex)),
                                   .broken = report.broken,
                                   .has_broken = report.broken != 0,
                                   .why = report.broken == 0 ? NULL : arena_dup(call->arena, report.why) };
    return ret->head == NULL || (ret->has_broken && ret->why == NULL) ? answer_no_memory(call) : OK;
}
