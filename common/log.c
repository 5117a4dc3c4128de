/* SPDX-License-Identifier: Apache-2.0 */
#include "common/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LOG_LINE = 1024 };

static enum log_level highest = LOG_INFO;
static bool for_journald;

void log_open(enum log_level level)
{
    highest = level;
    for_journald = getenv("JOURNAL_STREAM") != NULL;
}

bool log_level_parse(const char *text, enum log_level *ret)
{
    static const char *const names[] = { [LOG_ERROR] = "error",
                                         [LOG_WARNING] = "warning",
                                         [LOG_NOTICE] = "notice",
                                         [LOG_INFO] = "info",
                                         [LOG_DEBUG] = "debug" };
    for (int i = LOG_ERROR; i <= LOG_DEBUG; i++) {
        if (strcmp(text, names[i]) == 0) {
            *ret = (enum log_level)i;
            return true;
        }
    }
    return false;
}

bool log_wants(enum log_level level)
{
    return level <= highest;
}

/* One event is one line, whatever its text contains: a line break would forge an event, and an escape sequence would
 * control the reader's terminal. */
static size_t flatten(char *line, size_t from, int added)
{
    size_t end = from + (added > 0 ? (size_t)added : 0);
    if (end > LOG_LINE - 2)
        end = LOG_LINE - 2;
    for (size_t i = from; i < end; i++)
        if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
            line[i] = ' ';
    line[end] = '\n';
    return end + 1;
}

void log_write(enum log_level level, const char *format, ...)
{
    if (!log_wants(level))
        return;
    char line[LOG_LINE];
    size_t at = 0;
    if (for_journald)
        at = (size_t)snprintf(line, sizeof line, "<%d>", (int)level);
    va_list args;
    va_start(args, format);
    int added = vsnprintf(line + at, sizeof line - at, format, args);
    va_end(args);
    size_t size = flatten(line, at, added);
    /* If the log cannot be written, there is nowhere to report it. */
    ssize_t written = write(STDERR_FILENO, line, size);
    (void)written;
}
