/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/sheet.h"

#include "client/helper/import/grow.h"
#include "client/xmalloc.h"
#include "common/mp.h"
#include "common/scope.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Far more than any register exports; keeps a wrong file from filling memory. */
enum { FILE_MAX = 512 * 1024 * 1024 };

struct parse {
    const struct sheet_reader *reader;
    struct problems *problems;
    struct arena row_arena; /* of the row being read */
    struct sheet_row row;
    size_t n_columns;
    int line;
    bool between, has_header, refused, broken; /* broken: the row has a cell that is not text */
};

static void add_cell(struct parse *p, const char *text, size_t size)
{
    struct sheet_row *row = &p->row;
    row->cells = grow_array(&p->row_arena, row->cells, row->n, sizeof *row->cells);
    row->cells[row->n++] = xmalloc_text(&p->row_arena, text, size);
}

static void take_cell(void *data, size_t size, void *context)
{
    struct parse *p = context;
    struct sheet_row *row = &p->row;
    const char *text = data != NULL ? data : "";
    if (!mp_text_is_valid(text, size)) {
        problem_add(p->problems, row->line, NULL, "cell %zu is not UTF-8; save the file as CSV UTF-8", row->n + 1);
        p->broken = true;
    }
    add_cell(p, text, size);
}

static bool is_blank(const struct sheet_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (*row->cells[i] != '\0')
            return false;
    return true;
}

static void give_row(struct parse *p)
{
    if (p->refused || is_blank(&p->row))
        return;
    if (!p->has_header) {
        p->has_header = true;
        p->n_columns = p->row.n;
        p->refused = p->broken || !p->reader->header(p->reader->context, &p->row);
    } else if (p->row.n != p->n_columns && !p->reader->ragged) {
        problem_add(p->problems, p->row.line, NULL, "the row has %zu cells, the header %zu", p->row.n, p->n_columns);
    } else if (!p->broken) {
        while (p->row.n < p->n_columns)
            add_cell(p, "", 0);
        p->reader->row(p->reader->context, &p->row);
    }
}

static void end_row(int end, void *context)
{
    struct parse *p = context;
    (void)end;
    give_row(p);
    arena_reset(&p->row_arena);
    p->row = (struct sheet_row){ 0 };
    p->between = true;
    p->broken = false;
}

/* After the newline, or after a carriage return without one. */
static size_t line_end(const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (data[i] == '\n' || (data[i] == '\r' && (i + 1 == size || data[i + 1] != '\n')))
            return i + 1;
    return size;
}

static unsigned char sniff(const char *header, size_t size)
{
    static const char candidates[] = ",;\t";
    size_t found[3] = { 0 };
    bool quoted = false;
    for (size_t i = 0; i < size; i++) {
        const char *c = header[i] != '\0' ? strchr(candidates, header[i]) : NULL;
        quoted ^= header[i] == '"';
        if (c != NULL && !quoted)
            found[c - candidates]++;
    }
    size_t best = found[1] > found[0] ? 1 : 0;
    return (unsigned char)candidates[found[2] > found[best] ? 2 : best];
}

static bool feed(struct parse *p, struct csv_parser *csv, const char *data, size_t size)
{
    while (size > 0 && !p->refused) {
        size_t n = line_end(data, size);
        p->line++;
        if (p->between)
            p->row.line = p->line;
        p->between = false;
        if (csv_parse(csv, data, n, take_cell, end_row, p) != n) {
            problem_add(p->problems, p->line, NULL,
                        "unexpected quote (\"); quote the whole cell and double the quotes in it");
            return false;
        }
        data += n;
        size -= n;
        if (p->row.n == 0 && csv->pstate == 0)
            p->between = true;
    }
    if (!p->refused && csv_fini(csv, take_cell, end_row, p) != 0) {
        problem_add(p->problems, p->row.line, NULL, "unterminated quoted cell");
        return false;
    }
    return !p->refused;
}

static bool check_encoding(const char **data, size_t *size, struct problems *problems)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (*size >= 2 && (memcmp(*data, "\xFF\xFE", 2) == 0 || memcmp(*data, "\xFE\xFF", 2) == 0)) {
        problem_add(problems, 1, NULL, "the file is UTF-16; save it as CSV UTF-8");
        return false;
    }
    if (*size >= 3 && memcmp(*data, mark, 3) == 0) {
        *data += 3;
        *size -= 3;
    }
    return true;
}

bool sheet_parse(const char *data, size_t size, const struct sheet_reader *reader, struct problems *problems)
{
    if (!check_encoding(&data, &size, problems))
        return false;
    struct parse p = { .reader = reader, .problems = problems, .between = true };
    struct csv_parser csv;
    if (csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI) != 0)
        xmalloc_need(NULL);
    csv_set_delim(&csv, sniff(data, line_end(data, size)));
    arena_init(&p.row_arena, SIZE_MAX);
    bool good = feed(&p, &csv, data, size);
    if (good && !p.has_header)
        problem_add(problems, 1, NULL, "the file is empty; its first row must name the columns");
    arena_reset(&p.row_arena);
    csv_free(&csv);
    return good && p.has_header;
}

static bool read_whole(FILE *in, struct buf *b)
{
    char piece[65536];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, in)) > 0)
        buf_append(b, piece, n);
    return !ferror(in) && !b->failed;
}

bool sheet_read_stream(FILE *in, const struct sheet_reader *reader, struct problems *problems)
{
    SCOPED(buf_fini) struct buf b;
    buf_init(&b, FILE_MAX);
    bool whole = in != NULL && read_whole(in, &b);
    if (!whole)
        problem_add(problems, 0, NULL, "cannot read: %s", b.failed ? "too big" : strerror(errno));
    return whole && sheet_parse((const char *)b.data, b.size, reader, problems);
}

bool sheet_read(const char *file, const struct sheet_reader *reader, struct problems *problems)
{
    FILE *in = fopen(file, "re");
    bool good = sheet_read_stream(in, reader, problems);
    if (in != NULL)
        fclose(in);
    return good;
}
