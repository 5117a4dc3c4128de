/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/decision.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"

#include <stdio.h>
#include <string.h>

static struct cycle_rule cycle = { .validity_months = 36,
                                   .has_validity_months = true,
                                   .first_surveillance_months = 12,
                                   .has_first_surveillance_months = true,
                                   .surveillance_each_year = true,
                                   .has_surveillance_each_year = true,
                                   .renewal_counts_from = RENEWAL_FROM_EXPIRY,
                                   .renewal_months = 6,
                                   .has_renewal_months = true,
                                   .restoration_months = 6,
                                   .has_restoration_months = true,
                                   .suspension_months = 6,
                                   .has_suspension_months = true,
                                   .source = "Rule book 4.1" };
static struct decision_rule decision = { .minor_plans_accepted = true,
                                         .has_minor_plans_accepted = true,
                                         .audit_months = 6,
                                         .has_audit_months = true,
                                         .majors_months = 3,
                                         .has_majors_months = true,
                                         .decide_days = 28,
                                         .has_decide_days = true,
                                         .source = "Rule book 4.2",
                                         .unverified = true,
                                         .has_unverified = true };
static struct impartiality_rule impartiality = { .cooling_off_months = 24,
                                                 .has_cooling_off_months = true,
                                                 .source = "Rule book 6" };
static struct rules rules = { .cycle = &cycle, .decision = &decision, .impartiality = &impartiality };

static struct desk *desk; /* the caller's */

char decision_message[ERR_MESSAGE];
const char decision_all_conforming[] = "1.1=c 1.2=c 1.3=c 2.1=c 2.2=c 2.3=c";

int decision_record(struct audit_record p, const char *results, struct audit *ret)
{
    struct response copy[16];
    const struct response *rows = sample_responses(results, &p.n_responses);
    memcpy(copy, rows, p.n_responses * sizeof *rows);
    p.responses = copy;
    return desk_call(desk, METHOD_audit_record, &p, ret);
}

void decision_audit(const char *holder, enum audit_kind kind, const char *on, const char *results, bool conclude)
{
    struct audit made;
    struct audit_record p = { .holder = desk_ref(holder),
                              .edition = desk_ref("sample:1"),
                              .kind = kind,
                              .on = desk_day(on),
                              .auditor = desk_ref("ana") };
    if (kind != AUDIT_INTERNAL_INSPECTION)
        p.body = desk_ref("CB");
    must(&desk->err, decision_record(p, results, &made));
    if (conclude)
        must(&desk->err, DESK(desk, audit_conclude, NULL, .audit = made.audit, .conclusion = "seen",
                              .outcome = OUTCOME_RECOMMENDED, .on = p.on));
}

void decision_open(struct desk *d)
{
    static const char *const farms[] = { "E1", "E2" };
    desk = d;
    desk_start(desk, "2026-03-10");
    struct standard_publish p = sample_edition("sample", "1");
    p.rules = &rules;
    must(&desk->err, desk_call(desk, METHOD_standard_publish, &p, NULL));
    must(&desk->err, DESK(desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"));
    for (size_t i = 0; i < 2; i++)
        must(&desk->err,
             DESK(desk, enterprise_create, NULL, .code = farms[i], .name = farms[i], .activity = ACTIVITY_FARM,
                  .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2020-01-01")));
    must(&desk->err, DESK(desk, body_create, NULL, .code = "CB", .name = "Certifier", .kind = BODY_CERTIFICATION_BODY));
    must(&desk->err, DESK(desk, body_create, NULL, .code = "LAB", .name = "Lab", .kind = BODY_LABORATORY));
    must(&desk->err, DESK(desk, person_create, NULL, .code = "ana", .name = "Ana"));
    must(&desk->err, DESK(desk, person_create, NULL, .code = "bea", .name = "Bea"));
    must(&desk->err, DESK(desk, grant_add, NULL, .user = "7001", .role = ROLE_CERTIFIER));
}

struct cert_grant decision_wanted(void)
{
    return (struct cert_grant){ .holder = desk_ref("E1"),
                                .edition = desk_ref("sample:1"),
                                .number = "N1",
                                .body = desk_ref("CB"),
                                .audit = desk_ref("A1"),
                                .decided_by = desk_ref("bea"),
                                .decided_on = desk_day("2026-03-01") };
}

const char *decision_unmet(const struct cert_grant *p)
{
    static char text[512];
    struct page page;
    must(&desk->err,
         DESK(desk, cert_check, &page, .holder = p->holder, .edition = p->edition, .audit = p->audit,
              .decided_by = p->decided_by, .body = p->body, .number = p->number, .valid_from = p->valid_from,
              .valid_until = p->valid_until, .route = p->route, .decided_on = p->decided_on));
    const struct condition *rows = page.rows;
    text[0] = '\0';
    for (size_t i = 0; i < page.n; i++)
        if (!rows[i].holds)
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", text[0] != '\0' ? " " : "",
                     api_choice_text(ENUM_grant_condition, (int)rows[i].condition));
    return text;
}

void decision_refused(const struct cert_grant *p, const char *conditions, const char *field, const char *said)
{
    struct page page;
    assert_string_equal(decision_unmet(p), conditions);
    refused(&desk->err, desk_call(desk, METHOD_cert_grant, p, NULL), ERR_CONFLICT, field, said);
    snprintf(decision_message, sizeof decision_message, "%s", desk->err.message);
    char names[512], *rest = NULL;
    snprintf(names, sizeof names, "%s", conditions);
    for (char *name = strtok_r(names, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest))
        assert_non_null(strstr(decision_message, name));
    assert_int_equal(DESK(desk, cert_list, &page, .holder = p->holder), OK);
    assert_int_equal(page.n, 0);
}
