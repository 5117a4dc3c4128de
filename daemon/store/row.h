/* SPDX-License-Identifier: Apache-2.0 */
/* From a row to a record: column i fills field i of the record's declaration, and bears its name. */
#pragma once

#include "daemon/store/store.h"

/* Fills *ret (api_records[record].size bytes, zeroed by the caller) from the current row of q.
 * Column names must equal the field names; a MONEY field takes two columns, <name> (minor units)
 * and <name>_currency; a numbered noun's REF takes the number; a coded noun's REF its code; NEST
 * and LIST fields take no column. Columns beyond the record's are left to the caller. A column that
 * does not fit is ERR_INTERNAL: the query and the record disagree. */
int row_to_record(const struct stmt *q, enum record_id record, struct arena *a, void *ret, struct err *e);
/* How many columns row_to_record takes. */
int row_columns(enum record_id record);
