/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/store/inner.h"

#include <stdlib.h>
#include <string.h>

void store_close(struct store *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < store_query_count; i++)
        if (s->statements[i].handle != NULL)
            s->driver->finalize(s->statements[i].handle);
    if (s->connection != NULL)
        s->driver->close(s->connection);
    free(s->path);
    free(s);
}

const char *store_path(const struct store *s)
{
    return s->path;
}

int64_t store_rows_read(const struct store *s)
{
    return s->rows;
}

const char *store_schema(const struct store *s)
{
    return s->schema;
}

static int command(struct store *s, enum driver_command which, struct err *e)
{
    return s->driver->command(s->connection, which, e);
}

int store_begin(struct store *s, struct err *e)
{
    return command(s, s->mode == STORE_WRITER ? COMMAND_BEGIN_WRITE : COMMAND_BEGIN_READ, e);
}

int store_commit(struct store *s, struct err *e)
{
    if (command(s, COMMAND_COMMIT, e) == OK)
        return OK;
    store_rollback(s);
    return e->code;
}

/* What cannot be undone now is undone when the connection closes: nothing of it was committed. */
void store_rollback(struct store *s)
{
    struct err ignored = { 0 };
    command(s, COMMAND_ROLLBACK, &ignored);
}

int store_savepoint(struct store *s, struct err *e)
{
    return command(s, COMMAND_SAVEPOINT, e);
}

int store_release(struct store *s, struct err *e)
{
    return command(s, COMMAND_RELEASE, e);
}

void store_rollback_to(struct store *s)
{
    struct err ignored = { 0 };
    if (command(s, COMMAND_ROLLBACK_TO, &ignored) == OK)
        command(s, COMMAND_RELEASE, &ignored);
}

int store_checkpoint(struct store *s, struct err *e)
{
    return s->driver->checkpoint(s->connection, e);
}

int store_between(struct store *s, size_t waiting, struct err *e)
{
    return s->driver->between(s->connection, waiting, e);
}

int store_copy_to(struct store *s, const char *path, struct err *e)
{
    return s->driver->copy_to(s->connection, path, e);
}

int store_check(struct store *s, struct err *e)
{
    return s->driver->check(s->connection, e);
}
