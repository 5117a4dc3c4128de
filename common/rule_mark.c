/* SPDX-License-Identifier: Apache-2.0 */
#include "common/rule_mark.h"

const char *rule_mark(bool unverified, bool ours)
{
    if (unverified && ours)
        return " (unverified, ours)";
    if (unverified)
        return " (unverified)";
    return ours ? " (ours)" : "";
}
