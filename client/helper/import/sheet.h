/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a CSV file row by row: comma, semicolon or TAB, detected from the header; strict quoting by RFC 4180; UTF-8
 * with or without a byte order mark; any line ends. Rows know their line. */
#pragma once

#include "client/helper/import/problem.h"

#include <stdio.h>

struct sheet_row {
    int line;     /* where it begins */
    char **cells; /* one per column; trimmed unless quoted; valid during the call */
    size_t n;
};

struct sheet_reader {
    /* Called once, before any row, with the column names. False stops reading. */
    bool (*header)(void *context, const struct sheet_row *header);
    void (*row)(void *context, const struct sheet_row *row);
    void *context;
    bool ragged; /* a row may have fewer cells than the header, or more: missing ones are passed as "" */
};

/* Reads the file; errors in it or in the form of a row become problems, and that row is skipped. False if it could not
 * be read to its end, or its header was refused. */
bool sheet_read(const char *file, const struct sheet_reader *reader, struct problems *problems);
/* The same for an open stream; NULL with errno: it could not be opened. */
bool sheet_read_stream(FILE *in, const struct sheet_reader *reader, struct problems *problems);
/* The same for bytes in memory. */
bool sheet_parse(const char *data, size_t size, const struct sheet_reader *reader, struct problems *problems);
