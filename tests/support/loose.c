/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/loose.h"

#include "common/mp.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct loose {
    const char *text, *at;
    msgpack_packer pk;
};

static void fail(const struct loose *l, const char *wanted)
{
    fprintf(stderr, "loose: %s expected at '%s' of: %s\n", wanted, l->at, l->text);
    abort();
}

static void skip_space(struct loose *l)
{
    l->at += strspn(l->at, " \t\n");
}

static bool take(struct loose *l, char c)
{
    skip_space(l);
    if (*l->at != c)
        return false;
    l->at++;
    return true;
}

/* A quoted text, or everything up to the next punctuation. */
static size_t token(struct loose *l, const char **ret, bool *ret_quoted)
{
    skip_space(l);
    char quote = *l->at;
    *ret_quoted = quote == '\'' || quote == '"';
    *ret = *ret_quoted ? l->at + 1 : l->at;
    size_t n = *ret_quoted ? strcspn(*ret, (char[]){ quote, '\0' }) : strcspn(l->at, ",:]} \t\n");
    l->at = *ret + n;
    if (*ret_quoted && *l->at++ != quote)
        fail(l, "a closing quote");
    if (n == 0 && !*ret_quoted)
        fail(l, "a value");
    return n;
}

static bool is_word(const char *text, size_t n, const char *word)
{
    return strlen(word) == n && memcmp(text, word, n) == 0;
}

static void pack_text(struct loose *l, const char *text, size_t n)
{
    msgpack_pack_str(&l->pk, n);
    msgpack_pack_str_body(&l->pk, text, n);
}

static void pack_scalar(struct loose *l)
{
    const char *text;
    bool quoted;
    size_t n = token(l, &text, &quoted);
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (quoted)
        pack_text(l, text, n);
    else if (end == text + n && errno == 0)
        msgpack_pack_int64(&l->pk, number);
    else if (is_word(text, n, "true"))
        msgpack_pack_true(&l->pk);
    else if (is_word(text, n, "false"))
        msgpack_pack_false(&l->pk);
    else if (is_word(text, n, "null"))
        msgpack_pack_nil(&l->pk);
    else
        pack_text(l, text, n);
}

/* The members of a map or array before its closing bracket, which decides the header. */
static size_t count(struct loose l, char close)
{
    size_t n = 0;
    int depth = 0;
    bool filled = false;
    for (char quote = 0; *l.at != '\0' && (depth > 0 || quote || *l.at != close); l.at++) {
        if (quote)
            quote = *l.at == quote ? '\0' : quote;
        else if (*l.at == '\'' || *l.at == '"')
            quote = *l.at;
        else if (*l.at == '[' || *l.at == '{')
            depth++;
        else if (*l.at == ']' || *l.at == '}')
            depth--;
        else if (*l.at == ',' && depth == 0)
            n++;
        filled = filled || strchr(" \t\n", *l.at) == NULL;
    }
    return filled ? n + 1 : 0;
}

static void pack_value(struct loose *l);

static void pack_map(struct loose *l)
{
    size_t n = count(*l, '}');
    msgpack_pack_map(&l->pk, n);
    for (size_t i = 0; i < n; i++) {
        const char *key;
        bool quoted;
        size_t length = token(l, &key, &quoted);
        pack_text(l, key, length);
        if (!take(l, ':'))
            fail(l, "':'");
        pack_value(l);
        if (!take(l, ',') && i + 1 < n)
            fail(l, "','");
    }
    if (!take(l, '}'))
        fail(l, "'}'");
}

static void pack_array(struct loose *l)
{
    size_t n = count(*l, ']');
    msgpack_pack_array(&l->pk, n);
    for (size_t i = 0; i < n; i++) {
        pack_value(l);
        if (!take(l, ',') && i + 1 < n)
            fail(l, "','");
    }
    if (!take(l, ']'))
        fail(l, "']'");
}

static void pack_value(struct loose *l)
{
    if (take(l, '{'))
        pack_map(l);
    else if (take(l, '['))
        pack_array(l);
    else
        pack_scalar(l);
}

void loose_pack(const char *text, struct buf *out)
{
    struct loose l = { .text = text, .at = text };
    mp_packer_init(&l.pk, out);
    skip_space(&l);
    if (*l.at == '\0')
        msgpack_pack_map(&l.pk, 0);
    else
        pack_value(&l);
    skip_space(&l);
    if (*l.at != '\0')
        fail(&l, "the end");
}
