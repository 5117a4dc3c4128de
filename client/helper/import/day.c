/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/day.h"

#include <string.h>

bool day_form_is_valid(const char *form)
{
    int years = 0, months = 0, days = 0, others = 0;
    for (const char *c = strchr(form, '%'); c != NULL; c = strchr(c + 1, '%')) {
        years += c[1] == 'Y';
        months += c[1] == 'm';
        days += c[1] == 'd';
        others += strchr("Ymd", c[1]) == NULL || c[1] == '\0';
    }
    return years == 1 && months == 1 && days == 1 && others == 0;
}

/* Reads up to most digits; false if there is none. */
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

bool day_parse(const char *form, const char *text, struct date *ret)
{
    int year = 0, month = 0, day = 0;
    for (; *form != '\0'; form++) {
        bool good;
        if (*form != '%')
            good = *form == *text++;
        else if (*++form == 'Y')
            good = digits(&text, 4, 4, &year);
        else
            good = digits(&text, 1, 2, *form == 'm' ? &month : &day);
        if (!good)
            return false;
    }
    struct date date = date_of(year, month, day);
    if (!is_rest(text) || !date_is_set(date))
        return false;
    *ret = date;
    return true;
}
