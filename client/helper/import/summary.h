/* SPDX-License-Identifier: Apache-2.0 */
/* A summary of an import for people: rows, and how often each code of the file occurred. */
#pragma once

#include "client/helper/import/send.h"

void summary_print(const struct send *s, bool dry_run);
