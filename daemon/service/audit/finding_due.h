/* SPDX-License-Identifier: Apache-2.0 */
/* The findings open on a day and the next deadline of each: the source for due lists, certificates and counts. */
#pragma once

#include "daemon/service/audit/finding_deadline.h"

struct finding_due {
    int64_t id, holder_id, edition_id;
    int32_t ordinal;
    enum class class;
    enum audit_kind kind; /* of the audit that raised it */
    enum finding_state state;
    struct date raised_on, notified_on;
    struct finding_next next; /* step 0: nothing is due by any rule or move */
};

/* Every finding open on the day, by number: of a holder and, if it is a cooperative, of its members on that day;
 * holder_id 0: of all in scope. edition_id 0: of every edition. In the arena. */
int finding_due_list(struct call *call, int64_t holder_id, int64_t edition_id, struct date as_of,
                     struct finding_due **ret, size_t *ret_n);
static inline bool finding_due_is_over(const struct finding_due *f, struct date as_of)
{
    return f->next.step != 0 && date_before(f->next.due_on, as_of);
}
