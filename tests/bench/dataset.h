/* SPDX-License-Identifier: Apache-2.0 */
/* The register that is measured: one edition of 100 requirements, 10,000 enterprises in 50
 * cooperatives, an audit of 100 results with a short note each per enterprise. Built in-process, by
 * the same code the daemon runs. */
#pragma once

#include "daemon/rpc/run.h"

#include <stdint.h>

enum { DATASET_REQUIREMENTS = 100, DATASET_COOPERATIVES = 50, DATASET_ENTERPRISES = 10000, DATASET_CODE = 8 };

/* A store and the run over it, with an administrator as caller. */
struct dataset {
    struct run run;
    struct caller caller;
};

/* Exits with a message on failure, like all of the bench. */
void dataset_open(struct dataset *d, const char *path, enum store_mode mode);
void dataset_close(struct dataset *d);
/* Creates the register in path; the database is closed and checkpointed on return. */
void dataset_build(const char *path);

/* Runs one job that must succeed. params is the method's struct; it and what it points to stay the
 * caller's. */
void dataset_call(struct dataset *d, enum method_id method, void *params);
/* The statements of status.show of an enterprise, each in a transaction of its own, every column read. */
void dataset_status_statements(struct dataset *d, const char *code);
/* E00000 ... E09999, in code. */
const char *dataset_code(char code[DATASET_CODE], uint32_t n);
/* An audit of enterprise n with 100 results, in the arena; request is a fresh id. The dataset has one of each
 * enterprise, of 2026-06-01. */
struct audit_record *dataset_audit(struct arena *a, uint32_t n, struct date on, const char *request);
uint32_t dataset_random(uint64_t *state);
