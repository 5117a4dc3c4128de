/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/drawing.h"

#include "tests/support/expect.h"
#include "tests/support/sampling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void publish(struct desk *desk, const char *standard, bool with_rules)
{
    struct sampling_rule sampling[] = { sampling_root(SAMPLE_INITIAL, 1, 1),
                                        sampling_strata(SAMPLE_SURVEILLANCE, 3, 5) };
    struct group_rule group = { .caution = "Only of one system.", .source = "made up" };
    struct rules rules = { .sampling = sampling, .n_sampling = 2, .group = &group };
    struct standard_publish p = sample_edition(standard, "1");
    if (with_rules)
        p.rules = &rules;
    must(&desk->err, desk_call(desk, METHOD_standard_publish, &p, NULL));
}

void drawing_start(struct desk *desk)
{
    char code[8];
    desk_start(desk, "2026-03-10");
    publish(desk, "ruled", true);
    publish(desk, "free", false);
    must(&desk->err, DESK(desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"));
    must(&desk->err, DESK(desk, coop_create, NULL, .code = "BETA", .name = "Beta"));
    for (int i = 1; i <= DRAWING_MEMBERS; i++) {
        snprintf(code, sizeof code, "E%02d", i);
        must(&desk->err, DESK(desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
                              .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2025-01-01")));
    }
}

int drawing_draw(struct desk *desk, enum sample_purpose purpose, const char *on, const char *seed,
                 struct sample_detail *ret)
{
    return DESK(desk, sample_draw, ret, .cooperative = desk_ref("ALFA"), .edition = desk_ref("ruled"),
                .purpose = purpose, .on = on != NULL ? desk_day(on) : (struct date){ 0 }, .seed = seed);
}

void drawing_visit(struct desk *desk, const char *enterprise, const char *on)
{
    struct response all[] = { { .requirement = "1.1", .result = RESULT_CONFORMING } };
    must(&desk->err, DESK(desk, audit_record, NULL, .holder = desk_ref(enterprise), .edition = desk_ref("ruled"),
                          .kind = AUDIT_SURVEILLANCE, .on = desk_day(on), .responses = all, .n_responses = 1));
}

void drawing_last(struct desk *desk, const char *on)
{
    struct sample_detail d;
    must(&desk->err, drawing_draw(desk, SAMPLE_INITIAL, on, DRAWING_SEED, &d));
    drawing_visit(desk, d.members[0].enterprise.text, on);
}

const struct sampled_member *drawing_member(const struct sample_detail *d, const char *code)
{
    for (size_t i = 0; i < d->n_members; i++)
        if (strcmp(d->members[i].enterprise.text, code) == 0)
            return &d->members[i];
    return NULL;
}

bool drawing_is_same(struct desk *desk, const char *sample)
{
    struct sample_check check;
    must(&desk->err, DESK(desk, sample_verify, &check, .sample = desk_ref(sample)));
    if (!check.same)
        fprintf(stderr, "%s: %s\n", sample, check.first);
    return check.same;
}
