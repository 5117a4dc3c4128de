/* SPDX-License-Identifier: Apache-2.0 */
/* The log: one line per event on standard error, with the priority prefix that journald reads if standard error is its
 * stream. Any thread; each line is a single write. */
#pragma once

#include <stdbool.h>

/* As in syslog(3). */
enum log_level { LOG_ERROR = 3, LOG_WARNING = 4, LOG_NOTICE = 5, LOG_INFO = 6, LOG_DEBUG = 7 };

/* Call before any thread starts. Events above the level are not written. */
void log_open(enum log_level level);
bool log_level_parse(const char *text, enum log_level *ret);
bool log_wants(enum log_level level);
/* "what happened key=value key=value"; the caller quotes values that contain anything but word characters. Line breaks
 * become spaces. */
void log_write(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));
