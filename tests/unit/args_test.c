/* SPDX-License-Identifier: Apache-2.0 */
/* Command lines: nouns, verbs, options by prefix, arguments, what is refused and how. */
#include "client/cli/args.h"
#include "client/cli/option.h"
#include "client/cli/typed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct line {
    struct arena arena;
    struct args args;
    struct settings settings;
    struct err e;
};

/* Words separated by '|'. */
static int parse(struct line *l, const char *words)
{
    static char *argv[32];
    *l = (struct line){ 0 };
    arena_init(&l->arena, SIZE_MAX);
    int argc = 0;
    char *rest = arena_dup(&l->arena, words);
    for (char *word; (word = strsep(&rest, "|")) != NULL;)
        argv[argc++] = word;
    return args_parse(&l->args, &l->settings, &l->arena, argc, argv, &l->e);
}

static void expect_refused(const char *words, int code, const char *message)
{
    struct line l;
    assert_int_equal(parse(&l, words), code);
    if (strstr(l.e.message, message) == NULL)
        fail_msg("'%s' gave '%s', not '%s'", words, l.e.message, message);
    arena_reset(&l.arena);
}

static void test_method(void **state)
{
    (void)state;
    struct line l;
    assert_int_equal(parse(&l, "enterprise|create|finca|--name=Finca Sol|--act|farm|--joined-on|2026-01-02"), OK);
    const struct enterprise_create *p = l.args.params;
    assert_string_equal(l.args.command.method->name, "enterprise.create");
    assert_string_equal(p->code, "finca");
    assert_string_equal(p->name, "Finca Sol");
    assert_int_equal(p->activity, ACTIVITY_FARM);
    assert_true(date_is_set(p->joined_on));
    arena_reset(&l.arena);
}

static void test_prefixes(void **state)
{
    (void)state;
    struct line l;
    assert_int_equal(parse(&l, "enter|cr|x"), OK);
    assert_string_equal(l.args.command.method->name, "enterprise.create");
    arena_reset(&l.arena);
    /* An exact name wins over those it begins: coop and others, export and exports. */
    assert_int_equal(parse(&l, "stand|li"), ERR_NO_METHOD);
    arena_reset(&l.arena);
    assert_int_equal(parse(&l, "standard|li"), OK);
    assert_string_equal(l.args.command.method->name, "standard.list");
    arena_reset(&l.arena);
    expect_refused("co", ERR_NO_METHOD, "'co' is ambiguous: coop, completion");
    expect_refused("coop|s|--x", ERR_NO_METHOD, "unknown option --x");
    expect_refused("enterprise|create|x|--co=1", ERR_NO_METHOD, "is ambiguous");
}

static void test_noun_alone(void **state)
{
    (void)state;
    struct line l;
    assert_int_equal(parse(&l, "status|coopemel|--as-of=2026-01-01"), OK);
    assert_string_equal(l.args.command.method->name, "status.show");
    assert_string_equal(((struct status_show *)l.args.params)->holder.text, "coopemel");
    arena_reset(&l.arena);
    assert_int_equal(parse(&l, "status|members|coopemel"), OK);
    assert_string_equal(l.args.command.method->name, "status.members");
    arena_reset(&l.arena);
    assert_int_equal(parse(&l, "status"), OK);
    assert_string_equal(l.args.command.noun, "status");
    arena_reset(&l.arena);
    expect_refused("coop", ERR_NO_METHOD, "coop: missing verb");
}

static void test_synonym(void **state)
{
    (void)state;
    struct line l;
    assert_int_equal(parse(&l, "gaps|--standard=iso-14001"), OK);
    assert_string_equal(((struct gaps_list *)l.args.params)->edition.text, "iso-14001");
    arena_reset(&l.arena);
}

static void test_settings(void **state)
{
    (void)state;
    struct line l;
    assert_int_equal(parse(&l, "--json|coop|list|-wHana@host|--limit|5|--no-pager|--color=never"), OK);
    assert_int_equal(l.settings.style.format, WRITER_JSON);
    assert_true(l.settings.style.wide);
    assert_string_equal(l.settings.host, "ana@host");
    assert_int_equal(l.settings.limit, 5);
    assert_true(l.settings.no_pager);
    assert_int_equal(l.settings.color, OUT_COLOR_NEVER);
    arena_reset(&l.arena);
    expect_refused("coop|list|--limit=0", ERR_INVALID_PARAM, "--limit '0' must be a number from 1");
    expect_refused("coop|list|--color=red", ERR_INVALID_PARAM, "auto, always or never");
    expect_refused("coop|list|--socket", ERR_NO_METHOD, "--socket needs a value");
    expect_refused("coop|list|--json=yes", ERR_NO_METHOD, "--json takes no value");
    expect_refused("coop|show|x|--limit=3", ERR_NO_METHOD, "unknown option --limit");
    expect_refused("coop|list|-q", ERR_NO_METHOD, "unknown option -q; see sme-ctl coop list --help");
}

