/* SPDX-License-Identifier: Apache-2.0 */
/* CSV as people make it: delimiters, marks, quotes, line ends, and what is refused with its line. */
#include "client/helper/import/day.h"
#include "client/helper/import/sheet.h"
#include "client/xmalloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* What was read, as LINE[cell|cell] for each row, the header first. */
struct reading {
    struct arena arena;
    struct problems problems;
    const char *text;
    bool good;
};

static void note(struct reading *r, const struct sheet_row *row)
{
    r->text = xmalloc_printf(&r->arena, "%s%d[", r->text, row->line);
    for (size_t i = 0; i < row->n; i++)
        r->text = xmalloc_printf(&r->arena, "%s%s%s", r->text, i > 0 ? "|" : "", row->cells[i]);
    r->text = xmalloc_printf(&r->arena, "%s]", r->text);
}

static bool take_header(void *context, const struct sheet_row *header)
{
    note(context, header);
    return strcmp(header->cells[0], "refuse") != 0;
}

static void take_row(void *context, const struct sheet_row *row)
{
    note(context, row);
}

static void parse(struct reading *r, const char *data, size_t size)
{
    *r = (struct reading){ .text = "" };
    arena_init(&r->arena, SIZE_MAX);
    problem_init(&r->problems, &r->arena);
    struct sheet_reader reader = { .header = take_header, .row = take_row, .context = r };
    r->good = sheet_parse(data, size, &reader, &r->problems);
}

static const struct sample {
    const char *data, *rows;
} samples[] = {
    { "a,b\n1,2\n", "1[a|b]2[1|2]" },
    { "a,b\r\n1,2\r\n", "1[a|b]2[1|2]" },
    { "a,b\r1,2\r3,4", "1[a|b]2[1|2]3[3|4]" },
    { "a,b\n1,2\r\n3,4\r5,6", "1[a|b]2[1|2]3[3|4]4[5|6]" },
    { "a;b\n1,5;2\n", "1[a|b]2[1,5|2]" },
    { "a\tb\n\t2\n", "1[a|b]2[|2]" },
    { "\"a,x\";b\n1;2\n", "1[a,x|b]2[1|2]" },
    { "a\n1\n", "1[a]2[1]" },
    { "\xEF\xBB\xBF"
      "a,b\n1,2\n",
      "1[a|b]2[1|2]" },
    { "\xEF\xBB\xBF\"a\",b\n1,2\n", "1[a|b]2[1|2]" },
    { "a,b\n\n\n1,2\n\n3,4\n\n", "1[a|b]4[1|2]6[3|4]" },
    { "\n\na,b\n1,2\n", "3[a|b]4[1|2]" },
    { "a,b\n,\n1,2\n", "1[a|b]3[1|2]" },
    { "a,b\n\"x\ny\",2\n3,4\n", "1[a|b]2[x\ny|2]4[3|4]" },
    { "a,b\n\"x\r\n\r\ny\",2\n3,4\n", "1[a|b]2[x\r\n\r\ny|2]5[3|4]" },
    { "a,b\n\"he said \"\"no\"\"\", 2 \n", "1[a|b]2[he said \"no\"|2]" },
    { "a,b\n\" 1 \",  2  \n", "1[a|b]2[ 1 |2]" },
    { "a,b\n\"\",x\n", "1[a|b]2[|x]" },
    { "\xC3\xB1,b\n\xE2\x82\xAC,2\n", "1[\xC3\xB1|b]2[\xE2\x82\xAC|2]" },
    { "a,b\n1,", "1[a|b]2[1|]" },
    { "a,b\n{\"\"x},2\n", NULL },
};

static void test_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        struct reading r;
        parse(&r, samples[i].data, strlen(samples[i].data));
        assert_int_equal(r.good, samples[i].rows != NULL);
        if (samples[i].rows != NULL) {
            assert_string_equal(r.text, samples[i].rows);
            assert_int_equal(r.problems.n, 0);
        }
        arena_reset(&r.arena);
    }
}

#define DATA(text) text, sizeof text - 1

