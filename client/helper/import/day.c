/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/day.h"

#include <string.h>

bool day_form_is_valid(const char *form)
{
    int years = 0, months = 0, days = 0, others = 0;
    for (const char *c = strchr(form, '%'); c != NULL; c = strchr(c + 1, '%')) {
        years += c[1] == 'Y' || c[1] == 'y';
        months += c[1] == 'm';
        days += c[1] == 'd';
        others += strchr("Yymd", c[1]) == NULL || c[1] == '\0';
    }
    return years == 1 && months == 1 && days == 1 && others == 0;
}

bool day_form_has_two_digits(const char *form)
{
    return strstr(form, "%y") != NULL;
}

bool day_years_from_is_valid(int year)
{
    return year >= 1900 && year + 99 <= 2200;
}

/* Reads up to most digits; false if there are fewer than least. */
static bool digits(const char **text, int least, int most, int *ret)
{
    int n = 0;
    for (*ret = 0; n < most && **text >= '0' && **text <= '9'; n++)
        *ret = *ret * 10 + (*(*text)++ - '0');
    return n >= least;
}

static bool is_rest(const char *text)
{
    return *text == '\0' || ((*text == ' ' || *text == 'T') && text[1] >= '0' && text[1] <= '9');
}

/* The year of these two digits that is from years_from to 99 years later. */
static int with_century(int two, int years_from)
{
    int year = years_from - years_from % 100 + two;
    return year < years_from ? year + 100 : year;
}

/* next: what the form has after this part. Without a character between them, 111 would be 1 and 11 or 11 and 1. */
static bool part(const struct day_form *form, char which, char next, const char **text, int ymd[3])
{
    int least = next == '%' || (next >= '0' && next <= '9') ? 2 : 1;
    if (which == 'Y')
        return digits(text, 4, 4, &ymd[0]);
    if (which != 'y')
        return digits(text, least, 2, which == 'm' ? &ymd[1] : &ymd[2]);
    if (!digits(text, 2, 2, &ymd[0]))
        return false;
    ymd[0] = with_century(ymd[0], form->years_from);
    return true;
}

bool day_parse(const struct day_form *form, const char *text, struct date *ret)
{
    int ymd[3] = { 0 };
    for (const char *f = form->text; *f != '\0'; f++) {
        if (*f != '%') {
            if (*f != *text++)
                return false;
            continue;
        }
        f++;
        if (!part(form, *f, f[1], &text, ymd))
            return false;
    }
    struct date date = date_of(ymd[0], ymd[1], ymd[2]);
    if (!is_rest(text) || !date_is_set(date))
        return false;
    *ret = date;
    return true;
}