static void test_flags(void **state)
{
    (void)state;
    struct line l;
    assert_int_equal(parse(&l, "member|list|c|--ended"), OK);
    const struct member_list *p = l.args.params;
    assert_true(p->has_ended && p->ended);
    arena_reset(&l.arena);
    assert_int_equal(parse(&l, "member|list|c|--ended=no"), OK);
    p = l.args.params;
    assert_true(p->has_ended && !p->ended);
    arena_reset(&l.arena);
}

static void test_words_only(void **state)
{
    (void)state;
    struct line l;
    assert_int_equal(parse(&l, "coop|show|--|--odd"), OK);
    assert_string_equal(((struct coop_show *)l.args.params)->cooperative.text, "--odd");
    arena_reset(&l.arena);
    assert_int_equal(parse(&l, "import|audits|--map=x|--json"), OK);
    assert_int_equal(l.args.n_words, 3);
    assert_int_equal(l.settings.style.format, WRITER_TABLE);
    arena_reset(&l.arena);
}

static void test_extras(void **state)
{
    (void)state;
    struct line l;
    assert_int_equal(parse(&l, "audit|record|h|e|--all|--except=4.1=minor:x|--except|4.2"), OK);
    assert_int_equal(l.args.n_given, 3);
    assert_string_equal(command_extra(&l.args, "except"), "4.2");
    assert_null(command_extra(&l.args, "answers"));
    arena_reset(&l.arena);
    expect_refused("audit|record|h|e|--answers=a|--answers=b", ERR_NO_METHOD, "--answers is given more than once");
}

static void test_refused(void **state)
{
    (void)state;
    expect_refused("nonsense", ERR_NO_METHOD, "unknown command 'nonsense'");
    expect_refused("coop|nonsense", ERR_NO_METHOD, "unknown coop command 'nonsense'; see sme-ctl help coop");
    expect_refused("coop|show|a|b", ERR_NO_METHOD, "unexpected argument 'b'");
    expect_refused("coop|show|a|--as-of=yesterday", ERR_INVALID_PARAM, "");
}

/* Every method has a command, and none has two. */
static void test_all_methods(void **state)
{
    (void)state;
    int times[METHOD_COUNT] = { 0 };
    struct command c;
    for (size_t i = 0; command_at(i, &c); i++)
        if (c.method != NULL)
            times[c.method - api_methods]++;
    times[METHOD_due_list]--; /* once for those who ask, once for the digest */
    for (int m = 0; m < METHOD_COUNT; m++)
        assert_int_equal(times[m], strncmp(api_methods[m].name, "import.", 7) != 0);
}

static void expect_place(struct line *l, const char *path, const char *expected)
{
    assert_string_equal(typed_place(&l->args, path, &l->arena), expected);
}

static void test_places_as_typed(void **state)
{
    (void)state;
    struct line l;
    assert_int_equal(parse(&l, "audit|record|finca|--stand=iso|--on=2026-01-02|--team|ana,lead"), OK);
    expect_place(&l, "holder", "HOLDER");
    expect_place(&l, "edition", "--stand");
    expect_place(&l, "on", "--on");
    expect_place(&l, "planned", "--planned");
    expect_place(&l, "request", "--request");
    expect_place(&l, "team", "--team");
    expect_place(&l, "team[0].person", "--team, PERSON");
    expect_place(&l, "team[7]", "--team, row 8");
    expect_place(&l, "nothing", "nothing");
    expect_place(&l, "", "");
    arena_reset(&l.arena);
}

static void test_places_in_repeated_options(void **state)
{
    (void)state;
    struct line l;
    assert_int_equal(parse(&l,
                           "finding|plan|F1|--action=correction,Put up a fence around the old well and its pump,ana,"
                           "2026-02-01|--act|preventive,Teach,nobody,2026-02-01"),
                     OK);
    expect_place(&l, "actions[0].due_on", "--action 'correction,Put up a fence around the old...', DUE_ON");
    expect_place(&l, "actions[1].owner", "--act 'preventive,Teach,nobody,2026-02-01', OWNER");
    arena_reset(&l.arena);
    parse(&l, "finding|plan|F1|--action=correction,Fence,ana,never");
    expect_place(&l, l.e.field, "--action, DUE_ON");
    arena_reset(&l.arena);
}

static void test_places_in_rows_that_were_not_typed(void **state)
{
    (void)state;
    struct line l;
    struct response row = { .requirement = "6.1.2" };
    assert_int_equal(parse(&l, "audit|record|finca|iso"), OK);
    struct audit_record *params = l.args.params;
    params->responses = &row;
    params->n_responses = 1;
    expect_place(&l, "responses[0].class", "RESPONSES 6.1.2, CLASS");
    arena_reset(&l.arena);
}

static void test_places_before_a_command(void **state)
{
    (void)state;
    struct line l;
    parse(&l, "--timeout=x");
    expect_place(&l, "team[0].person", "team[0].person");
    arena_reset(&l.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_method),
        cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_noun_alone),
        cmocka_unit_test(test_synonym),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_words_only),
        cmocka_unit_test(test_extras),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_all_methods),
        cmocka_unit_test(test_places_as_typed),
        cmocka_unit_test(test_places_in_repeated_options),
        cmocka_unit_test(test_places_in_rows_that_were_not_typed),
        cmocka_unit_test(test_places_before_a_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
