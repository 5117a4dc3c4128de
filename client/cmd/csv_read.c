#include "client/cmd/csv_read.h"

#include <string.h>
#include <strings.h>

static size_t count_until_line_end(const struct csv_read *c, char what)
{
    size_t n = 0;
    for (const char *p = c->at; p < c->end && *p != '\n'; p++)
        n += *p == what;
    return n;
}

void csv_read_init(struct csv_read *c, char *text, size_t size)
{
    *c = (struct csv_read){ .at = text, .end = text + size, .separator = ',', .next_line = 1 };
    text[size] = '\0';
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        c->at += 3;
    size_t most = count_until_line_end(c, ',');
    for (const char *other = ";\t"; *other != '\0'; other++)
        if (count_until_line_end(c, *other) > most) {
            c->separator = *other;
            most = count_until_line_end(c, *other);
        }
}

static int bad(const struct csv_read *c, const char *why, struct err *e)
{
    err_set(e, ERR_INVALID_PARAM, NULL, "line %d: %s", c->line, why);
    return -1;
}

/* The cell after its opening quote; doubled quotes become one. */
static int take_quoted(struct csv_read *c, char **ret, struct err *e)
{
    char *to = *ret = ++c->at;
    for (;; c->at++) {
        if (c->at == c->end)
            return bad(c, "a quoted cell does not end", e);
        if (*c->at == '"' && *++c->at != '"')
            break;
        if (*c->at == '\0')
            return bad(c, "a NUL byte", e);
        c->next_line += *c->at == '\n';
        *to++ = *c->at;
    }
    if (c->at < c->end && strchr("\r\n", *c->at) == NULL && *c->at != c->separator)
        return bad(c, "text after a quoted cell", e);
    /* What ends the cell is read before it may be overwritten: to is at least a quote behind. */
    *to = '\0';
    return 1;
}

static int take_plain(struct csv_read *c, char **ret, struct err *e)
{
    *ret = c->at;
    while (c->at < c->end && *c->at != c->separator && *c->at != '\n' && *c->at != '\r') {
        if (*c->at == '"')
            return bad(c, "a quote inside an unquoted cell; quote the whole cell and double the quote", e);
        if (*c->at++ == '\0')
            return bad(c, "a NUL byte", e);
    }
    return 1;
}

/* Steps over what ends a cell (CR, LF or both end a line); true if the row goes on. */
static bool take_end(struct csv_read *c)
{
    char *mark = c->at;
    bool more = c->at < c->end && *c->at == c->separator;
    if (more) {
        c->at++;
    } else {
        c->at += c->at < c->end && *c->at == '\r';
        c->at += c->at < c->end && *c->at == '\n';
        c->next_line++;
    }
    *mark = '\0';
    return more;
}

int csv_read_row(struct csv_read *c, struct err *e)
{
    if (c->at >= c->end)
        return 0;
    c->line = c->next_line;
    c->n_cells = 0;
    bool more = true;
    while (more) {
        if (c->n_cells == CSV_READ_CELLS)
            return bad(c, "too many cells", e);
        char **cell = &c->cells[c->n_cells++];
        int code = *c->at == '"' ? take_quoted(c, cell, e) : take_plain(c, cell, e);
        if (code < 0)
            return code;
        more = take_end(c);
    }
    return 1;
}

int csv_read_column(const struct csv_read *c, const char *name)
{
    for (int i = 0; i < c->n_cells; i++)
        if (strcasecmp(c->cells[i], name) == 0)
            return i;
    return -1;
}
