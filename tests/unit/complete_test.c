/* SPDX-License-Identifier: Apache-2.0 */
/* Whoever declares a noun, a state or a method owes it a row elsewhere. What has none is named, with the place where it
 * is missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "client/cli/command.h"
#include "common/field.h"
#include "daemon/service/call/lifecycle.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/cert/cert_told.h"
#include "tests/support/life.h"

#include <stdio.h>
#include <string.h>

enum { DAYS = 40, STEP = 3, WORD = 32 };

static struct desk desk;
static struct life life;
static int missing;

static void miss(const char *what, const char *where, const char *why)
{
    fprintf(stderr, "%s has no row in %s: %s\n", what, where, why);
    missing++;
}

static int reset(void **state)
{
    (void)state;
    missing = 0;
    return 0;
}

/* What resolving the text comes to, outside of any call. */
static int look_up(struct desk *at, enum noun noun, const char *text, struct err *e)
{
    struct ref ref = { .text = text };
    struct arena arena;
    arena_init(&arena, SIZE_MAX);
    struct call call = { .method = &api_methods[METHOD_coop_list],
                         .caller = &at->caller,
                         .scope = { .everywhere = true },
                         .store = at->run.store,
                         .catalogue = at->run.catalogue,
                         .arena = &arena,
                         .err = e,
                         .now = at->now,
                         .today = date_of_instant(at->now) };
    int code = store_begin(call.store, e);
    if (code == OK)
        code = resolve_ref(&call, noun, "it", &ref);
    store_rollback(call.store);
    arena_reset(&arena);
    return code;
}

/* The command that the message of what is not found ends with. */
static bool names_a_list(const char *message)
{
    struct command c;
    char noun[WORD], verb[WORD];
    const char *at = strstr(message, "sme-ctl ");
    return at != NULL && sscanf(at, "sme-ctl %31s %31s", noun, verb) == 2 && command_get(noun, verb, &c);
}

static void every_noun_is_looked_up(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    for (enum noun noun = 1; noun < NOUN_COUNT; noun++) {
        struct err e = { 0 };
        if (look_up(&desk, noun, "999999", &e) != ERR_NOT_FOUND)
            miss(api_nouns[noun].name, "the look-ups of resolve.c", e.message);
        else if (!names_a_list(e.message))
            miss(api_nouns[noun].name, "the commands that list things", e.message);
    }
    desk_stop(&desk);
    assert_int_equal(missing, 0);
}

/* Where a look-up is missing, nothing lives. */
static void every_noun_comes_to_life(void **state)
{
    (void)state;
    assert_int_equal(missing, 0);
    life_begin(&life, 3);
    for (int i = 0; i < DAYS; i++) {
        life_day(&life);
        life_set_day(&life, (struct date){ life.pool.today.day + STEP });
    }
    for (enum noun noun = 1; noun < NOUN_COUNT; noun++) {
        struct err e = { 0 };
        if (life.pool.n[noun] == 0)
            miss(api_nouns[noun].name, "the hands of life.c", "none was ever made, or no list tells of it");
        for (size_t i = 0; i < life.pool.n[noun] && e.code == OK; i++)
            if (look_up(&life.desk, noun, life.pool.refs[noun][i], &e) != OK)
                miss(api_nouns[noun].name, "the look-ups of resolve.c", e.message);
    }
    life_end(&life);
    assert_int_equal(missing, 0);
}

static void note_duties(bool seen[due_kind_end_])
{
    struct page page;
    assert_int_equal(DESK(&life.desk, due_list, &page, .within = 4000, .has_within = true,
                          .page = { .limit = 1000, .has_limit = true }),
                     OK);
    for (size_t i = 0; i < page.n; i++)
        seen[((const struct due_item *)page.rows)[i].kind] = true;
}

static void every_duty_comes_due(void **state)
{
    (void)state;
    bool seen[due_kind_end_] = { false };
    life_begin(&life, 3);
    for (int i = 0; i < DAYS; i++) {
        life_day(&life);
        note_duties(seen);
        life_set_day(&life, (struct date){ life.pool.today.day + 10 });
    }
    life_end(&life);
    for (int kind = 1; kind < due_kind_end_; kind++)
        if (!seen[kind])
            miss(api_choice_text(ENUM_due_kind, kind), "the sources of due.c", "none was ever due, in life.c");
    assert_int_equal(missing, 0);
}

/* States that nothing moves to: they follow from the day. */
static const enum enum_id derived[] = { ENUM_milestone_state, ENUM_sampled_state };

static bool is_derived(enum enum_id id)
{
    bool found = false;
    for (size_t i = 0; i < sizeof derived / sizeof derived[0]; i++)
        found = found || derived[i] == id;
    return found;
}

static bool has_lifecycle(enum enum_id id)
{
    static const enum enum_id states[] = {
#define LIFECYCLE(id, states) ENUM_##states,
#define MOVES(id, from, to)
#define BY(id, state, command)
#include "daemon/service/call/lifecycle.def"
#undef LIFECYCLE
#undef MOVES
#undef BY
    };
    bool found = false;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        found = found || states[i] == id;
    return found;
}

static void every_state_has_its_life(void **state)
{
    (void)state;
    static const char suffix[] = "_state";
    for (enum enum_id id = 1; id < ENUM_COUNT; id++) {
        const char *name = api_enums[id].name, *end = strstr(name, suffix);
        if (end != NULL && end[sizeof suffix - 1] == '\0' && !has_lifecycle(id) && !is_derived(id))
            miss(name, "lifecycle.def", "nothing says what may become of it");
    }
    for (size_t i = 0; i < sizeof derived / sizeof derived[0]; i++)
        assert_false(has_lifecycle(derived[i]));
    assert_int_equal(missing, 0);
}

/* Whether a line of cert_rule.def tells of the field, and no other does. */
static int lines_of(enum record_id record, const char *field)
{
    int n = 0;
    for (size_t i = 0; i < cert_told_n_rules; i++)
        n += cert_told_rules[i].record == record && strcmp(cert_told_rules[i].field, field) == 0;
    return n;
}

/* Where a rule comes from, and the second number of a share, are no rules of their own. */
static bool is_rule(const struct field *f)
{
    static const char *const others[] = { "source", "unverified", "ours" };
    size_t length = strlen(f->name);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(f->name, others[i]) == 0)
            return false;
    return length < 3 || strcmp(f->name + length - 3, "_of") != 0;
}

static void every_rule_is_asked_or_told(void **state)
{
    (void)state;
    const struct record_type *rules = &api_records[RECORD_rules];
    size_t found = 0;
    for (size_t i = 0; i < rules->n_fields; i++) {
        const struct record_type *r = &api_records[rules->fields[i].of];
        for (size_t k = 0; k < r->n_fields; k++) {
            if (!is_rule(&r->fields[k]))
                continue;
            int lines = lines_of((enum record_id)rules->fields[i].of, r->fields[k].name);
            char name[80];
            snprintf(name, sizeof name, "rule %s.%s", r->name, r->fields[k].name);
            if (lines != 1)
                miss(name, "cert_rule.def", "a grant neither asks for it nor tells that it does not");
            found += lines == 1;
        }
    }
    assert_int_equal(missing, 0);
    assert_int_equal(found, cert_told_n_rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_state_has_its_life, reset),
        cmocka_unit_test_setup(every_noun_is_looked_up, reset),
        cmocka_unit_test(every_noun_comes_to_life),
        cmocka_unit_test_setup(every_duty_comes_due, reset),
        cmocka_unit_test_setup(every_rule_is_asked_or_told, reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
