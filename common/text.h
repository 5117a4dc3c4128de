/* Between a field and the text a person reads or writes: options, CSV cells, table cells. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

/* Parses text into the member of *owner that f describes; the inverse of text_from_field. A LIST
 * takes one row per call and appends it: comma-separated in positional order, or name=value,...
 * A BOOL takes yes, no, true, false. A CHOICE takes a unique prefix. ERR_INVALID_PARAM with the
 * field, what it takes, and the closest choice where there is one. */
int text_to_field(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e);
/* The member as text in the arena; NULL when it is not given. Lists become their count. */
const char *text_from_field(const struct field *f, const void *owner, struct arena *a);
bool text_field_is_set(const struct field *f, const void *owner);
/* How a person writes this field: DATE, N, role|role, HOURS, ... */
const char *text_placeholder(const struct field *f, struct arena *a);

/* '1200.50 USD' with as many decimals as ISO 4217 gives the currency. */
bool text_parse_money(const char *text, struct money *ret);
const char *text_format_money(struct money m, struct arena *a);
enum { TEXT_MONEY = 40 };
/* text holds TEXT_MONEY bytes; returns text. */
const char *text_put_money(struct money m, char *text);
/* '6h', '1h30', '90m', '1.5h', '6' (hours) to minutes. */
bool text_parse_duration(const char *text, int64_t *ret_minutes);
const char *text_format_duration(int64_t minutes, struct arena *a);
