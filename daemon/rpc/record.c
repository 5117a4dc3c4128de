/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/rpc/record.h"

#include "common/field.h"
#include "common/ref.h"
#include "daemon/journal/journal.h"
#include "daemon/service/call/code.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

enum { REFERENCE_MAX = 512 }; /* longer than any reference */

static bool has_personal(const struct field *fields, size_t n, const void *owner);

static bool list_has_personal(const struct field *f, const void *owner)
{
    const struct record_type *record = &api_records[f->of];
    const char *rows;
    memcpy(&rows, (const char *)owner + f->offset, sizeof rows);
    size_t n = rows != NULL;
    if (f->type != FIELD_NEST)
        memcpy(&n, (const char *)owner + f->extra, sizeof n);
    for (size_t i = 0; i < n; i++)
        if (has_personal(record->fields, record->n_fields, rows + i * record->size))
            return true;
    return false;
}

static bool has_personal(const struct field *fields, size_t n, const void *owner)
{
    for (size_t i = 0; i < n; i++) {
        const struct field *f = &fields[i];
        if (f->type == FIELD_PERSONAL && field_is_set(f, owner))
            return true;
        if ((f->type == FIELD_NEST || f->type == FIELD_LIST) && list_has_personal(f, owner))
            return true;
    }
    return false;
}

/* like: see codec_canonical_params. */
static int canonical(struct job *job, const uint8_t salt[ENTRY_SALT], const msgpack_object *like, struct bytes *ret)
{
    struct buf out;
    buf_init(&out, JOB_RESULT_MAX);
    int code = codec_canonical_params(job->method, job->params, salt, entry_digest, like, &out, &job->err);
    if (code == OK) {
        ret->data = (const uint8_t *)arena_text(&job->arena, (const char *)out.data, out.size);
        ret->size = out.size;
        if (ret->data == NULL)
            code = err_set(&job->err, ERR_TOO_BIG, NULL, "request too large");
    }
    buf_fini(&out);
    return code;
}

/* Whether a reference as sent may have meant this: the same number, or a prefix of the code or, for an edition, of
 * either part of it. */
static bool may_mean(enum noun noun, const char *sent, const msgpack_object_str *meant, struct arena *a)
{
    int64_t x, y;
    char text[REFERENCE_MAX];
    if (meant->size >= sizeof text)
        return false;
    memcpy(text, meant->ptr, meant->size);
    text[meant->size] = '\0';
    if (ref_is_numbered(noun))
        return ref_number(noun, sent, &x) && ref_number(noun, text, &y) && x == y;
    const char *as_sent = code_fold(a, sent), *as_meant = code_fold(a, text);
    if (as_sent == NULL || as_meant == NULL)
        return false;
    size_t n = strcspn(as_sent, ":"), part = strcspn(as_meant, ":");
    return n <= part && strncmp(as_sent, as_meant, n) == 0
           && strncmp(as_sent + n, as_meant + part, strlen(as_sent + n)) == 0;
}

/* What the reference f was resolved to when the request was done; NULL if absent. */
static const msgpack_object_str *meant_by(const msgpack_object *done, const struct field *f)
{
    for (uint32_t i = 0; done->type == MSGPACK_OBJECT_MAP && i < done->via.map.size; i++) {
        const msgpack_object_kv *kv = &done->via.map.ptr[i];
        if (kv->key.type == MSGPACK_OBJECT_STR && kv->val.type == MSGPACK_OBJECT_STR
            && field_is_named(f, kv->key.via.str.ptr, kv->key.via.str.size))
            return &kv->val.via.str;
    }
    return NULL;
}

/* Resolves the job's references as they were when the request was done. */
static int recall_refs(struct job *job, const msgpack_object *done)
{
    for (size_t i = 0; i < job->method->n_params; i++) {
        const struct field *f = &job->method->params[i];
        struct ref *ref = (void *)((char *)job->params + f->offset);
        const msgpack_object_str *meant = f->type == FIELD_REF && ref->text != NULL ? meant_by(done, f) : NULL;
        if (meant == NULL || !may_mean((enum noun)f->of, ref->text, meant, &job->arena))
            continue;
        ref->text = arena_text(&job->arena, meant->ptr, meant->size);
        if (ref->text == NULL)
            return err_set(&job->err, ERR_TOO_BIG, NULL, "request too large");
    }
    return OK;
}

/* References are not resolved again: by now a prefix may be ambiguous, a standard may have a newer edition, and the
 * request itself may have moved what it names out of the caller's scope. */
static int compare(struct job *job, const struct journal_found *found, bool *ret)
{
    msgpack_unpacked done;
    struct mp_guard guard;
    struct bytes params = { 0 };
    size_t at = 0;
    int code = OK;
    mp_guard_init(&guard, JOB_RESULT_MAX);
    msgpack_unpacked_init(&done);
    if (mp_guard_feed(&guard, found->params.data, found->params.size) == MP_WHOLE
        && msgpack_unpack_next(&done, (const char *)found->params.data, found->params.size, &at)
               == MSGPACK_UNPACK_SUCCESS)
        code = recall_refs(job, &done.data);
    if (code == OK)
        code = canonical(job, found->salt, &done.data, &params);
    msgpack_unpacked_destroy(&done);
    *ret = code == OK && params.size == found->params.size && memcmp(params.data, found->params.data, params.size) == 0;
    return code;
}

int record_repeat(struct call *call, struct job *job, const uint8_t request[UUID_SIZE], bool *ret)
{
    struct journal_found found = { 0 };
    bool same = false;
    *ret = false;
    if (journal_find(call->store, request, call->arena, &found, call->err) != OK)
        return call->err->code;
    if (found.seq == 0)
        return OK;
    if (strcmp(found.method, job->method->name) == 0 && found.uid == call->caller->uid
        && compare(job, &found, &same) != OK)
        return job->err.code;
    if (!same)
        return err_set(call->err, ERR_CONFLICT, "request", "this request id was used for another call; use a new one");
    buf_append(&job->result, found.result.data, found.result.size);
    if (job->result.failed)
        return err_set(call->err, ERR_INTERNAL, NULL, "out of memory for the stored answer");
    *ret = true;
    return OK;
}

static int make_salt(struct job *job, uint8_t salt[ENTRY_SALT])
{
    ssize_t got;
    do
        got = getrandom(salt, ENTRY_SALT, 0);
    while (got < 0 && errno == EINTR);
    if (got != ENTRY_SALT)
        return err_set(&job->err, ERR_INTERNAL, NULL, "cannot get random bytes: %s", strerror(errno));
    return OK;
}

int record_append(struct call *call, struct job *job, const uint8_t request[UUID_SIZE])
{
    uint8_t salt[ENTRY_SALT] = { 0 };
    bool salted = has_personal(job->method->params, job->method->n_params, job->params);
    struct bytes params;
    if ((salted && make_salt(job, salt) != OK) || canonical(job, salt, NULL, &params) != OK)
        return job->err.code;
    struct entry entry = { .seq = call->seq,
                           .at = call->now,
                           .uid = call->caller->uid,
                           .user = call->caller->user,
                           .method = job->method->name,
                           .params = params.data,
                           .params_size = params.size };
    memcpy(entry.request, request, UUID_SIZE);
    return journal_append(call->store, &entry, salted ? salt : NULL, &job->result, &job->err);
}
