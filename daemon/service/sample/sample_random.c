/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/sample/sample_random.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_key(const void *a, const void *b)
{
    const struct sample_unit *x = a, *y = b;
    int order = memcmp(x->key, y->key, sizeof x->key);
    return order != 0 ? order : strcmp(x->facts->enterprise.text, y->facts->enterprise.text);
}

bool sample_random_order(const uint8_t seed[DIGEST_SIZE], struct sample_unit *units, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *code = units[i].facts->enterprise.text;
        const struct bytes parts[] = { { seed, DIGEST_SIZE }, { (const uint8_t *)code, strlen(code) } };
        if (!digest_parts(parts, 2, units[i].key))
            return false;
    }
    if (n > 0)
        qsort(units, n, sizeof *units, by_key);
    return true;
}

bool sample_random_seed(const uint8_t previous[DIGEST_SIZE], struct instant at, uint8_t ret[DIGEST_SIZE])
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRId64, at.us);
    const struct bytes parts[] = { { previous, DIGEST_SIZE }, { (const uint8_t *)digits, (size_t)length } };
    return digest_parts(parts, 2, ret);
}
