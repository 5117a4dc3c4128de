/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/call/code.h"

#include "common/log.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/upgrade.h"
#include "query/code.h"
#include "query/noun.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

enum {
    PART = 1000,   /* codes folded in one part of an upgrade */
    FOLDS = 4,     /* folding what is folded changes it twice at most */
    NOUN_BITS = 8, /* of the place where an upgrade goes on: the noun, above the number */
};

static bool is_ascii(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

static char *fold_ascii(struct arena *a, const char *text)
{
    char *folded = arena_dup(a, text);
    for (char *c = folded; c != NULL && *c != '\0'; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    return folded;
}

static char *fold_once(struct arena *a, const char *text)
{
    size_t size = 0;
    uint8_t *folded = u8_casefold((const uint8_t *)text, strlen(text), NULL, UNINORM_NFKC, NULL, &size);
    char *copy = folded != NULL ? arena_text(a, (const char *)folded, size) : NULL;
    free(folded);
    return copy;
}

char *code_fold(struct arena *a, const char *text)
{
    if (is_ascii(text))
        return fold_ascii(a, text);
    char *folded = fold_once(a, text);
    for (int i = 1; i < FOLDS && folded != NULL; i++) {
        char *again = fold_once(a, folded);
        if (again != NULL && strcmp(again, folded) == 0)
            break;
        folded = again;
    }
    return folded;
}

static bool is_good(ucs4_t c)
{
    static const uint32_t good = UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N | UC_CATEGORY_MASK_P;
    return uc_is_general_category_withtable(c, good) && (c >= 0x80 || strchr(",;:\\\"'*?!{}&", (int)c) == NULL);
}

/* The first character that a code must not contain; 0 if there is none. */
static ucs4_t first_bad(const char *text)
{
    ucs4_t c;
    for (const uint8_t *at = (const uint8_t *)text; (at = u8_next(&c, at)) != NULL;)
        if (!is_good(c))
            return c;
    return 0;
}

static int refuse(struct call *call, const char *field, ucs4_t c)
{
    uint8_t shown[8] = { 0 };
    if (!uc_is_print(c) || uc_is_space(c))
        return err_set(call->err, ERR_INVALID_PARAM, field,
                       "a code must not contain blanks or invisible characters, here U+%04X (example: GA0010000)",
                       (unsigned)c);
    u8_uctomb(shown, c, sizeof shown - 1);
    return err_set(call->err, ERR_INVALID_PARAM, field,
                   "a code must not contain '%s'; use letters, digits and other punctuation (example: GA0010000)",
                   (const char *)shown);
}

int code_check(struct call *call, const char *field, const char *text)
{
    const char *folded = code_fold(call->arena, text);
    if (folded == NULL)
        return answer_no_memory(call);
    if (folded[0] == '-')
        return err_set(call->err, ERR_INVALID_PARAM, field, "a code must not begin with a hyphen");
    /* As it is and as it is compared: a full-width comma is a comma, too. */
    ucs4_t bad = first_bad(text);
    if (bad == 0)
        bad = first_bad(folded);
    return bad == 0 ? OK : refuse(call, field, bad);
}

int code_keep(struct call *call, enum noun noun, int64_t id, const char *text)
{
    const char *folded = code_fold(call->arena, text);
    if (folded == NULL)
        return answer_no_memory(call);
    return stmt_run(query_code_keep(call->store, api_nouns[noun].table, id, folded), call->err);
}

/* --- those of before --- */

/* Each table once: cooperatives and enterprises are kept as holders. */
static const struct {
    enum noun noun;
    struct stmt *(*after)(struct store *store, int64_t after, int64_t limit);
} tables[] = {
#define CODED(id, ...) { NOUN_##id, query_lookup_##id##_after },
#include "common/api/api.inc"
    { NOUN_holder, query_lookup_holder_after },
};
enum { TABLES = sizeof tables / sizeof tables[0] };

/* Folds the next codes of one table; *ret_last is 0 at its end. */
static int fold_part(struct call *call, size_t table, int64_t after, int64_t *ret_n, int64_t *ret_last)
{
    int code = OK;
    struct stmt *q = tables[table].after(call->store, after, PART);
    *ret_last = 0;
    while (code == OK && stmt_step(q)) {
        const char *text = stmt_dup(q, LOOKUP_CODE_code, call->arena);
        int64_t id = stmt_int(q, LOOKUP_CODE_id);
        code = text != NULL ? code_keep(call, tables[table].noun, id, text) : answer_no_memory(call);
        *ret_last = id;
        ++*ret_n;
    }
    return answer_end(call, q, code);
}

int code_fold_known(struct call *call, struct upgrade_progress *p)
{
    size_t table = (size_t)(p->after & ((1 << NOUN_BITS) - 1));
    int64_t last;
    int code = fold_part(call, table, p->after >> NOUN_BITS, &p->done, &last);
    table += last == 0;
    p->after = (last << NOUN_BITS) | (int64_t)table;
    p->finished = table == TABLES;
    return code;
}

int code_tell_alike(struct store *s, struct err *e)
{
    struct stmt *q = query_code_alike(s);
    while (stmt_step(q))
        log_write(LOG_WARNING, "codes that differ only in case or form: %s %s; each answers only exactly",
                  stmt_text(q, CODE_ALIKE_noun), stmt_text(q, CODE_ALIKE_folded));
    return stmt_end(q, e);
}
