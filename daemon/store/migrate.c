/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/store/migrate.h"

#include "common/log.h"
#include "daemon/store/digest.h"
#include "daemon/store/fallback.h"
#include "daemon/store/inner.h"
#include "query/migration.h"

#include <stdio.h>
#include <string.h>

static int step_digest(const struct migration *step, char text[DIGEST_HEX], struct err *e)
{
    uint8_t digest[DIGEST_SIZE];
    struct bytes whole = { (const uint8_t *)step->text, strlen(step->text) };
    if (!digest_parts(&whole, 1, digest))
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    digest_hex(digest, text);
    return OK;
}

static int compare(const struct stmt *q, const struct schema *schema, int applied, struct err *e)
{
    const struct migration *steps = schema->steps;
    char digest[DIGEST_HEX];
    const char *name = stmt_text(q, MIGRATION_LIST_name), *theirs = stmt_text(q, MIGRATION_LIST_digest);
    if (name == NULL || theirs == NULL)
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    if (applied >= schema->n)
        return err_set(e, ERR_INTERNAL, NULL,
                       "the database has step %s, but this smed knows only steps up to %s; install a newer smed", name,
                       steps[schema->n - 1].name);
    if (step_digest(&steps[applied], digest, e) != OK)
        return e->code;
    if (stmt_int(q, MIGRATION_LIST_number) != steps[applied].number || strcmp(name, steps[applied].name) != 0
        || strcmp(theirs, digest) != 0)
        return err_set(
            e, ERR_INTERNAL, NULL,
            "step %s of the database (%.12s) differs from that of this smed (%s, %.12s); use the smed that wrote it",
            name, theirs, steps[applied].name, digest);
    return OK;
}

/* *ret_applied: how many of our steps the database has. */
static int count_applied(struct store *s, const struct schema *schema, int *ret_applied, struct err *e)
{
    int applied = 0;
    struct err why = { 0 };
    struct stmt *q = query_migration_list(s);
    while (why.code == OK && stmt_step(q))
        if (compare(q, schema, applied, &why) == OK)
            applied++;
    if (stmt_end_after(q, &why, e) != OK)
        return e->code;
    *ret_applied = applied;
    snprintf(s->schema, sizeof s->schema, "%s", applied == 0 ? "" : schema->steps[applied - 1].name);
    return OK;
}

static int record_step(struct store *s, const struct migration *step, const struct clock *clock, struct err *e)
{
    char digest[DIGEST_HEX], at[INSTANT_TEXT];
    if (step_digest(step, digest, e) != OK)
        return e->code;
    instant_format(clock_now(clock), at);
    return stmt_run(query_migration_insert(s, step->number, step->name, digest, at), e);
}

static int apply(struct store *s, const struct migration *step, const struct clock *clock, struct err *e)
{
    if (s->driver->script(s->connection, step->name, step->text, e) != OK)
        return e->code;
    return record_step(s, step, clock, e);
}

static int apply_from(struct store *s, const struct schema *schema, int first, const struct clock *clock, struct err *e)
{
    if (store_begin(s, e) != OK)
        return e->code;
    for (int i = first; i < schema->n; i++)
        if (apply(s, &schema->steps[i], clock, e) != OK) {
            store_rollback(s);
            return e->code;
        }
    return store_commit(s, e);
}

int migrate_up(struct store *s, const struct schema *schema, const struct clock *clock, store_tell *tell, struct err *e)
{
    int applied;
    if (s->driver->script(s->connection, "migration", schema->table, e) != OK
        || count_applied(s, schema, &applied, e) != OK)
        return e->code;
    if (applied == schema->n)
        return OK;
    if ((applied > 0 && fallback_make(s, tell, e) != OK) || apply_from(s, schema, applied, clock, e) != OK)
        return e->code;
    if (applied > 0)
        log_write(LOG_NOTICE, "upgraded from=%s to=%s", schema->steps[applied - 1].name,
                  schema->steps[schema->n - 1].name);
    return count_applied(s, schema, &applied, e);
}

int migrate_check(struct store *s, const struct schema *schema, struct err *e)
{
    int applied;
    if (count_applied(s, schema, &applied, e) != OK)
        return e->code;
    if (applied < schema->n)
        return err_set(e, ERR_INTERNAL, NULL, "the database lacks step %s; start smed on it once",
                       schema->steps[applied].name);
    return OK;
}
