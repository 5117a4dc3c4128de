/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/digest/mail.h"

#include "client/call/child.h"
#include "common/uuid.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A line with an encoded word is at most 76 characters (RFC 2047 2): with "Subject: =?UTF-8?B?" and "?=", 39 bytes make
 * 73. */
enum { WORD_BYTES = 39, DATE_LINE = 64, ADDRESS_MAX = 200 };

bool mail_is_address(const char *text)
{
    static const char others[] = "!#$%&'*+-/=?^_`{|}~.@";
    const char *at = strchr(text, '@');
    if (at == NULL || at == text || at[1] == '\0' || strchr(at + 1, '@') != NULL || strlen(text) > ADDRESS_MAX)
        return false;
    for (const char *c = text; *c != '\0'; c++)
        if (!(isascii((unsigned char)*c) && isalnum((unsigned char)*c)) && strchr(others, *c) == NULL)
            return false;
    return text[0] != '-';
}

static void put_base64(struct buf *out, const unsigned char *data, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        unsigned b = (unsigned)data[i] << 16 | (i + 1 < n ? (unsigned)data[i + 1] << 8 : 0)
                     | (i + 2 < n ? (unsigned)data[i + 2] : 0);
        char four[] = { digits[b >> 18], digits[b >> 12 & 63], i + 1 < n ? digits[b >> 6 & 63] : '=',
                        i + 2 < n ? digits[b & 63] : '=' };
        buf_append(out, four, sizeof four);
    }
}

/* Bytes of the longest prefix that ends between characters. */
static size_t whole_characters(const char *text, size_t n)
{
    size_t most = n < WORD_BYTES ? n : WORD_BYTES;
    while (most > 1 && most < n && ((unsigned char)text[most] & 0xc0) == 0x80)
        most--;
    return most;
}

/* Always encoded words, so that nothing in it can act as a header, a fold or an encoded word. */
static void put_subject(struct buf *out, const char *subject)
{
    char clean[WORD_BYTES];
    size_t left = strlen(subject);
    buf_text(out, "Subject:");
    for (const char *at = subject; left > 0;) {
        size_t n = whole_characters(at, left);
        for (size_t i = 0; i < n; i++)
            clean[i] = (unsigned char)at[i] < ' ' || at[i] == 0x7f ? ' ' : at[i];
        buf_text(out, at == subject ? " =?UTF-8?B?" : "\n =?UTF-8?B?");
        put_base64(out, (const unsigned char *)clean, n);
        buf_text(out, "?=");
        at += n;
        left -= n;
    }
    buf_text(out, "\n");
}

static void put_date(struct buf *out, struct instant now)
{
    char line[DATE_LINE];
    struct tm tm;
    time_t seconds = (time_t)(now.us / 1000000);
    if (gmtime_r(&seconds, &tm) != NULL && strftime(line, sizeof line, "Date: %a, %d %b %Y %H:%M:%S +0000\n", &tm) > 0)
        buf_text(out, line);
}

void mail_compose(const struct mail *m, struct buf *out)
{
    char id[UUID_TEXT];
    uuid_make(id);
    buf_printf(out, "From: smed <%s>\nTo: <%s>\n", m->from, m->to);
    put_subject(out, m->subject);
    put_date(out, m->now);
    buf_printf(out, "Message-ID: <%s%s>\n", id, strchr(m->from, '@'));
    buf_text(out, "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
                  "Auto-Submitted: auto-generated\n\n");
    buf_text(out, m->body);
}

int mail_send(const char *program, const struct buf *message, struct err *e)
{
    int fd = child_input(message);
    pid_t child = fd >= 0 ? fork() : -1;
    if (child == 0) {
        dup2(fd, STDIN_FILENO);
        dup2(STDERR_FILENO, STDOUT_FILENO);
        execl(program, program, "-t", "-i", (char *)NULL);
        _exit(127);
    }
    int error = errno;
    if (fd >= 0)
        close(fd);
    if (child < 0)
        return err_set(e, ERR_INTERNAL, NULL, "%s: %s", program, strerror(error));
    int status = child_wait(child);
    if (WIFSIGNALED(status))
        return err_set(e, ERR_INTERNAL, NULL, "%s was killed by signal %d", program, WTERMSIG(status));
    if (WEXITSTATUS(status) != 0)
        return err_set(e, ERR_INTERNAL, NULL, "%s exited with status %d%s", program, WEXITSTATUS(status),
                       WEXITSTATUS(status) == 127 ? "; can it be run?" : "");
    return OK;
}

const char *mail_program(void)
{
    static const char usual[] = "/usr/sbin/sendmail";
    const char *own = getenv("SME_SENDMAIL");
    if (own != NULL)
        return *own != '\0' ? own : NULL;
    return access(usual, X_OK) == 0 ? usual : NULL;
}
