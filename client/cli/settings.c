/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cli/settings.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char *const color_names[] = { "auto", "always", "never", NULL };

enum { JSON, JSONL, CSV, WIDE_COLUMNS, LIMIT, HOST, SOCKET, TIMEOUT, COLOR, NO_PAGER, VERSION, HELP };

const struct settings_option settings_options[] = {
    [JSON] = { .name = "json", .doc = "Print one JSON document" },
    [JSONL] = { .name = "jsonl", .doc = "Print one JSON document per line" },
    [CSV] = { .name = "csv", .doc = "Print comma-separated values" },
    [WIDE_COLUMNS] = { .name = "wide", .letter = 'w', .doc = "Show all columns of a table" },
    [LIMIT] = { "limit", "N", "Maximum number of rows", .lists = true },
    [HOST] = { "host", "USER@HOST", "Connect to the daemon on another host, through ssh", .letter = 'H' },
    [SOCKET] = { "socket", "PATH", "Connect to the daemon at this socket", .letter = 0 },
    [TIMEOUT] = { "timeout", "SECONDS", "Maximum time to wait for an answer", .letter = 0 },
    [COLOR] = { "color", "WHEN", "When to use bold type: auto, always or never", .choices = color_names },
    [NO_PAGER] = { .name = "no-pager", .doc = "Do not start a pager" },
    [VERSION] = { .name = "version", .doc = "Print the version of sme-ctl" },
    [HELP] = { .name = "help", .letter = 'h', .doc = "Print this help" },
};
const size_t settings_n_options = sizeof settings_options / sizeof settings_options[0];

static int parse_count(const char *text, long long most, int64_t *ret, struct err *e)
{
    char *end;
    errno = 0;
    long long n = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || n < 1 || n > most)
        return err_set(e, ERR_INVALID_PARAM, NULL, "'%s' must be a number from 1 to %lld", text, most);
    *ret = n;
    return OK;
}

static int parse_color(const char *text, enum out_color *ret, struct err *e)
{
    for (int i = 0; color_names[i] != NULL; i++)
        if (strcmp(color_names[i], text) == 0) {
            *ret = (enum out_color)i;
            return OK;
        }
    return err_set(e, ERR_INVALID_PARAM, NULL, "'%s' must be auto, always or never", text);
}

static int apply_value(struct settings *s, int which, const char *value, struct err *e)
{
    int64_t seconds = 0;
    switch (which) {
    case LIMIT:
        return parse_count(value, LLONG_MAX, &s->limit, e);
    case TIMEOUT:
        if (parse_count(value, 1000000, &seconds, e) == OK)
            s->timeout_s = (int)seconds;
        return e->code;
    case COLOR:
        return parse_color(value, &s->color, e);
    case HOST:
        s->host = value;
        return OK;
    default:
        s->socket = value;
        return OK;
    }
}

int settings_apply(struct settings *s, const struct settings_option *option, const char *value, struct err *e)
{
    int which = (int)(option - settings_options);
    if (option->placeholder != NULL) {
        if (apply_value(s, which, value, e) != OK)
            return err_wrap(e, "--%s ", option->name);
        return OK;
    }
    if (which <= CSV)
        s->style.format = (enum writer_format)(WRITER_JSON + which);
    s->style.wide |= which == WIDE_COLUMNS;
    s->no_pager |= which == NO_PAGER;
    s->version |= which == VERSION;
    s->help |= which == HELP;
    return OK;
}
