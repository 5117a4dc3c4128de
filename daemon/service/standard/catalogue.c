/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standard/catalogue.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/standard/rules.h"
#include "daemon/store/row.h"
#include "query/standard.h"

#include <stdlib.h>
#include <string.h>

/* An edition of 5,000 requirements takes about 1 MiB. */
enum { EDITION_MEMORY_MAX = 64 * 1024 * 1024 };

struct kept {
    struct catalogue_edition edition;
    struct arena memory;
    struct instant published_at, read_at;
};

/* Ids are given from 1 without gaps, so an array by id has no holes except editions not yet requested. */
struct catalogue {
    struct kept **by_id;
    int64_t n;
};

struct catalogue *catalogue_new(void)
{
    return calloc(1, sizeof(struct catalogue));
}

static void free_kept(struct kept *k)
{
    if (k == NULL)
        return;
    arena_reset(&k->memory);
    free(k);
}

void catalogue_free(struct catalogue *c)
{
    if (c == NULL)
        return;
    for (int64_t i = 0; i < c->n; i++)
        free_kept(c->by_id[i]);
    free(c->by_id);
    free(c);
}

static struct kept *find_kept(struct call *call, int64_t id)
{
    struct catalogue *c = call->catalogue;
    struct kept *k = id < c->n ? c->by_id[id] : NULL;
    if (k == NULL || k->published_at.us != k->read_at.us || k->read_at.us == call->now.us)
        return k;
    c->by_id[id] = NULL; /* read by the group that published it */
    free_kept(k);
    return NULL;
}

static int grow(struct call *call, int64_t id)
{
    struct catalogue *c = call->catalogue;
    if (id < c->n)
        return OK;
    struct kept **more = realloc(c->by_id, (size_t)(id + 1) * sizeof *more);
    if (more == NULL)
        return answer_no_memory(call);
    memset(more + c->n, 0, (size_t)(id + 1 - c->n) * sizeof *more);
    c->by_id = more;
    c->n = id + 1;
    return OK;
}

static int read_head(struct call *call, struct kept *k)
{
    struct catalogue_edition *e = &k->edition;
    struct stmt *q = query_edition_kept(call->store, e->id);
    bool found = stmt_step(q);
    if (found) {
        e->standard_id = stmt_int(q, EDITION_KEPT_standard_id);
        e->code = stmt_dup(q, EDITION_KEPT_full_code, &k->memory);
        e->valid_from = stmt_date(q, EDITION_KEPT_valid_from);
        e->obligatory_from = stmt_date(q, EDITION_KEPT_obligatory_from);
        e->valid_until = stmt_date(q, EDITION_KEPT_valid_until);
        e->class_from_level = stmt_int(q, EDITION_KEPT_class_from_level) != 0;
        e->n_assessable = (int32_t)stmt_int(q, EDITION_KEPT_assessable);
        k->published_at.us = stmt_int(q, EDITION_KEPT_published_at);
        e->n_requirements = (int32_t)stmt_int(q, EDITION_KEPT_requirements);
        e->n_clauses = (size_t)stmt_int(q, EDITION_KEPT_clauses);
    }
    int code = answer_end(call, q, OK);
    if (code == OK && !found)
        return err_set(call->err, ERR_NOT_FOUND, "edition", "no such edition");
    return code == OK && e->code == NULL ? answer_no_memory(call) : code;
}

static bool read_requirement(const struct stmt *q, struct arena *a, int32_t ordinal, struct catalogue_requirement *r)
{
    *r = (struct catalogue_requirement){
        .code = stmt_dup(q, EDITION_REQUIREMENTS_code, a),
        .title = stmt_dup(q, EDITION_REQUIREMENTS_title, a),
        .ordinal = ordinal,
        .parent = stmt_is_null(q, EDITION_REQUIREMENTS_parent) ? -1 : (int32_t)stmt_int(q, EDITION_REQUIREMENTS_parent),
        .assessable = stmt_int(q, EDITION_REQUIREMENTS_assessable) != 0,
        .level = (enum level)stmt_choice(q, EDITION_REQUIREMENTS_level, ENUM_level),
        .points = stmt_int(q, EDITION_REQUIREMENTS_points),
        .na_allowed = stmt_int(q, EDITION_REQUIREMENTS_na_allowed) != 0,
        .gate = stmt_int(q, EDITION_REQUIREMENTS_gate) != 0,
        .autofail = stmt_int(q, EDITION_REQUIREMENTS_autofail) != 0,
        .fundamental = stmt_int(q, EDITION_REQUIREMENTS_fundamental) != 0,
    };
    return r->code != NULL;
}

