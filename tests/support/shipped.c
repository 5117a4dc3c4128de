/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/shipped.h"

#include "client/helper/standard/edition.h"
#include "client/helper/standard/overlay.h"
#include "client/xmalloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* What a file of rules is given to, fit for all of them. */
#define LIST "standard: own\nname: N\nowner: O\ndomain: quality\ncertifies: group\nedition: 1\nsource: own\n"
#define PARTS                                                                                                          \
    "requirements:\n- code: G\n  title: G\n  parts:\n"                                                                 \
    "  - {code: G-1, level: points, points: 5, gate: yes, title: A}\n"                                                 \
    "- {code: M, level: major, title: M}\n- {code: N, level: minor, title: N}\n"

glob_t shipped_files(const char *pattern, size_t at_least)
{
    glob_t files;
    assert_int_equal(glob(pattern, 0, NULL, &files), 0);
    assert_true(files.gl_pathc >= at_least);
    return files;
}

const struct rules *shipped_publish(struct desk *desk, struct arena *arena, const char *path, bool overlay)
{
    struct yaml yaml, list = { 0 };
    struct overlay rules;
    struct edition_file file;
    struct edition edition;
    struct edition_detail *detail = xmalloc_array(arena, 1, sizeof *detail);
    const char *text = LIST PARTS;
    bool good = yaml_open(&yaml, path, arena);
    if (overlay) {
        good = good && overlay_read(&yaml, &rules);
        text = rules.part.publish.n_pass > 0 ? text : LIST "pass: [gates]\n" PARTS;
        good = good && yaml_read(&list, "list.yaml", text, strlen(text), arena) && edition_read(&list, &rules, &file);
    } else {
        good = good && edition_read(&yaml, NULL, &file);
    }
    yaml_print_problems(&yaml);
    yaml_print_problems(&list);
    assert_true(good);
    assert_int_equal(desk_call(desk, METHOD_standard_publish, &file.publish, &edition), OK);
    assert_int_equal(DESK(desk, standard_show, detail, .edition = desk_ref(edition.edition.text)), OK);
    yaml_close(&yaml);
    yaml_close(&list);
    return detail->rules;
}
