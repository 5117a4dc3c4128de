/* SPDX-License-Identifier: Apache-2.0 */
/* What an import did, for a person: rows, and how often each code of the file was met. */
#pragma once

#include "client/helper/import/send.h"

void summary_print(const struct send *s, bool dry_run);
