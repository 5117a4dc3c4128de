/* SPDX-License-Identifier: Apache-2.0 */
/* From a path to a store whose schema is this program's. */
#include "daemon/store/inner.h"
#include "daemon/store/migrate.h"

#include <stdlib.h>
#include <string.h>

/* The engine that a path or address means. */
static const struct driver *driver_of(const char *path)
{
    (void)path;
    return &sqlite_driver;
}

static int open_connection(struct store *s, const char *path, enum store_mode mode, const struct clock *clock,
                           store_tell *tell, struct err *e)
{
    s->driver = driver_of(path);
    s->mode = mode;
    s->path = strdup(path);
    if (s->path == NULL)
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    if (s->driver->open(path, mode, &s->connection, e) != OK)
        return e->code;
    if (mode == STORE_WRITER)
        return migrate_up(s, s->driver->schema, clock, tell, e);
    return migrate_check(s, s->driver->schema, e);
}

static int open_any(struct store **ret, const char *path, enum store_mode mode, const struct clock *clock,
                    store_tell *tell, struct err *e)
{
    struct store *s = calloc(1, sizeof *s + store_query_count * sizeof s->statements[0]);
    if (s == NULL)
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    if (open_connection(s, path, mode, clock, tell, e) != OK) {
        store_close(s);
        return e->code;
    }
    *ret = s;
    return OK;
}

int store_open(struct store **ret, const char *path, enum store_mode mode, const struct clock *clock, struct err *e)
{
    return open_any(ret, path, mode, clock, NULL, e);
}

int store_open_telling(struct store **ret, const char *path, const struct clock *clock, store_tell *tell, struct err *e)
{
    return open_any(ret, path, STORE_WRITER, clock, tell, e);
}