static const struct mistake {
    const char *data;
    size_t size;
    bool good; /* whether the rest is read */
    int line;
    const char *says;
} mistakes[] = {
    { DATA(""), false, 1, "empty" },
    { DATA("\n\n"), false, 1, "empty" },
    { DATA("\xFF\xFE"
           "a\0"),
      false, 1, "UTF-16" },
    { DATA("a,b\n1\n2,3\n"), true, 2, "1 cells, the header 2" },
    { DATA("a,b\n1,2,3\n"), true, 2, "3 cells, the header 2" },
    { DATA("a,b\n1,2\n\xE9,2\n3,4\n"), true, 3, "cell 1 is not UTF-8" },
    { DATA("a,b\n1,x\0y\n"), true, 2, "cell 2 is not UTF-8" },
    { DATA("\xE9,b\n1,2\n"), false, 1, "not UTF-8" },
    { DATA("a,b\n1,2\n3,x\"y\n5,6\n"), false, 3, "quote" },
    { DATA("a,b\n\"1\"x,2\n"), false, 2, "quote" },
    { DATA("a,b\n1,2\n\"3,4\n5,6\n"), false, 3, "unterminated" },
};

static void test_mistakes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        const struct mistake *m = &mistakes[i];
        struct reading r;
        parse(&r, m->data, m->size);
        assert_int_equal(r.good, m->good);
        assert_int_equal(r.problems.n, 1);
        assert_non_null(strstr(r.problems.all[0].reason, m->says));
        assert_int_equal(r.problems.all[0].line, m->line);
        arena_reset(&r.arena);
    }
}

static void test_refused_header(void **state)
{
    (void)state;
    struct reading r;
    parse(&r, DATA("refuse,b\n1,2\n"));
    assert_false(r.good);
    assert_string_equal(r.text, "1[refuse|b]");
    arena_reset(&r.arena);
}

static void test_days(void **state)
{
    (void)state;
    static const struct {
        const char *form, *text, *day; /* day: NULL where the text is refused */
    } days[] = {
        { DAY_ISO, "2013-05-29", "2013-05-29" },
        { DAY_ISO, "2013-05-29T10:00:00Z", "2013-05-29" },
        { DAY_ISO, "2013-02-29", NULL },
        { DAY_ISO, "2013-05-29x", NULL },
        { DAY_ISO, "2013-05", NULL },
        { DAY_ISO, "", NULL },
        { "%m/%d/%Y", "01/31/2019", "2019-01-31" },
        { "%m/%d/%Y", "1/31/2019", "2019-01-31" },
        { "%m/%d/%Y", "1/31/2019 12:00:00 AM", "2019-01-31" },
        { "%m/%d/%Y", "31/1/2019", NULL },
        { "%m/%d/%Y", "1/31/19", NULL },
        { "%m/%d/%Y", "1/31/2019 or so", NULL },
        { "%d.%m.%Y", "29.02.2024", "2024-02-29" },
        { "%Y%m%d", "20240229", "2024-02-29" },
        { "%Y%m%d", "2024229", NULL }, /* not guessed: 22 and 9, or 2 and 29 */
        { "%d%m%Y", "1112024", NULL },
        { "%m/%d/%y", "6/20/16", "2016-06-20" }, /* years from 1950 */
        { "%m/%d/%y", "06/20/49", "2049-06-20" },
        { "%m/%d/%y", "6/20/50", "1950-06-20" },
        { "%m/%d/%y", "6/20/2016", NULL },
        { "%m/%d/%y", "6/20/6", NULL },
        { "%m/%d/%y", "6/20/16 10:30", "2016-06-20" },
        { "%d%m%y", "200616", "2016-06-20" },
        { "%y-%m-%d", "00-02-29", "2000-02-29" },
    };
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        const struct day_form form = { days[i].form, 1950 };
        struct date day;
        char text[DATE_TEXT];
        assert_int_equal(day_parse(&form, days[i].text, &day), days[i].day != NULL);
        if (days[i].day != NULL)
            assert_string_equal(date_format(day, text), days[i].day);
    }
    assert_true(day_form_is_valid("%d.%m.%Y"));
    assert_true(day_form_is_valid("%m/%d/%y"));
    assert_false(day_form_is_valid("%m/%d/%y%Y"));
    assert_false(day_form_is_valid("%d.%m"));
    assert_false(day_form_is_valid("%d.%m.%Y %H"));
    assert_false(day_form_is_valid("%d.%m.%Y%"));
    assert_false(day_form_is_valid("%d.%d.%m.%Y"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_refused_header),
        cmocka_unit_test(test_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
