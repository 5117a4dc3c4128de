/* SPDX-License-Identifier: Apache-2.0 */
/* Responses against their edition: checked on arrival, interpreted when read back.
 *
 * Stored exactly as given; a class that follows from the level is derived each time. */
#pragma once

#include "daemon/service/standard/catalogue.h"

/* An interpreted response. */
struct answer {
    int32_t ordinal; /* of the requirement */
    enum result result;
    enum class class; /* 0: raises no finding */
    int64_t count;
};

struct responses {
    const struct response *rows;
    struct answer *answers; /* one per row */
    size_t n;
    int64_t conforming, nonconforming, not_applicable, not_assessed, major, minor, findings;
};

/* ERR_INVALID_PARAM names the row's field, responses[3].class, and the requirement. */
int response_check(struct call *call, const struct catalogue_edition *edition, const struct response *rows, size_t n,
                   struct responses *ret);
/* Stored responses, from their packed form. */
int response_read(struct call *call, const struct catalogue_edition *edition, struct bytes packed,
                  struct responses *ret);
