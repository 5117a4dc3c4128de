/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the interface: nothing left out, nothing too long to show, and the same words as the
 * database's. */
#include "common/api/api.h"

#include <ctype.h>
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_every_error_is_whole(void **state)
{
    (void)state;
    int n = 0;
    for (int code = api_error_next(0); code != 0; code = api_error_next(code), n++) {
        const struct error_type *type = api_error(code);
        assert_non_null(type->name);
        assert_in_range(type->exit, 1, 125);
        assert_true(strlen(type->doc) > 0 && strlen(type->doc) <= 400);
        for (int other = api_error_next(0); other < code; other = api_error_next(other))
            assert_string_not_equal(api_error(other)->name, type->name);
    }
    assert_true(n >= 14);
    assert_ptr_equal(api_error(0), api_error(ERR_INTERNAL));
    assert_ptr_equal(api_error(4711), api_error(ERR_INTERNAL));
    assert_ptr_equal(api_error(-1), api_error(ERR_INTERNAL));
}

/* One line of help: it begins with a capital or a word of the field, and has no full stop. */
static void check_doc(const char *owner, const char *name, const char *doc)
{
    size_t n = strlen(doc);
    if (n == 0 || n > 160 || doc[n - 1] == '.' || strchr(doc, '\n') != NULL)
        fail_msg("%s.%s: '%s'", owner, name, doc);
}

static void check_name(const char *name)
{
    for (const char *c = name; *c != '\0'; c++)
        assert_true(islower((unsigned char)*c) || isdigit((unsigned char)*c) || *c == '_');
    assert_in_range(strlen(name), 1, 40);
}

static void check_fields(const char *owner, const struct field *fields, size_t n)
{
    assert_in_range(n, 0, 62); /* the codec keeps a bit for each, and for what the kind adds */
    for (size_t i = 0; i < n; i++) {
        const struct field *f = &fields[i];
        check_doc(owner, f->name, f->doc);
        check_name(f->name);
        assert_true(f->lo <= f->hi);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(fields[j].name, f->name);
    }
}

static void test_every_method_is_whole(void **state)
{
    (void)state;
    for (int i = 0; i < METHOD_COUNT; i++) {
        const struct method *m = &api_methods[i];
        check_doc(m->name, "", m->doc);
        check_fields(m->name, m->params, m->n_params);
        assert_ptr_equal(api_method_by_name(m->name, strlen(m->name)), m);
        assert_non_null(strchr(m->name, '.'));
        assert_true((m->roles & (1u << ROLE_ADMIN)) != 0);
        assert_true(m->result > RECORD_NONE && m->result < RECORD_COUNT);
        assert_true(m->kind != WRITE || m->shape == ONE);
    }
    assert_null(api_method_by_name("coop.creat", 10));
}

/* sme-ctl takes arguments in order: one that may be left out must not come before one that may not. */
static void test_arguments_in_order(void **state)
{
    (void)state;
    for (int i = 0; i < METHOD_COUNT; i++) {
        bool optional = false;
        for (size_t j = 0; j < api_methods[i].n_params; j++) {
            enum field_need need = api_methods[i].params[j].need;
            assert_false(need == ARG && optional);
            assert_true(need != WIDE);
            optional |= need == OPTARG;
        }
    }
}

static void test_every_record_is_whole(void **state)
{
    (void)state;
    for (int i = RECORD_NONE + 1; i < RECORD_COUNT; i++) {
        const struct record_type *r = &api_records[i];
        check_doc(r->name, "", r->doc);
        check_fields(r->name, r->fields, r->n_fields);
        assert_true(r->n_fields > 0);
    }
}

static void test_every_choice_is_whole(void **state)
{
    (void)state;
    for (int i = ENUM_NONE + 1; i < ENUM_COUNT; i++) {
        const struct choice_set *set = &api_enums[i];
        check_doc(set->name, "", set->doc);
        for (int value = 1; value <= set->count; value++) {
            const char *text = set->choices[value].text;
            check_name(text);
            check_doc(set->name, text, set->choices[value].doc);
            assert_int_equal(api_choice_by_text((enum enum_id)i, text, strlen(text)), value);
        }
        assert_string_equal(api_choice_text((enum enum_id)i, 0), "");
        assert_string_equal(api_choice_text((enum enum_id)i, set->count + 1), "");
    }
}

