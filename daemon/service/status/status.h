/* Where holders stand, for people to read: verdicts with their reasons. */
#pragma once

#include "daemon/service/standing/standing.h"

/* A standing with its clauses, blockers and certificate on the day. */
int status_of_standing(struct call *call, const struct ref *holder, int64_t holder_id,
                       const struct standing_state *state, struct date as_of, struct standing *ret);
/* The roll-ups of a cooperative on the day, by edition; edition_id 0: of each. */
int status_groups(struct call *call, int64_t cooperative_id, int64_t edition_id, struct date as_of,
                  struct group_status **ret, size_t *ret_n);
/* Its members on the day. */
int status_count_members(struct call *call, int64_t cooperative_id, struct date as_of, int64_t *ret);
/* The cursor of a list by code and edition, "CODE EDITION"; both empty at its start. */
int status_split_after(struct call *call, const struct page_options *options, const char **ret_code,
                       const char **ret_edition);
