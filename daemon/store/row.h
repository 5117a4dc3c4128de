/* SPDX-License-Identifier: Apache-2.0 */
/* Turns a row into a record. sqlgen has checked at build time that the columns match the record. */
#pragma once

#include "daemon/store/store.h"

/* Fills *ret (api_records[record].size bytes, zeroed by the caller) from the current row of q, whose query says
 * "-- record: " and its name. Column i fills field i; a MONEY field takes two columns, the second for its currency; a
 * numbered noun's REF takes the number; a coded noun's REF its code; NEST and LIST fields take no column. Columns
 * beyond the record's are left to the caller. A value that does not fit, and a query of another record, is
 * ERR_INTERNAL. */
int row_to_record(const struct stmt *q, enum record_id record, struct arena *a, void *ret, struct err *e);
