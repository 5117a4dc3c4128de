/* SPDX-License-Identifier: Apache-2.0 */
/* sme-ctl-due: reads items of due.list, packed, from standard input, and writes a calendar. Run by sme-ctl as
 * `sme-ctl due --ics`. */
#include "client/helper/due/calendar.h"
#include "client/xmalloc.h"
#include "common/codec.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool read_all(struct buf *in)
{
    char piece[64 * 1024];
    for (;;) {
        ssize_t n = read(STDIN_FILENO, piece, sizeof piece);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        buf_append(in, piece, (size_t)n);
        xmalloc_check(in);
    }
}

int main(void)
{
    struct arena a;
    struct buf in;
    struct err e = { 0 };
    void *items = NULL;
    size_t n = 0;
    arena_init(&a, SIZE_MAX);
    buf_init(&in, SIZE_MAX);
    if (!read_all(&in)) {
        fprintf(stderr, "sme-ctl: standard input: %s\n", strerror(errno));
        return 1;
    }
    if (codec_unpack_list(RECORD_due_item, in.data, in.size, &a, &items, &n, &e) != OK) {
        fprintf(stderr, "sme-ctl: %s; is the package complete?\n", e.message);
        return api_error(e.code)->exit;
    }
    const char *text = calendar_write(items, n, clock_now(clock_from_environment()), &a);
    bool written = text != NULL && fputs(text, stdout) != EOF && fflush(stdout) == 0;
    if (!written)
        fprintf(stderr, "sme-ctl: standard output: %s\n", strerror(text != NULL ? errno : ENOMEM));
    buf_fini(&in);
    arena_reset(&a);
    return written ? 0 : 1;
}
