/* SPDX-License-Identifier: Apache-2.0 */
/* A CSV file row by row: comma, semicolon or TAB as its header has it, quotes by RFC 4180 and
 * strictly, UTF-8 with or without a mark at its start, any line ends. Rows know their line. */
#pragma once

#include "client/helper/import/problem.h"

#include <stdio.h>

struct sheet_row {
    int line;     /* where it begins */
    char **cells; /* one for each column; trimmed where not quoted; valid during the call */
    size_t n;
};

struct sheet_reader {
    /* Once, before any row; the cells are the columns' names. False ends the reading. */
    bool (*header)(void *context, const struct sheet_row *header);
    void (*row)(void *context, const struct sheet_row *row);
    void *context;
    bool ragged; /* a row may have fewer cells than the header, or more: those that are missing are given as "" */
};

/* Reads the file; what is wrong with it, or with the form of a row, becomes a problem, and that row
 * is left out. False when it could not be read to its end, or its header was refused. */
bool sheet_read(const char *file, const struct sheet_reader *reader, struct problems *problems);
/* The same for a stream that is open; NULL with errno: it could not be opened. */
bool sheet_read_stream(FILE *in, const struct sheet_reader *reader, struct problems *problems);
/* The same for bytes in memory. */
bool sheet_parse(const char *data, size_t size, const struct sheet_reader *reader, struct problems *problems);
