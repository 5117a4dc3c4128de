/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/sample.h"

#include <stdlib.h>
#include <string.h>

static struct requirement_text site = { .lang = "en", .title = "Site" }, paper = { .lang = "en", .title = "Paper" },
                               point = { .lang = "en", .title = "A point to look at" };

static struct requirement part(const char *code, const char *parent, enum level level, bool na)
{
    return (struct requirement){ .code = code,
                                 .parent = parent,
                                 .level = level,
                                 .na_allowed = na,
                                 .has_na_allowed = na,
                                 .texts = &point,
                                 .n_texts = 1 };
}

struct standard_publish sample_edition(const char *standard, const char *edition)
{
    static struct requirement requirements[SAMPLE_REQUIREMENTS];
    static struct pass_clause clauses[SAMPLE_CLAUSES];
    const struct requirement whole[SAMPLE_REQUIREMENTS] = {
        { .code = "S1", .texts = &site, .n_texts = 1 },
        part("1.1", "S1", LEVEL_MAJOR, false),
        part("1.2", "S1", LEVEL_MAJOR, true),
        part("1.3", "S1", LEVEL_MINOR, false),
        { .code = "S2", .texts = &paper, .n_texts = 1 },
        part("2.1", "S2", LEVEL_MINOR, false),
        part("2.2", "S2", LEVEL_MINOR, true),
        part("2.3", "S2", LEVEL_RECOMMENDATION, true),
    };
    const struct pass_clause rule[SAMPLE_CLAUSES] = {
        { .kind = CLAUSE_ALL, .level = LEVEL_MAJOR },
        { .kind = CLAUSE_RATIO,
          .level = LEVEL_MINOR,
          .at_least = 2,
          .has_at_least = true,
          .out_of = 3,
          .has_out_of = true },
        { .kind = CLAUSE_NO_OPEN, .class = CLASS_MAJOR },
    };
    memcpy(requirements, whole, sizeof whole);
    memcpy(clauses, rule, sizeof rule);
    return (struct standard_publish){ .standard = standard,
                                      .name = "Sample",
                                      .owner = "us",
                                      .domain = DOMAIN_SANITARY,
                                      .certifies = CERTIFIES_PRODUCT,
                                      .edition = edition,
                                      .source = "made up",
                                      .pass = clauses,
                                      .n_pass = SAMPLE_CLAUSES,
                                      .requirements = requirements,
                                      .n_requirements = SAMPLE_REQUIREMENTS };
}

void sample_publish(struct desk *desk, const char *standard, const char *edition)
{
    struct standard_publish p = sample_edition(standard, edition);
    if (desk_call(desk, METHOD_standard_publish, &p, NULL) != OK)
        abort();
}

static struct response response_of(const char *code, char result)
{
    struct response r = { .requirement = code, .result = RESULT_CONFORMING };
    switch (result) {
    case 'M':
        r.result = RESULT_NONCONFORMING;
        r.class = CLASS_MAJOR;
        break;
    case 'm':
        r.result = RESULT_NONCONFORMING;
        r.class = CLASS_MINOR;
        break;
    case 'o':
        r.class = CLASS_OBSERVATION;
        break;
    case 'n':
        r.result = RESULT_NOT_APPLICABLE;
        r.note = "there is none here";
        break;
    case '-':
        r.result = RESULT_NOT_ASSESSED;
        break;
    default:
        break;
    }
    return r;
}

const struct response *sample_responses(const char *results, size_t *ret_n)
{
    enum { ROWS = 16, TEXT = 256 };
    static struct response rows[ROWS];
    static char text[TEXT];
    strncpy(text, results, TEXT - 1);
    *ret_n = 0;
    char *rest = NULL;
    for (char *word = strtok_r(text, " ", &rest); word != NULL && *ret_n < ROWS; word = strtok_r(NULL, " ", &rest)) {
        char *equals = strchr(word, '=');
        if (equals == NULL)
            abort();
        *equals = '\0';
        rows[(*ret_n)++] = response_of(word, equals[1]);
    }
    return rows;
}

int sample_audit(struct desk *desk, const char *holder, const char *edition, const char *on, const char *results,
                 struct audit *ret)
{
    struct audit_record p = { .holder = desk_ref(holder),
                              .edition = desk_ref(edition),
                              .kind = AUDIT_INTERNAL_INSPECTION,
                              .on = desk_day(on),
                              .again = true,
                              .has_again = true };
    size_t n;
    const struct response *rows = sample_responses(results, &n);
    struct response copy[16];
    memcpy(copy, rows, n * sizeof *rows);
    p.responses = copy;
    p.n_responses = n;
    return desk_call(desk, METHOD_audit_record, &p, ret);
}
