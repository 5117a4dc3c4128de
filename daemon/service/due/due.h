/* SPDX-License-Identifier: Apache-2.0 */
/* What is due. Nothing of it is kept: each source is a statement or two over what was recorded by the day asked about,
 * so that the answer about a past day is what was answered on that day. */
#pragma once

#include "daemon/service/call/call.h"

struct due_ask {
    int64_t holder_id;        /* this cooperative and its members, or this enterprise; 0: whatever is in scope */
    const char *scope;        /* resolve_scope_text() */
    int64_t standard_id;      /* 0: any */
    enum due_kind kind;       /* 0: any */
    struct date as_of, until; /* until: the last day told of */
    struct page items;        /* of struct due_item, the answer */
    struct page holders;      /* of due_holder() */
};

/* A part of the register from which things are due. */
struct due_source {
    unsigned kinds; /* that it may give, as bits 1 << enum due_kind */
    int (*gather)(struct call *call, struct due_ask *ask);
};

/* Fills ask->items, by day and then key. */
int due_gather(struct call *call, struct due_ask *ask);

/* The last day of a list that reaches so many days ahead, or as far as one does where nobody says. */
struct date due_until(struct date as_of, bool has_within, int64_t within);

/* For sources: whether something of this kind, on this day, is asked for; edition_id 0: on none. */
int due_wants(struct call *call, const struct due_ask *ask, enum due_kind kind, int64_t edition_id, struct date due_on,
              bool *ret);
/* Adds an item to the answer. kind, holder, name, due_on and what are given; record or subject names what of the holder
 * is due, and with kind and holder makes the key. Days left are filled in, and the edition's code by edition.id. */
int due_add(struct call *call, struct due_ask *ask, struct due_item *item, const char *subject);
/* What is due on the edition's behalf: 'iso-14001:2015'. */
int due_edition_code(struct call *call, int64_t edition_id, const char **ret);

/* Fills the code and name of a holder that the list is about; nothing for any other. */
int due_holder(struct call *call, struct due_ask *ask, int64_t holder_id, struct due_item *ret);

int due_duty_gather(struct call *call, struct due_ask *ask);
int due_cert_gather(struct call *call, struct due_ask *ask);
int due_edition_gather(struct call *call, struct due_ask *ask);
int due_inspection_gather(struct call *call, struct due_ask *ask);
int due_finding_gather(struct call *call, struct due_ask *ask);
