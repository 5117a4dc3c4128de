/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/moving.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

void moving_open(struct desk *desk)
{
    static const char *const editions[] = { "one", "two", "mid" }, *const members[] = { "E1", "E2", "E3" };
    desk_start(desk, "2026-03-10");
    for (size_t i = 0; i < 3; i++)
        sample_publish(desk, editions[i], "1");
    assert_int_equal(DESK(desk, coop_create, NULL, .code = "A", .name = "Alfa"), OK);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(DESK(desk, enterprise_create, NULL, .code = members[i], .name = "x", .activity = ACTIVITY_FARM,
                              .cooperative = desk_ref("A"), .joined_on = desk_day("2026-01-01")),
                         OK);
}

void moving_close(struct desk *desk)
{
    struct standing_check check;
    struct journal_check journal;
    assert_int_equal(DESK(desk, journal_verify, &journal, .page = { 0 }), OK);
    assert_false(journal.has_broken);
    assert_int_equal(DESK(desk, standing_verify, &check, .page = { 0 }), OK);
    if (check.first != NULL)
        print_message("differs: %s\n", check.first);
    assert_int_equal(check.differing, 0);
    desk_stop(desk);
}

int moving_migrate(struct desk *desk, const char *from, const char *to, struct edition_migration *ret)
{
    return DESK(desk, standard_migrate, ret, .cooperative = desk_ref("A"), .from = desk_ref(from), .to = desk_ref(to));
}

int moving_rollback(struct desk *desk, const char *migration, const char *on)
{
    return DESK(desk, standard_rollback, NULL, .migration = desk_ref(migration), .reason = "by mistake",
                .on = on != NULL ? desk_day(on) : (struct date){ 0 });
}

struct standing moving_standing(struct desk *desk, const char *holder, const char *edition, const char *as_of)
{
    struct status status;
    assert_int_equal(DESK(desk, status_show, &status, .holder = desk_ref(holder), .edition = desk_ref(edition),
                          .as_of = as_of != NULL ? desk_day(as_of) : (struct date){ 0 }),
                     OK);
    return status.n_standings > 0 ? status.standings[0] : (struct standing){ 0 };
}
