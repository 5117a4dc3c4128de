/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/cmd.h"
#include "client/write/writer.h"
#include "client/xmalloc.h"
#include "common/mp.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static void put_entry(struct buf *b, const struct exported_entry *entry)
{
    msgpack_packer pk;
    mp_packer_init(&pk, b);
    msgpack_pack_array(&pk, 9);
    msgpack_pack_int64(&pk, entry->seq);
    msgpack_pack_int64(&pk, entry->at.us);
    msgpack_pack_int64(&pk, entry->uid);
    mp_put_text(&pk, entry->user);
    mp_put_text(&pk, entry->method);
    mp_put_text(&pk, entry->request);
    mp_put_bytes(&pk, entry->params.data, entry->params.size);
    mp_put_bytes(&pk, entry->hash.data, entry->hash.size);
    msgpack_pack_array(&pk, entry->n_detached);
    for (size_t i = 0; i < entry->n_detached; i++)
        mp_put_bytes(&pk, entry->detached[i].value.data, entry->detached[i].value.size);
}

static int put_page(void *context, const struct page *page, struct err *e)
{
    struct out *o = context;
    const struct exported_entry *entries = page->rows;
    for (size_t i = 0; i < page->n; i++) {
        put_entry(&o->b, &entries[i]);
        out_flush_some(o);
    }
    return o->failed ? err_set(e, ERR_INTERNAL, NULL, "the export is incomplete") : OK;
}

static int export_to(struct client *c, struct args *args, int fd, struct err *e)
{
    struct out o;
    out_init(&o, fd, OUT_COLOR_NEVER, false);
    int code = rpc_each(&c->rpc, args->command.method, args->params, 0, put_page, &o, e);
    if (!out_finish(&o) && code == OK)
        code = err_set(e, ERR_INTERNAL, NULL, "the export is incomplete");
    return code;
}

int cmd_journal_export(struct client *c, struct args *args, struct err *e)
{
    const char *file = command_extra(args, "output");
    if (file == NULL && c->out.lines > 0)
        return err_set(e, ERR_NO_METHOD, NULL, "the export is binary; use -o FILE");
    if (file == NULL)
        return export_to(c, args, STDOUT_FILENO, e);
    int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return err_set(e, ERR_INVALID_PARAM, NULL, "%s: %s", file, strerror(errno));
    int code = export_to(c, args, fd, e);
    if (code == OK && fsync(fd) != 0 && errno != EINVAL)
        code = err_set(e, ERR_INTERNAL, NULL, "%s: %s", file, strerror(errno));
    close(fd);
    /* Half an export would look like a complete one of a shorter journal. */
    if (code != OK)
        unlink(file);
    return code;
}

int cmd_journal_verify(struct client *c, struct args *args, struct err *e)
{
    struct journal_check check = { 0 };
    if (rpc_call(&c->rpc, args->command.method, args->params, &c->arena, &check, e) != OK)
        return e->code;
    struct writer w;
    writer_init(&w, &c->out, &c->settings.style, RECORD_journal_check, &c->arena);
    writer_one(&w, &check);
    c->exit_status = check.has_broken ? EXIT_NO : 0;
    return OK;
}
