/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/summary.h"

#include "client/helper/import/response.h"

#include <inttypes.h>
#include <stdio.h>

static void print_meaning(const struct result_code *code)
{
    const char *result = code->result != 0 ? api_choice_text(ENUM_result, (int)code->result) : "left out";
    const char *class = api_choice_text(ENUM_class, (int)code->class);
    char meaning[64];
    snprintf(meaning, sizeof meaning, "%s%s%s", result, *class != '\0' ? ", " : "", class);
    printf("  %-16s %-28s %10" PRId64 " %10" PRId64 " %10" PRId64 "\n", *code->code != '\0' ? code->code : "(empty)",
           meaning, code->taken, code->skipped, code->taken + code->skipped);
}

/* The tally of a file in its own codes, to compare with its source. */
static void print_codes(const struct result_codes *codes)
{
    printf("  %-16s %-28s %10s %10s %10s\n", "CODE", "MEANING", "TAKEN", "SKIPPED", "TOTAL");
    for (size_t i = 0; i < codes->n; i++)
        if (codes->codes[i].taken + codes->codes[i].skipped > 0)
            print_meaning(&codes->codes[i]);
    if (codes->counts)
        printf("  nonconformities, counting repeated ones: %" PRId64 "\n", codes->times);
}

void summary_print(const struct send *s, bool dry_run)
{
    const struct gather *g = s->gather;
    printf("%s: %s %" PRId64 ", unchanged %" PRId64 " (%zu in %" PRId64 " rows, %" PRId64 " rows skipped)\n",
           g->noun->name, dry_run ? "would create" : "created", dry_run ? s->created : s->applied,
           s->unchanged + (dry_run ? 0 : s->created - s->applied), g->items.n, g->rows, g->skipped);
    if (response_are_of(g->noun))
        print_codes(&g->map->results);
}
