/* SPDX-License-Identifier: Apache-2.0 */
/* Money, decimals and durations as people write them. */
#pragma once

#include "common/api/api.h"
#include "common/arena.h"

/* '1200.50 USD' with as many decimals as ISO 4217 gives the currency. */
bool text_parse_money(const char *text, struct money *ret);
const char *text_format_money(struct money m, struct arena *a);
enum { TEXT_MONEY = 40 };
/* text holds TEXT_MONEY bytes; returns text. */
const char *text_put_money(struct money m, char *text);
/* '12.5' to 12500 thousandths: at most three decimals, not negative. */
bool text_parse_decimal(const char *text, int64_t *ret_thousandths);
enum { TEXT_DECIMAL = 24 };
/* With no more decimals than it needs. text holds TEXT_DECIMAL bytes; returns text. */
const char *text_put_decimal(int64_t thousandths, char *text);
/* '6h', '1h30', '90m', '1.5h', '6' (hours) to minutes. */
bool text_parse_duration(const char *text, int64_t *ret_minutes);
const char *text_format_duration(int64_t minutes, struct arena *a);
