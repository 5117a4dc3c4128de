/* SPDX-License-Identifier: Apache-2.0 */
/* The way back from an upgrade: a copy of the database as the earlier version left it, since that version refuses an
 * upgraded one. It lies beside the database, as smed.db.before-VERSION with the version that upgrades. The next upgrade
 * replaces it. */
#pragma once

#include "daemon/store/store.h"

/* Makes and checks the copy, then removes that of an earlier upgrade. Writer, outside a transaction; tell may be NULL.
 * ERR_DISK_FULL says how much room it takes. A failure leaves everything as it was. */
int fallback_make(struct store *s, store_tell *tell, struct err *e);
