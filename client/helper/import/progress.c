/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 40 };

bool progress_is_wanted(void)
{
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && term != NULL && strcmp(term, "dumb") != 0;
}

void progress_show(const char *what, size_t done, size_t all)
{
    char bar[WIDTH + 1];
    if (done >= all) {
        fputs("\r\x1b[K", stderr);
        return;
    }
    size_t filled = done * WIDTH / all;
    memset(bar, '.', WIDTH);
    memset(bar, '#', filled);
    bar[WIDTH] = '\0';
    fprintf(stderr, "\r%-9s %s %zu/%zu\x1b[K", what, bar, done, all);
    fflush(stderr);
}
