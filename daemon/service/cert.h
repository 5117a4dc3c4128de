/* Certificates. What is recorded are the days on which one became active, suspended, active again,
 * withdrawn; that it expired follows from its last day, and nothing has to run for it. A certificate
 * that is granted but has not begun counts as active where it is listed, and not at all in a verdict. */
#pragma once

#include "daemon/service/call.h"

/* The certificate of a holder for an edition that began last by the day, in its state on that day.
 * *ret_state is 0 when there is none. */
int cert_newest(struct call *call, int64_t holder_id, int64_t edition_id, struct date as_of,
                enum certificate_state *ret_state, struct date *ret_valid_until);
