/* SPDX-License-Identifier: Apache-2.0 */
/* How far a rule's source is to be trusted, in words. */
#pragma once

#include <stdbool.h>

/* What follows the word "source" or the source itself: " (unverified)" if nobody has read it at first hand, " (ours)"
 * if it has no such figure, both, or "". Never NULL; constant. */
const char *rule_mark(bool unverified, bool ours);
