/* SPDX-License-Identifier: Apache-2.0 */
/* Messages: what is an address, and that nothing in a name becomes a header. */
#include "client/helper/digest/mail.h"
#include "common/scope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void test_addresses(void **state)
{
    (void)state;
    static const char *const good[] = { "a@b", "ana.maria+alfa@mail.example.org", "o'neil@x-y.example" };
    static const char *const bad[] = { "",           "a",     "@b",     "a@",    "a@b@c",      "a b@c",
                                       "a@b\nBcc:c", "a@b,c", "<a@b>",  "-a@b",  "a@b;c",      "\"a\"@b",
                                       "a@b\r",      "ñ@b",   "a@b(c)", "a@b c", "a@[1.2.3.4]" };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(mail_is_address(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (mail_is_address(bad[i]))
            fail_msg("'%s' passes", bad[i]);
}

static struct buf compose(const char *subject, const char *body)
{
    struct buf out;
    struct mail m = { .from = "smed@example.org", .to = "ana@example.org", .subject = subject, .body = body };
    assert_true(instant_parse("2026-11-25T06:07:08Z", 20, &m.now));
    buf_init(&out, SIZE_MAX);
    mail_compose(&m, &out);
    buf_append(&out, "", 1);
    assert_false(out.failed);
    return out;
}

/* The names of the headers, in order. */
static const char *headers(const char *message)
{
    static char names[512];
    names[0] = '\0';
    for (const char *line = message; *line != '\n'; line = strchr(line, '\n') + 1) {
        size_t length = strcspn(line, "\n");
        assert_true(length <= 76);
        if (*line == ' ')
            continue;
        const char *colon = memchr(line, ':', length);
        assert_non_null(colon);
        snprintf(names + strlen(names), sizeof names - strlen(names), "%.*s ", (int)(colon - line), line);
    }
    return names;
}

static const char all[] = "From To Subject Date Message-ID MIME-Version Content-Type Content-Transfer-Encoding "
                          "Auto-Submitted ";

static void test_headers(void **state)
{
    (void)state;
    SCOPED(buf_fini) struct buf out = compose("Alfa", "Hello\n");
    const char *text = (const char *)out.data;
    assert_string_equal(headers(text), all);
    assert_non_null(strstr(text, "\nTo: <ana@example.org>\n"));
    assert_non_null(strstr(text, "\nSubject: =?UTF-8?B?QWxmYQ==?=\n"));
    assert_non_null(strstr(text, "\nDate: Wed, 25 Nov 2026 06:07:08 +0000\n"));
    assert_non_null(strstr(text, "\n\nHello\n"));
}

static void test_no_header_from_a_name(void **state)
{
    (void)state;
    SCOPED(buf_fini) struct buf out = compose("Alfa\nBcc: eve@example.org\r\n\r\nbody", "");
    const char *text = (const char *)out.data;
    assert_string_equal(headers(text), all);
    assert_null(strstr(text, "Bcc"));
}

static size_t decode(const char *word, size_t length, char *ret)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t n = 0;
    unsigned bits = 0;
    for (size_t i = 0; i < length && word[i] != '='; i++) {
        bits = bits << 6 | (unsigned)(strchr(digits, word[i]) - digits);
        if (i % 4 > 0)
            ret[n++] = (char)(bits >> (i % 4 == 1 ? 4 : i % 4 == 2 ? 2 : 0) & 0xff);
    }
    return n;
}

/* Each encoded word holds whole characters (RFC 2047 5), and together they are the subject. */
static void test_long_subject(void **state)
{
    (void)state;
    char subject[201] = "x", decoded[256];
    size_t n = 0, words = 0;
    for (size_t i = 1; i + 2 < sizeof subject; i += 2)
        memcpy(subject + i, "\xc3\xb1", 3);
    SCOPED(buf_fini) struct buf out = compose(subject, "");
    const char *text = (const char *)out.data;
    assert_string_equal(headers(text), all);
    for (const char *word = strstr(text, "?B?"); word != NULL; word = strstr(word + 1, "?B?"), words++) {
        assert_true(n == 0 || (unsigned char)decoded[n - 1] != 0xc3);
        n += decode(word + 3, strcspn(word + 3, "?"), decoded + n);
    }
    decoded[n] = '\0';
    assert_string_equal(decoded, subject);
    assert_true(words > 4);
}

static void test_sending(void **state)
{
    (void)state;
    SCOPED(buf_fini) struct buf message = compose("Alfa", "Hello\n");
    struct err e = { 0 };
    assert_int_equal(mail_send("/bin/false", &message, &e), ERR_INTERNAL);
    assert_non_null(strstr(e.message, "status 1"));
    assert_int_equal(mail_send("/nonexistent/sendmail", &message, &e), ERR_INTERNAL);
    assert_non_null(strstr(e.message, "can it be run?"));
    err_clear(&e);
    assert_int_equal(mail_send("/bin/true", &message, &e), OK);
}

static void test_program(void **state)
{
    (void)state;
    setenv("SME_SENDMAIL", "/opt/mail", 1);
    assert_string_equal(mail_program(), "/opt/mail");
    setenv("SME_SENDMAIL", "", 1);
    assert_null(mail_program());
    unsetenv("SME_SENDMAIL");
    assert_int_equal(mail_program() != NULL, access("/usr/sbin/sendmail", X_OK) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_no_header_from_a_name),
        cmocka_unit_test(test_long_subject),
        cmocka_unit_test(test_sending),
        cmocka_unit_test(test_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
