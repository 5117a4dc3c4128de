/* SPDX-License-Identifier: Apache-2.0 */
/* What is due. Nothing is stored: each source is a query or two over what was recorded by the as_of day, so that a past
 * day gives the same answer as it did then. */
#pragma once

#include "daemon/service/call/call.h"

struct due_ask {
    int64_t holder_id;        /* this cooperative and its members, or this enterprise; 0: everything in scope */
    const char *scope;        /* resolve_scope_text() */
    int64_t standard_id;      /* 0: any */
    enum due_kind kind;       /* 0: any */
    bool all;                 /* with what was excused */
    bool singly;              /* words only about the one that is due on its day, not about later ones missed too */
    struct date as_of, until; /* until: the last day to list */
    struct page items;        /* of struct due_item, the answer */
    struct page holders;      /* of due_holder() */
};

/* A source of due items. */
struct due_source {
    unsigned kinds; /* kinds it may yield, as bits 1 << enum due_kind */
    int (*gather)(struct call *call, struct due_ask *ask);
};

/* Fills ask->items, by day and then key. */
int due_gather(struct call *call, struct due_ask *ask);

/* The last day of a list that reaches that many days ahead, by default if not given. */
struct date due_until(struct date as_of, bool has_within, int64_t within);

/* For sources: whether this kind on this day is wanted; edition_id 0: no edition. */
int due_wants(struct call *call, const struct due_ask *ask, enum due_kind kind, int64_t edition_id, struct date due_on,
              bool *ret);
/* Adds an item to the answer. kind, holder, name, due_on and what are given; record or subject says what is due and,
 * with kind and holder, forms the key. Fills in the days left and, from edition.id, the edition's code. */
int due_add(struct call *call, struct due_ask *ask, struct due_item *item, const char *subject);
/* The edition an item is due for: 'iso-14001:2015'. */
int due_edition_code(struct call *call, int64_t edition_id, const char **ret);

/* Fills the code and name of a holder that the list is about; does nothing for others. */
int due_holder(struct call *call, struct due_ask *ask, int64_t holder_id, struct due_item *ret);

/* Takes out what was excused, or with ask->all tells of it too. */
int due_excused_apply(struct call *call, struct due_ask *ask);

int due_duty_gather(struct call *call, struct due_ask *ask);
int due_cert_gather(struct call *call, struct due_ask *ask);
int due_edition_gather(struct call *call, struct due_ask *ask);
int due_inspection_gather(struct call *call, struct due_ask *ask);
int due_finding_gather(struct call *call, struct due_ask *ask);
