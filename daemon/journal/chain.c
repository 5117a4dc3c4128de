/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/journal/chain.h"

#include "daemon/journal/detached.h"
#include "query/journal.h"

#include <stdio.h>
#include <string.h>

enum { CHAIN_ARENA = 16 * 1024 * 1024 };

int chain_last(struct store *s, int64_t *ret_seq, uint8_t ret_hash[ENTRY_HASH], struct err *e)
{
    int64_t seq = 0;
    uint8_t hash[ENTRY_HASH] = { 0 };
    struct stmt *q = query_journal_head(s);
    if (stmt_step(q)) {
        seq = stmt_int(q, JOURNAL_HEAD_seq);
        struct bytes found = stmt_blob(q, JOURNAL_HEAD_hash);
        if (found.size == ENTRY_HASH)
            memcpy(hash, found.data, ENTRY_HASH);
    }
    if (stmt_end(q, e) != OK)
        return e->code;
    *ret_seq = seq;
    memcpy(ret_hash, hash, ENTRY_HASH);
    return OK;
}

bool chain_row(const struct stmt *q, struct entry *ret, uint8_t ret_hash[ENTRY_HASH])
{
    struct bytes request = stmt_blob(q, JOURNAL_RANGE_request), params = stmt_blob(q, JOURNAL_RANGE_params),
                 hash = stmt_blob(q, JOURNAL_RANGE_hash);
    *ret = (struct entry){ .seq = stmt_int(q, JOURNAL_RANGE_seq),
                           .at = { stmt_int(q, JOURNAL_RANGE_at) },
                           .uid = stmt_int(q, JOURNAL_RANGE_uid),
                           .user = stmt_text(q, JOURNAL_RANGE_user),
                           .method = stmt_text(q, JOURNAL_RANGE_method),
                           .params = params.data,
                           .params_size = params.size };
    if (ret->user == NULL || ret->method == NULL || request.size != UUID_SIZE || hash.size != ENTRY_HASH)
        return false;
    memcpy(ret->request, request.data, UUID_SIZE);
    memcpy(ret_hash, hash.data, ENTRY_HASH);
    return true;
}

__attribute__((format(printf, 3, 4))) static void breaks(struct chain_report *r, int64_t seq, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    r->broken = seq;
    vsnprintf(r->why, sizeof r->why, format, args);
    va_end(args);
}

static int check_detached(struct store *s, const struct entry *entry, struct arena *a, struct chain_report *r,
                          struct err *e)
{
    const struct method *m = api_method_by_name(entry->method, strlen(entry->method));
    struct detached *digests;
    size_t n;
    struct err malformed = { 0 };
    char why[DETACHED_WHY];
    if (m == NULL || !detached_has(m))
        return OK;
    struct bytes params = { entry->params, entry->params_size };
    if (detached_list(m, params, a, &digests, &n, &malformed) != OK) {
        breaks(r, entry->seq, "%s", malformed.message);
        return OK;
    }
    if (detached_fetch(s, entry->seq, digests, n, a, NULL, why, e) != OK)
        return e->code;
    if (why[0] != '\0')
        breaks(r, entry->seq, "%s", why);
    else
        r->detached += (int64_t)n;
    return OK;
}

static int check_row(struct store *s, const struct stmt *q, const struct chain_pin *pin, struct arena *a,
                     struct chain_report *r, struct err *e)
{
    struct entry entry;
    uint8_t stored[ENTRY_HASH], hash[ENTRY_HASH];
    bool whole = chain_row(q, &entry, stored);
    if (entry.seq != r->entries + 1)
        breaks(r, r->entries + 1, "missing entry; the next one is %lld", (long long)entry.seq);
    else if (!whole)
        breaks(r, entry.seq, "not a journal entry");
    else if (!entry_hash(r->head, &entry, hash))
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    else if (memcmp(hash, stored, ENTRY_HASH) != 0)
        breaks(r, entry.seq, "its content, or an earlier entry, does not match its digest");
    else if (pin->seq == entry.seq && memcmp(hash, pin->hash, ENTRY_HASH) != 0)
        breaks(r, entry.seq, "its digest differs from the one given");
    else if (check_detached(s, &entry, a, r, e) != OK)
        return e->code;
    if (r->broken != 0)
        return OK;
    memcpy(r->head, hash, ENTRY_HASH);
    r->entries++;
    return OK;
}

static int check_rows(struct store *s, const struct chain_pin *pin, struct chain_report *r, struct err *e)
{
    struct arena a;
    struct err failed = { 0 };
    arena_init(&a, CHAIN_ARENA);
    struct stmt *q = query_journal_range(s, 1, INT64_MAX, INT64_MAX);
    while (r->broken == 0 && failed.code == OK && stmt_step(q)) {
        check_row(s, q, pin, &a, r, &failed);
        arena_reset(&a);
    }
    return stmt_end_after(q, &failed, e);
}

/* Values stored without an entry. */
static int check_strangers(struct store *s, struct chain_report *r, struct err *e)
{
    int64_t seq = 0, audit = 0;
    struct stmt *q = query_journal_responses_stray(s);
    if (stmt_step(q)) {
        audit = stmt_int(q, JOURNAL_RESPONSES_STRAY_id);
        seq = stmt_int(q, JOURNAL_RESPONSES_STRAY_seq);
    }
    if (stmt_end(q, e) != OK)
        return e->code;
    if (audit != 0)
        breaks(r, seq > 0 ? seq : r->entries + 1, "audit A%lld has responses without a journal entry",
               (long long)audit);
    return OK;
}

int chain_verify(struct store *s, const struct chain_pin *pin, struct chain_report *ret, struct err *e)
{
    struct chain_report r = { 0 };
    if (check_rows(s, pin, &r, e) != OK)
        return e->code;
    if (r.broken == 0 && pin->seq > r.entries)
        breaks(&r, r.entries + 1, "missing entry; entry %lld was given", (long long)pin->seq);
    if (r.broken == 0 && check_strangers(s, &r, e) != OK)
        return e->code;
    *ret = r;
    return OK;
}
