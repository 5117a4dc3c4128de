/* SPDX-License-Identifier: Apache-2.0 */
/* Standard output, buffered in large pieces; on a terminal until the end, and then sent through the pager if longer
 * than the screen. */
#pragma once

#include "common/buf.h"

struct out {
    struct buf b; /* append here, and call out_flush_some now and then */
    int fd;       /* -1: kept in b, for tests */
    int columns;  /* of the terminal; 0: not a terminal, nothing is fitted */
    int lines;
    bool color;
    bool utf8;   /* whether bars and ellipses may be drawn */
    bool pager;  /* allowed */
    bool failed; /* writing failed; reported on standard error */
};

enum out_color { OUT_COLOR_AUTO, OUT_COLOR_ALWAYS, OUT_COLOR_NEVER };

/* fd is not owned. Looks at the terminal, NO_COLOR, TERM and COLUMNS. */
void out_init(struct out *o, int fd, enum out_color color, bool pager);
/* Writes the rest, through the pager if needed; false if anything failed. */
bool out_finish(struct out *o);
/* Writes if enough has accumulated and the output is not for a pager. */
void out_flush_some(struct out *o);
/* Writes everything now, for output that is watched or streamed. */
void out_flush(struct out *o);

/* Appends text with spaces for control characters (C0, DEL and C1): text in the register must not control another
 * user's terminal. */
void out_visible(struct buf *b, const char *text, size_t length);

/* Starts and ends a style on a terminal with colour; nothing elsewhere. */
void out_bold(struct out *o);
void out_plain(struct out *o);