/* Parents come before their parts and parts together, so a section ends where its last part does. */
static void find_ends(struct catalogue_requirement *r, int32_t n)
{
    for (int32_t i = n; i-- > 0;) {
        if (r[i].end == 0)
            r[i].end = i + 1;
        if (r[i].parent >= 0 && r[r[i].parent].end < r[i].end)
            r[r[i].parent].end = r[i].end;
    }
}

static int read_requirements(struct call *call, struct kept *k)
{
    int32_t n = 0, limit = k->edition.n_requirements;
    struct catalogue_requirement *r = arena_array(&k->memory, (size_t)limit, sizeof *r);
    if (r == NULL)
        return answer_no_memory(call);
    struct stmt *q = query_edition_requirements(call->store, k->edition.id);
    bool fits = true;
    while (fits && n < limit && stmt_step(q)) {
        fits = read_requirement(q, &k->memory, n, &r[n]);
        n++;
    }
    find_ends(r, n);
    k->edition.requirements = r;
    return answer_end(call, q, fits ? OK : answer_no_memory(call));
}

static int compare_codes(const void *a, const void *b, void *requirements)
{
    const struct catalogue_requirement *r = requirements;
    return strcmp(r[*(const int32_t *)a].code, r[*(const int32_t *)b].code);
}

static int sort_codes(struct call *call, struct kept *k)
{
    const struct catalogue_edition *e = &k->edition;
    int32_t *by_code = arena_array(&k->memory, (size_t)e->n_requirements, sizeof *by_code);
    struct catalogue_requirement *r = arena_array(&k->memory, (size_t)e->n_requirements, sizeof *r);
    if (by_code == NULL || r == NULL)
        return answer_no_memory(call);
    for (int32_t i = 0; i < e->n_requirements; i++)
        by_code[i] = i;
    memcpy(r, e->requirements, (size_t)e->n_requirements * sizeof *r);
    qsort_r(by_code, (size_t)e->n_requirements, sizeof *by_code, compare_codes, r);
    k->edition.by_code = by_code;
    return OK;
}

/* clang-format off */
/* Recommendations are judged only if a clause names them or any level. */
static enum class kept_class(const struct pass_clause *clauses, size_t n)
{
    enum class worst = CLASS_MINOR;
    for (size_t i = 0; i < n; i++) {
        const struct pass_clause *c = &clauses[i];
        bool by_level = c->kind == CLAUSE_ALL || c->kind == CLAUSE_RATIO;
        if (by_level && (c->level == 0 || c->level == LEVEL_RECOMMENDATION))
            worst = CLASS_OPPORTUNITY;
        if (c->kind == CLAUSE_NO_OPEN && c->class > worst)
            worst = c->class;
    }
    return worst;
}
/* clang-format on */

static int read_clauses(struct call *call, struct kept *k)
{
    size_t limit = k->edition.n_clauses;
    struct pass_clause *clauses = arena_array(&k->memory, limit, sizeof *clauses);
    if (clauses == NULL)
        return answer_no_memory(call);
    struct stmt *q = query_edition_clauses(call->store, k->edition.id);
    int code = OK;
    for (size_t i = 0; code == OK && i < limit && stmt_step(q); i++)
        code = row_to_record(q, RECORD_pass_clause, &k->memory, &clauses[i], call->err);
    k->edition.clauses = clauses;
    k->edition.kept_class = kept_class(clauses, limit);
    return answer_end(call, q, code);
}

static int read_rules(struct call *call, struct kept *k)
{
    struct rules *rules = NULL;
    int code = rules_read(call, k->edition.id, &k->memory, &rules);
    k->edition.rules = rules;
    return code;
}

static int read_edition(struct call *call, struct kept *k)
{
    int code = read_head(call, k);
    if (code == OK)
        code = read_requirements(call, k);
    if (code == OK)
        code = sort_codes(call, k);
    if (code == OK)
        code = read_clauses(call, k);
    return code == OK ? read_rules(call, k) : code;
}

int catalogue_edition(struct call *call, int64_t edition_id, const struct catalogue_edition **ret)
{
    struct kept *k = find_kept(call, edition_id);
    if (k == NULL) {
        int code = grow(call, edition_id);
        if (code != OK)
            return code;
        if ((k = calloc(1, sizeof *k)) == NULL)
            return answer_no_memory(call);
        arena_init(&k->memory, EDITION_MEMORY_MAX);
        k->edition.id = edition_id;
        k->read_at = call->now;
        if ((code = read_edition(call, k)) != OK) {
            free_kept(k);
            return code;
        }
        call->catalogue->by_id[edition_id] = k;
    }
    *ret = &k->edition;
    return OK;
}

const struct catalogue_requirement *catalogue_requirement(const struct catalogue_edition *e, const char *code)
{
    int32_t low = 0, high = e->n_requirements;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const struct catalogue_requirement *r = &e->requirements[e->by_code[middle]];
        int order = strcmp(code, r->code);
        if (order == 0)
            return r;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
