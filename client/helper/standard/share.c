/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/standard/share.h"

#include <inttypes.h>
#include <stdio.h>

bool share_read(struct yaml *y, const struct yaml_pair *pair, uint32_t *ret_p, uint32_t *ret_q)
{
    const char *text = yaml_text(y, pair->value != NULL ? pair->value : pair->key);
    uint64_t p, q = 100;
    char percent[2] = "";
    int end = 0;
    if (text == NULL)
        return false;
    bool share = sscanf(text, "%" SCNu64 "/%" SCNu64 "%n", &p, &q, &end) == 2 && text[end] == '\0';
    if (!share && (sscanf(text, "%" SCNu64 " %1[%]%n", &p, percent, &end) != 2 || text[end] != '\0')) {
        yaml_complain(y, pair->value, "%s: must be a share such as 95/100 or 95%%, not '%s'", pair->name, text);
        return false;
    }
    if (q == 0 || q > SHARE_MAX || p > SHARE_MAX) {
        yaml_complain(y, pair->value, "%s: both numbers must be at most %d, the second at least 1", pair->name,
                      SHARE_MAX);
        return false;
    }
    *ret_p = (uint32_t)p;
    *ret_q = (uint32_t)q;
    return true;
}
