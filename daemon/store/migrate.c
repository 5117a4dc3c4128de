#include "daemon/store/migrate.h"

#include "daemon/store/digest.h"
#include "daemon/store/inner.h"

#include <stdio.h>
#include <string.h>

static const char create_table[] = "CREATE TABLE IF NOT EXISTS migration ("
                                   "number INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, "
                                   "applied_at TEXT NOT NULL)";

static int step_digest(const struct migration *step, char text[DIGEST_HEX], struct err *e)
{
    uint8_t digest[DIGEST_SIZE];
    struct bytes whole = { (const uint8_t *)step->text, strlen(step->text) };
    if (!digest_parts(&whole, 1, digest))
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    digest_hex(digest, text);
    return OK;
}

static int compare(const struct stmt *q, const struct migration *steps, int n, int applied, struct err *e)
{
    char digest[DIGEST_HEX];
    const char *name = stmt_text(q, 1), *theirs = stmt_text(q, 2);
    if (name == NULL || theirs == NULL)
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    if (applied >= n)
        return err_set(e, ERR_INTERNAL, NULL,
                       "the database has step %s, which this smed (up to %s) does not know; "
                       "install the smed that wrote it",
                       name, steps[n - 1].name);
    if (step_digest(&steps[applied], digest, e) != OK)
        return e->code;
    if (stmt_int(q, 0) != steps[applied].number || strcmp(name, steps[applied].name) != 0
        || strcmp(theirs, digest) != 0)
        return err_set(e, ERR_INTERNAL, NULL,
                       "step %s of the database (%.12s) is not the one of this smed (%s, %.12s); "
                       "use the smed that wrote it",
                       name, theirs, steps[applied].name, digest);
    return OK;
}

/* *ret_applied: how many of our steps the database has. */
static int count_applied(struct store *s, const struct migration *steps, int n, int *ret_applied, struct err *e)
{
    int applied = 0;
    struct err why = { 0 };
    struct stmt *q = STORE_QUERY0(s, QUERY_migration_list);
    while (why.code == OK && stmt_step(q))
        if (compare(q, steps, n, applied, &why) == OK)
            applied++;
    if (stmt_end_after(q, &why, e) != OK)
        return e->code;
    *ret_applied = applied;
    snprintf(s->schema, sizeof s->schema, "%s", applied == 0 ? "" : steps[applied - 1].name);
    return OK;
}

static int record_step(struct store *s, const struct migration *step, struct err *e)
{
    char digest[DIGEST_HEX], at[INSTANT_TEXT];
    if (step_digest(step, digest, e) != OK)
        return e->code;
    instant_format(clock_now(clock_from_environment()), at);
    return stmt_run(
        STORE_QUERY(s, QUERY_migration_insert, v_int(step->number), v_text(step->name), v_text(digest), v_text(at)), e);
}

static int apply(struct store *s, const struct migration *step, struct err *e)
{
    if (store_begin(s, e) != OK)
        return e->code;
    if (s->driver->script(s->connection, step->name, step->text, e) != OK || record_step(s, step, e) != OK) {
        store_rollback(s);
        return e->code;
    }
    return store_commit(s, e);
}

int migrate_up(struct store *s, const struct migration *steps, int n, struct err *e)
{
    int applied;
    if (s->driver->script(s->connection, "migration", create_table, e) != OK
        || count_applied(s, steps, n, &applied, e) != OK)
        return e->code;
    for (int i = applied; i < n; i++)
        if (apply(s, &steps[i], e) != OK)
            return e->code;
    return count_applied(s, steps, n, &applied, e);
}

int migrate_check(struct store *s, const struct migration *steps, int n, struct err *e)
{
    int applied;
    if (count_applied(s, steps, n, &applied, e) != OK)
        return e->code;
    if (applied < n)
        return err_set(e, ERR_INTERNAL, NULL, "the database lacks step %s; start smed on it once", steps[applied].name);
    return OK;
}
