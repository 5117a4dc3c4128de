/* SPDX-License-Identifier: Apache-2.0 */
#include "client/write/wrap.h"

#include "client/write/out.h"
#include "client/write/utf8.h"

#include <string.h>

static void put_column(struct buf *b, int *column, int to)
{
    for (; *column < to; ++*column)
        buf_append(b, " ", 1);
}

void wrap_text(struct buf *b, const char *text, int at, int column, int end)
{
    put_column(b, &column, at);
    while (*text != '\0') {
        size_t length = strcspn(text, " \n");
        int width = utf8_width(text, length);
        if (column > at && column + 1 + width > end) {
            buf_append(b, "\n", 1);
            column = 0;
            put_column(b, &column, at);
        } else if (column > at) {
            buf_append(b, " ", 1);
            column++;
        }
        out_visible(b, text, length);
        column += width;
        text += length + strspn(text + length, " \n");
    }
    buf_append(b, "\n", 1);
}
