/* SPDX-License-Identifier: Apache-2.0 */
#include "client/write/out.h"

#include "client/write/utf8.h"
#include "client/xmalloc.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIECE = 32 * 1024, COLUMNS_LEAST = 20, COLUMNS_MOST = 1000 };

static bool is_given(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0';
}

static bool has_color(bool terminal, enum out_color color)
{
    if (color != OUT_COLOR_AUTO)
        return color == OUT_COLOR_ALWAYS;
    const char *term = getenv("TERM");
    return terminal && !is_given("NO_COLOR") && term != NULL && strcmp(term, "dumb") != 0;
}

void out_init(struct out *o, int fd, enum out_color color, bool pager)
{
    bool terminal = fd >= 0 && isatty(fd);
    *o = (struct out){ .fd = fd, .utf8 = utf8_is_locale(), .color = has_color(terminal, color) };
    buf_init(&o->b, SIZE_MAX);
    struct winsize size = { 0 };
    if (terminal && ioctl(fd, TIOCGWINSZ, &size) == 0) {
        o->columns = size.ws_col > 0 ? size.ws_col : 80;
        o->lines = size.ws_row;
    }
    /* Also sets a width without a terminal. */
    long asked = is_given("COLUMNS") ? strtol(getenv("COLUMNS"), NULL, 10) : 0;
    if (asked >= COLUMNS_LEAST && asked <= COLUMNS_MOST)
        o->columns = (int)asked;
    o->pager = pager && o->lines > 0;
}

void out_flush(struct out *o)
{
    xmalloc_check(&o->b);
    if (o->fd < 0)
        return;
    size_t at = 0;
    while (at < o->b.size && !o->failed) {
        ssize_t n = write(o->fd, o->b.data + at, o->b.size - at);
        if (n >= 0) {
            at += (size_t)n;
        } else if (errno != EINTR) {
            fprintf(stderr, "sme-ctl: standard output: %s\n", strerror(errno));
            o->failed = true;
        }
    }
    buf_clear(&o->b);
}

void out_flush_some(struct out *o)
{
    if (o->b.size >= PIECE && !o->pager)
        out_flush(o);
}

static bool is_longer_than_screen(const struct out *o)
{
    int lines = 0;
    for (size_t i = 0; i < o->b.size && lines < o->lines; i++)
        lines += o->b.data[i] == '\n';
    return lines >= o->lines;
}

static const char *pager_command(void)
{
    const char *own = getenv("SME_PAGER");
    const char *common = getenv("PAGER");
    return own != NULL ? own : common != NULL ? common : "less -FRX";
}

/* The pager reads from a pipe; what it leaves unread on quitting does not matter. */
static bool page_out(struct out *o)
{
    const char *command = pager_command();
    int ends[2];
    if (*command == '\0' || strcmp(command, "cat") == 0 || pipe(ends) != 0)
        return false;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        setenv("LESS", "FRX", 0);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(ends[0]);
    if (child < 0) {
        close(ends[1]);
        return false;
    }
    signal(SIGPIPE, SIG_IGN);
    for (size_t at = 0; at < o->b.size;) {
        ssize_t n = write(ends[1], o->b.data + at, o->b.size - at);
        if (n < 0 && errno != EINTR)
            break;
        at += n > 0 ? (size_t)n : 0;
    }
    close(ends[1]);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return !(WIFEXITED(status) && WEXITSTATUS(status) == 127);
}

bool out_finish(struct out *o)
{
    xmalloc_check(&o->b);
    if (!(o->pager && is_longer_than_screen(o) && page_out(o)))
        out_flush(o);
    bool good = !o->failed;
    buf_fini(&o->b);
    return good;
}

/* Bytes of the control character that text begins with; 0 if none. */
static size_t control_size(const char *text, size_t length)
{
    unsigned char first = (unsigned char)text[0];
    if (first < ' ' || first == 0x7f)
        return 1;
    return first == 0xC2 && length > 1 && (unsigned char)text[1] < 0xA0 ? 2 : 0;
}

void out_visible(struct buf *b, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t control = control_size(text + i, length - i);
        buf_append(b, control > 0 ? " " : text + i, 1);
        i += control > 0 ? control : 1;
    }
}

void out_bold(struct out *o)
{
    if (o->color)
        buf_text(&o->b, "\033[1m");
}

void out_plain(struct out *o)
{
    if (o->color)
        buf_text(&o->b, "\033[0m");
}
