/* SPDX-License-Identifier: Apache-2.0 */
/* Standard output: what is written is kept until it is a good piece, and on a terminal until the
 * end, where it goes through the pager if it is longer than the screen. */
#pragma once

#include "common/buf.h"

struct out {
    struct buf b; /* append here, then call out_flush_some now and then */
    int fd;       /* -1: kept in b, for tests */
    int columns;  /* of the terminal; 0: not a terminal, nothing is fitted */
    int lines;
    bool color;
    bool utf8;   /* whether bars and ellipses may be drawn */
    bool pager;  /* allowed */
    bool failed; /* writing failed; errno said so on standard error */
};

enum out_color { OUT_COLOR_AUTO, OUT_COLOR_ALWAYS, OUT_COLOR_NEVER };

/* fd is not owned. Looks at the terminal, NO_COLOR, TERM and COLUMNS. */
void out_init(struct out *o, int fd, enum out_color color, bool pager);
/* Writes what is left, through the pager if need be; false if anything failed. */
bool out_finish(struct out *o);
/* Writes if a good piece has come together and the output is not for a pager. */
void out_flush_some(struct out *o);
/* Writes all there is now, for an output that is watched or streamed. */
void out_flush(struct out *o);

/* Appends text with blanks for control characters (C0, DEL and C1): what somebody put into the register must not
 * command the terminal of somebody else. */
void out_visible(struct buf *b, const char *text, size_t length);

/* Starts and ends a style on a terminal with colour; nothing elsewhere. */
void out_bold(struct out *o);
void out_plain(struct out *o);
