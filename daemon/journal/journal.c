/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/journal/journal.h"
#include "query/journal.h"

#include <string.h>

int journal_next(struct store *s, int64_t *ret_seq, struct err *e)
{
    int64_t seq = 0;
    struct stmt *q = query_journal_next(s);
    if (stmt_step(q))
        seq = stmt_int(q, JOURNAL_NEXT_seq);
    if (stmt_end(q, e) != OK)
        return e->code;
    *ret_seq = seq;
    return OK;
}

/* The hash of the entry before seq; zeros for the first. */
static int previous_hash(struct store *s, int64_t seq, uint8_t ret[ENTRY_HASH], struct err *e)
{
    bool found = seq == 1;
    memset(ret, 0, ENTRY_HASH);
    if (found)
        return OK;
    struct stmt *q = query_journal_hash(s, seq - 1);
    if (stmt_step(q) && stmt_blob(q, JOURNAL_HASH_hash).size == ENTRY_HASH) {
        memcpy(ret, stmt_blob(q, JOURNAL_HASH_hash).data, ENTRY_HASH);
        found = true;
    }
    if (stmt_end(q, e) != OK)
        return e->code;
    return found ? OK : err_set(e, ERR_INTERNAL, NULL, "the journal has no entry %lld", (long long)seq - 1);
}

static int insert_entry(struct store *s, const struct entry *entry, const uint8_t hash[ENTRY_HASH],
                        const struct buf *result, struct err *e)
{
    return stmt_run(query_journal_insert(s, entry->seq, entry->at.us, entry->uid, entry->user, entry->method,
                                         (struct bytes){ entry->request, UUID_SIZE },
                                         (struct bytes){ entry->params, entry->params_size },
                                         (struct bytes){ hash, ENTRY_HASH },
                                         (struct bytes){ result->data, result->size }),
                    e);
}

int journal_append(struct store *s, const struct entry *entry, const uint8_t salt[ENTRY_SALT], const struct buf *result,
                   struct err *e)
{
    uint8_t previous[ENTRY_HASH], hash[ENTRY_HASH];
    if (previous_hash(s, entry->seq, previous, e) != OK)
        return e->code;
    if (!entry_hash(previous, entry, hash))
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    if (insert_entry(s, entry, hash, result, e) != OK)
        return e->code;
    if (salt == NULL)
        return OK;
    return stmt_run(query_journal_salt_insert(s, entry->seq, (struct bytes){ salt, ENTRY_SALT }), e);
}

static bool copy_bytes(struct arena *a, struct bytes from, struct bytes *ret)
{
    uint8_t *copy = arena_alloc(a, from.size + 1);
    if (copy == NULL)
        return false;
    if (from.size > 0)
        memcpy(copy, from.data, from.size);
    *ret = (struct bytes){ .data = copy, .size = from.size };
    return true;
}

static bool read_found(const struct stmt *q, struct arena *a, struct journal_found *found)
{
    struct bytes salt = stmt_blob(q, JOURNAL_FIND_salt);
    *found = (struct journal_found){ .seq = stmt_int(q, JOURNAL_FIND_seq),
                                     .uid = stmt_int(q, JOURNAL_FIND_uid),
                                     .method = stmt_dup(q, JOURNAL_FIND_method, a) };
    found->has_salt = salt.size == ENTRY_SALT;
    if (found->has_salt)
        memcpy(found->salt, salt.data, ENTRY_SALT);
    return found->method != NULL && copy_bytes(a, stmt_blob(q, JOURNAL_FIND_params), &found->params)
           && copy_bytes(a, stmt_blob(q, JOURNAL_FIND_result), &found->result);
}

int journal_find(struct store *s, const uint8_t request[UUID_SIZE], struct arena *a, struct journal_found *ret,
                 struct err *e)
{
    struct journal_found found = { 0 };
    bool room = true;
    struct stmt *q = query_journal_find(s, (struct bytes){ request, UUID_SIZE });
    if (stmt_step(q))
        room = read_found(q, a, &found);
    if (stmt_end(q, e) != OK)
        return e->code;
    if (!room)
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    *ret = found;
    return OK;
}
