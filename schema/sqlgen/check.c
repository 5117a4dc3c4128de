/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/sqlgen/sqlgen.h"

#include <ctype.h>
#include <string.h>

/* What only one engine understands, or understands differently: a word, or with ( a function. */
static const struct {
    const char *words, *why;
} refused[] = {
    { "rowid", "only SQLite has row ids" },
    { "date( time( now( datetime( strftime( julianday( unixepoch(", "days and instants come from the caller" },
    { "upper( lower( printf( iif( ifnull( glob( random( concat( to_char( group_concat( string_agg( array_agg(",
      "only one of the engines has it, or the two differ" },
    { "json_extract( json_each( json_array( json_object( json_group_array( json_group_object(",
      "only one of the engines has it, or the two differ" },
    { "true false ilike glob regexp pragma autoincrement", "only one of the engines has it, or the two differ" },
    { "real double float avg(", "figures are integers" },
};

/* Whether the word of length n at p, with a bracket behind it, is in the list. */
static bool is_listed(const char *words, const char *p, size_t n)
{
    while (*words != '\0') {
        size_t length = strcspn(words, " "), name = length - (words[length - 1] == '(');
        if (name == n && strncasecmp(words, p, n) == 0 && (name == length || p[n] == '('))
            return true;
        words += length + (words[length] == ' ');
    }
    return false;
}

static bool is_phrase(const char *p, const char *phrase)
{
    size_t n = strlen(phrase);
    return strncasecmp(p, phrase, n) == 0 && !text_is_word(p[n]);
}

static void check_word(const struct query *q, const char *p, size_t n)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (is_listed(refused[i].words, p, n))
            fail(q->at, "%s: '%.*s': %s", q->name, (int)n, p, refused[i].why);
    if (is_phrase(p, "insert or") || is_phrase(p, "replace into"))
        fail(q->at, "%s: write ON CONFLICT", q->name);
    if (is_phrase(p, "for update"))
        fail(q->at, "%s: FOR UPDATE: the writer is alone", q->name);
    if (is_phrase(p, "like") && strncmp(p + n + strspn(p + n, " "), "'%,", 3) != 0)
        fail(q->at, "%s: LIKE: the engines differ in case; only a list of numbers is searched with it", q->name);
    if (n == 1 && tolower((unsigned char)*p) == 'x' && p[1] == '\'')
        fail(q->at, "%s: bytes come as parameters", q->name);
}

static const char *check_mark(const struct query *q, const char *p)
{
    if (p[0] == ':' && p[1] == ':')
        fail(q->at, "%s: write CAST(x AS type), not ::", q->name);
    if (*p == '?')
        fail(q->at, "%s: parameters are named, as in $day", q->name);
    if (*p == ';')
        fail(q->at, "%s: one statement a query", q->name);
    return p + 1;
}

void check_query(const struct query *q)
{
    if (*q->text == '\0')
        fail(q->at, "%s: there is no statement", q->name);
    for (const char *p = q->text; *p != '\0';) {
        size_t n = text_word(p);
        if (n > 0)
            check_word(q, p, n);
        if (*p == '\'' || *p == '"')
            p = text_skip_quoted(p);
        else
            p = n > 0 ? p + n : check_mark(q, p);
    }
}
