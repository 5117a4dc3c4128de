#include "daemon/rpc/record.h"

#include "common/text.h"
#include "daemon/journal/journal.h"
#include "daemon/service/resolve.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

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
        if (f->type == FIELD_PERSONAL && text_field_is_set(f, owner))
            return true;
        if ((f->type == FIELD_NEST || f->type == FIELD_LIST) && list_has_personal(f, owner))
            return true;
    }
    return false;
}

static int canonical(struct job *job, const uint8_t salt[ENTRY_SALT], struct bytes *ret)
{
    struct buf out;
    buf_init(&out, JOB_RESULT_MAX);
    int code = codec_canonical_params(job->method, job->params, salt, entry_digest, &out, &job->err);
    if (code == OK) {
        ret->data = (const uint8_t *)arena_text(&job->arena, (const char *)out.data, out.size);
        ret->size = out.size;
        if (ret->data == NULL)
            code = err_set(&job->err, ERR_TOO_BIG, NULL, "the call needs more memory than one call may use");
    }
    buf_fini(&out);
    return code;
}

static bool is_same(const struct call *call, struct job *job, const struct journal_found *found)
{
    struct bytes params;
    return canonical(job, found->salt, &params) == OK && found->uid == call->caller->uid
           && params.size == found->params.size && memcmp(params.data, found->params.data, params.size) == 0;
}

int record_repeat(struct call *call, struct job *job, const uint8_t request[UUID_SIZE], bool *ret)
{
    struct journal_found found = { 0 };
    *ret = false;
    if (journal_find(call->store, request, call->arena, &found, call->err) != OK)
        return call->err->code;
    if (found.seq == 0)
        return OK;
    /* What the request did may have taken its own object out of the caller's scope. */
    call->scope = (struct scope){ .everywhere = true };
    if (strcmp(found.method, job->method->name) != 0 || resolve_params(call, job->params) != OK
        || !is_same(call, job, &found))
        return err_set(call->err, ERR_CONFLICT, "request",
                       "this request id was used for another call; use a new one for a new call");
    buf_append(&job->result, found.result.data, found.result.size);
    if (job->result.failed)
        return err_set(call->err, ERR_INTERNAL, NULL, "no memory for the stored answer");
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
        return err_set(&job->err, ERR_INTERNAL, NULL, "the kernel gives no random bytes: %s", strerror(errno));
    return OK;
}

int record_append(struct call *call, struct job *job, const uint8_t request[UUID_SIZE])
{
    uint8_t salt[ENTRY_SALT] = { 0 };
    bool salted = has_personal(job->method->params, job->method->n_params, job->params);
    struct bytes params;
    if ((salted && make_salt(job, salt) != OK) || canonical(job, salt, &params) != OK)
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
