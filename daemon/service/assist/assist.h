/* SPDX-License-Identifier: Apache-2.0 */
/* Technical assistance: interventions, as their import needs them. Planned and attended hours are stored separately, as
 * are planned and actual payments: delivery replaces planned with actual. */
#pragma once

#include "daemon/service/call/call.h"

/* Checks and records one with its parts. References in *p are already resolved. Writer thread. */
int assist_insert(struct call *call, const struct assist_record *p, int64_t *ret_id);
/* Only its record. */
int assist_row(struct call *call, int64_t id, struct intervention *ret);
/* The intervention with its parts, into a zeroed *ret. */
int assist_load(struct call *call, int64_t id, struct intervention_detail *ret);
/* The same, limited to the parts in the caller's scope. */
int assist_load_whole(struct call *call, int64_t id, struct intervention_detail *ret);
/* 0 if no intervention has this source. */
int assist_of_source(struct call *call, const char *source, int64_t *ret_id);
