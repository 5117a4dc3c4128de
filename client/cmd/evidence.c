/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/helper.h"
#include "client/xmalloc.h"
#include "common/scope.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int read_file(struct client *c, const char *file, struct evidence_add *params, struct err *e)
{
    enum { DIGEST = 64 };
    char digest[DIGEST + 1];
    long long size;
    SCOPED(buf_fini) struct buf said;
    buf_init(&said, SIZE_MAX);
    char *words[] = { xmalloc_text(&c->arena, file, strlen(file)) };
    if (cmd_helper_ask(c, "sme-ctl-evidence", words, 1, &said, e) != OK)
        return e->code;
    buf_append(&said, "", 1);
    xmalloc_check(&said);
    if (sscanf((const char *)said.data, "%64[0-9a-f] %lld", digest, &size) != 2 || strlen(digest) != DIGEST)
        return err_set(e, ERR_INTERNAL, NULL, "sme-ctl-evidence: no digest for %s", file);
    params->sha256 = xmalloc_text(&c->arena, digest, DIGEST);
    params->bytes = size;
    params->has_bytes = true;
    return OK;
}

/* Defaults taken from the file itself. */
static void fill(struct client *c, const char *file, struct evidence_add *params)
{
    const char *slash = strrchr(file, '/'), *name = slash != NULL ? slash + 1 : file;
    char *whole = realpath(file, NULL);
    if (params->title == NULL)
        params->title = xmalloc_text(&c->arena, name, strlen(name));
    if (params->location == NULL && whole != NULL)
        params->location = xmalloc_text(&c->arena, whole, strlen(whole));
    free(whole);
}

int cmd_evidence_add(struct client *c, struct args *args, struct err *e)
{
    struct evidence_add *params = args->params;
    const char *file = command_extra(args, "file");
    if (file != NULL && (params->sha256 != NULL || params->has_bytes))
        return err_set(e, ERR_NO_METHOD, NULL, "--file provides digest and size; omit --sha256 and --bytes");
    if (file != NULL && read_file(c, file, params, e) != OK)
        return e->code;
    if (file != NULL)
        fill(c, file, params);
    return cmd_method_run(c, args, e);
}
