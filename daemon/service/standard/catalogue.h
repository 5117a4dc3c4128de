/* SPDX-License-Identifier: Apache-2.0 */
/* The published editions, cached since they never change. Belongs to one thread.
 *
 * An edition published in the current group of writes may still be rolled back with it, so the next group reads it
 * again. */
#pragma once

#include "daemon/service/call/call.h"

/* A requirement as verdicts and standings need it. */
struct catalogue_requirement {
    const char *code, *title; /* title in English, or the first available language */
    int32_t ordinal, parent;  /* parent: ordinal of its section, -1 at the top */
    int32_t end;              /* first ordinal after its descendants: a section is [ordinal, end) */
    enum level level;         /* 0 if not assessable */
    int64_t points;
    bool assessable, na_allowed, gate, autofail, fundamental;
};

struct catalogue_edition {
    int64_t id, standard_id;
    const char *code; /* iso-14001:2015 */
    struct date valid_from, obligatory_from, valid_until;
    bool class_from_level;
    const struct catalogue_requirement *requirements;
    const int32_t *by_code; /* ordinals sorted by code */
    int32_t n_requirements, n_assessable;
    const struct pass_clause *clauses;
    size_t n_clauses;
    const struct rules *rules; /* besides the pass rule; NULL if none */
    enum class kept_class;     /* open findings of this class or worse may be blockers */
};

struct catalogue *catalogue_new(void); /* NULL without memory */
void catalogue_free(struct catalogue *c);
/* Reads the edition on first use. *ret lives as long as the call. */
int catalogue_edition(struct call *call, int64_t edition_id, const struct catalogue_edition **ret);
/* NULL if the edition has no such requirement. */
const struct catalogue_requirement *catalogue_requirement(const struct catalogue_edition *e, const char *code);
