/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the steps of an upgrade that are written in C (service/call/upgrade.h). */
#pragma once

#include "daemon/rpc/run.h"
#include "daemon/service/call/upgrade.h"

/* Those of this program; the one without a name ends them. */
extern const struct upgrade_step upgrade_steps[];

/* Runs, on the writer's connection, what has not been finished on this database; tell (may be NULL) hears of it.
 * Whatever fails, the parts before it stay done. */
int upgrade_run(struct run *r, const struct upgrade_step *steps, store_tell *tell, struct err *e);
