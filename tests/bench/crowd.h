/* SPDX-License-Identifier: Apache-2.0 */
/* A large group: 2,000 members of one cooperative, ten years of internal inspections against five editions, and what
 * its manager and its auditor ask every day. The time of each is compared with the plain statement that counts the
 * members' standings, on the same database in the same run. */
#pragma once

#include "tests/bench/report.h"

struct crowd {
    unsigned members, years, editions, repetitions;
};

/* The register is built in path, which must not be there, and stays. */
void crowd_measure(const struct crowd *crowd, const char *path, struct report *report);
