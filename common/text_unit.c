/* SPDX-License-Identifier: Apache-2.0 */
#include "common/text_unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Currencies whose decimals are not 2 (ISO 4217). */
static int decimals(const char *currency)
{
    static const char none[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
    static const char three[] = "BHD IQD JOD KWD LYD OMR TND";
    static const char four[] = "CLF UYW";
    if (strstr(none, currency) != NULL)
        return 0;
    if (strstr(three, currency) != NULL)
        return 3;
    return strstr(four, currency) != NULL ? 4 : 2;
}

/* Reads digits into *value; false if there is none or the number exceeds max. */
static bool read_digits(const char **text, int64_t max, int64_t *value, int *ret_n)
{
    int n = 0;
    for (; **text >= '0' && **text <= '9'; ++*text, n++) {
        int digit = **text - '0';
        if (*value > (max - digit) / 10)
            return false;
        *value = *value * 10 + digit;
    }
    *ret_n = n;
    return n > 0;
}

static bool is_currency(const char *text)
{
    for (int i = 0; i < 3; i++)
        if (text[i] < 'A' || text[i] > 'Z')
            return false;
    return text[3] == '\0';
}

/* Amounts are never negative, and their sums must not overflow. */
static const int64_t MONEY_MAX = INT64_C(1000000000000000);

bool text_parse_money(const char *text, struct money *ret)
{
    const char *space = strrchr(text, ' ');
    int64_t minor = 0;
    int digits, fraction = 0;
    if (space == NULL || !is_currency(space + 1) || !read_digits(&text, MONEY_MAX, &minor, &digits))
        return false;
    int places = decimals(space + 1);
    if (*text == '.' && (++text, !read_digits(&text, MONEY_MAX, &minor, &fraction)))
        return false;
    if (text != space || fraction > places)
        return false;
    for (; fraction < places; fraction++, minor *= 10)
        if (minor > MONEY_MAX / 10)
            return false;
    ret->minor = minor;
    memcpy(ret->currency, space + 1, sizeof ret->currency);
    return true;
}

const char *text_put_money(struct money m, char *text)
{
    int places = decimals(m.currency);
    int64_t unit = 1;
    for (int i = 0; i < places; i++)
        unit *= 10;
    if (places == 0)
        snprintf(text, TEXT_MONEY, "%" PRId64 " %.3s", m.minor, m.currency);
    else
        snprintf(text, TEXT_MONEY, "%" PRId64 ".%0*" PRId64 " %.3s", m.minor / unit, places, m.minor % unit,
                 m.currency);
    return text;
}

const char *text_format_money(struct money m, struct arena *a)
{
    char text[TEXT_MONEY];
    return arena_dup(a, text_put_money(m, text));
}

bool text_parse_decimal(const char *text, int64_t *ret_thousandths)
{
    const int64_t most = INT64_MAX / 1000 - 1;
    int64_t number = 0;
    int digits, decimals = 0;
    if (!read_digits(&text, most, &number, &digits))
        return false;
    if (*text == '.' && (++text, !read_digits(&text, INT64_MAX, &number, &decimals)))
        return false;
    if (*text != '\0' || decimals > 3)
        return false;
    for (; decimals < 3; decimals++)
        number *= 10;
    *ret_thousandths = number;
    return true;
}

const char *text_put_decimal(int64_t thousandths, char *text)
{
    int length = snprintf(text, TEXT_DECIMAL, "%" PRId64 ".%03" PRId64, thousandths / 1000, thousandths % 1000);
    while (text[length - 1] == '0')
        text[--length] = '\0';
    if (text[length - 1] == '.')
        text[--length] = '\0';
    return text;
}

/* Minutes from the decimals of an hour: 5 of 1 digit is 30. */
static bool read_fraction(const char **text, int64_t *ret_minutes)
{
    int64_t value = 0, unit = 1;
    int digits;
    if (!read_digits(text, 9999, &value, &digits) || digits > 4)
        return false;
    for (; digits > 0; digits--)
        unit *= 10;
    *ret_minutes = (value * 60 + unit / 2) / unit;
    return true;
}

/* What follows the first number: 1h, 1h30, 1h30m, or the end. */
static bool read_hours(const char *text, int64_t hours, int64_t minutes, bool is_exact, int64_t *ret)
{
    int64_t more = 0;
    int digits;
    if (*text == 'h')
        text++;
    if (*text != '\0' && is_exact && text[-1] == 'h') {
        if (!read_digits(&text, 59, &more, &digits))
            return false;
        if (*text == 'm')
            text++;
    }
    *ret = hours * 60 + minutes + more;
    return *text == '\0';
}

bool text_parse_duration(const char *text, int64_t *ret_minutes)
{
    enum { HOURS_MAX = 10000000 };
    int64_t number = 0, part = 0, minutes = 0;
    int digits;
    if (!read_digits(&text, HOURS_MAX, &number, &digits))
        return false;
    bool has_point = *text == '.' || *text == ',';
    if (has_point && (++text, !read_fraction(&text, &part)))
        return false;
    if (strcmp(text, "m") == 0 && !has_point)
        minutes = number;
    else if (!read_hours(text, number, part, !has_point, &minutes))
        return false;
    *ret_minutes = minutes;
    return true;
}

const char *text_format_duration(int64_t minutes, struct arena *a)
{
    if (minutes % 60 == 0)
        return arena_printf(a, "%" PRId64 "h", minutes / 60);
    if (minutes < 60)
        return arena_printf(a, "%" PRId64 "m", minutes);
    return arena_printf(a, "%" PRId64 "h%02" PRId64, minutes / 60, minutes % 60);
}