/* The enumeration whose first values are those of list, quoted and parted by commas; 0 if none is. */
static int enum_of_list(const char *list, size_t length, int *ret_n)
{
    for (int id = ENUM_NONE + 1; id < ENUM_COUNT; id++) {
        const char *at = list;
        int n = 0;
        while (at < list + length && n < api_enums[id].count) {
            const char *text = api_enums[id].choices[n + 1].text;
            at += strcspn(at, "'") + 1;
            if (strncmp(at, text, strlen(text)) != 0 || at[strlen(text)] != '\'')
                break;
            at += strlen(text) + 1;
            n++;
        }
        if (at + strspn(at, " \n") >= list + length && n > 0) {
            *ret_n = n;
            return id;
        }
    }
    return 0;
}

/* What a column may hold is an enumeration, whole. Those that are not, and why: */
static bool is_part_on_purpose(const char *list)
{
    static const char *const parts[] = {
        "'done', 'concluded')",                /* when an audit has its day */
        "'delivered', 'evaluated')",           /* when an intervention has its day */
        "'active', 'suspended', 'withdrawn')", /* expiry is derived, no event */
        "'stage_2', 'external_inspection', 'surveillance', 'recertification', 'unannounced')", /* visits of a sample */
        "'planned', 'done', 'concluded', 'cancelled')", /* of an audit; the rest follows from others */
        /* states of a finding, until voids came */
        "'open', 'closed', 'planned', 'accepted', 'implemented', 'verified')",
        /* kinds of audit, until migrations came */
        "'self_assessment', 'internal_inspection', 'internal_audit',\n"
        "                                                 'stage_1', 'stage_2', 'external_inspection', "
        "'surveillance',\n"
        "                                                 'recertification', 'follow_up', 'unannounced')",
        "'assistance', 'relation', 'team', 'inspector')", /* conflicts, until internal audits were one */
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strncmp(list, parts[i], strlen(parts[i])) == 0)
            return true;
    return false;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

static int check_lists(const char *sql)
{
    int checked = 0;
    for (const char *at = strstr(sql, " IN ('"); at != NULL; at = strstr(at + 1, " IN ('")) {
        const char *list = at + strlen(" IN (");
        size_t length = strcspn(list, ")");
        int n = 0, id = enum_of_list(list, length, &n);
        if (is_part_on_purpose(list))
            continue;
        if (id == 0 || n != api_enums[id].count)
            fail_msg("%.*s is no enumeration of the interface", (int)length, list);
        checked++;
    }
    return checked;
}

static void test_words_of_the_database(void **state)
{
    (void)state;
    glob_t files;
    int checked = 0;
    assert_int_equal(glob(SMED_SOURCE_DIR "/schema/sqlite/*.sql", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        char *sql = read_file(files.gl_pathv[i]);
        checked += check_lists(sql);
        free(sql);
    }
    globfree(&files);
    assert_true(checked >= 18);
}

/* Whoever sees one thing of a noun without a scope sees them all: each of them is meant. */
static void test_only_these_nouns_have_no_scope(void **state)
{
    (void)state;
    static const enum noun open_to_all[] = { NOUN_cluster, NOUN_standard, NOUN_edition,     NOUN_body,
                                             NOUN_person,  NOUN_map,      NOUN_appointment, NOUN_grant };
    for (int noun = NOUN_NONE + 1; noun < NOUN_COUNT; noun++) {
        bool expected = false;
        for (size_t i = 0; i < sizeof open_to_all / sizeof open_to_all[0]; i++)
            expected = expected || (int)open_to_all[i] == noun;
        if (api_nouns[noun].scoped == expected)
            fail_msg("%s: is everybody to see it, or only those in scope?", api_nouns[noun].name);
    }
}

static void test_letters_name_one_noun(void **state)
{
    (void)state;
    for (int a = NOUN_NONE + 1; a < NOUN_COUNT; a++) {
        const char *letters = api_nouns[a].letters;
        size_t n = strlen(letters);
        if (n > 2 || strspn(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != n)
            fail_msg("%s: '%s' is not one or two capital letters", api_nouns[a].name, letters);
        for (int b = a + 1; b < NOUN_COUNT; b++)
            if (n > 0 && strcmp(letters, api_nouns[b].letters) == 0)
                fail_msg("%s and %s are both %s", api_nouns[a].name, api_nouns[b].name, letters);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_these_nouns_have_no_scope),
        cmocka_unit_test(test_letters_name_one_noun),
        cmocka_unit_test(test_every_error_is_whole),
        cmocka_unit_test(test_every_method_is_whole),
        cmocka_unit_test(test_arguments_in_order),
        cmocka_unit_test(test_every_record_is_whole),
        cmocka_unit_test(test_every_choice_is_whole),
        cmocka_unit_test(test_words_of_the_database),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
