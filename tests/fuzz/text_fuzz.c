/* SPDX-License-Identifier: Apache-2.0 */
/* What people type, into any field: what is taken shows as text, and that text is taken again. The
 * first bytes choose the field; the rest is the text. */
#include "common/field.h"
#include "common/scope.h"
#include "common/text.h"
#include "tests/fuzz/choose.h"
#include "tests/fuzz/fuzz.h"

enum { MEMORY = 4 << 20 };

static void check_again(const struct field *f, size_t size, const void *owner, struct arena *a)
{
    const char *text = text_from_field(f, owner, a);
    void *again = arena_alloc(a, size);
    struct err e = { 0 };
    if (text == NULL || again == NULL || field_is_list(f))
        return;
    FUZZ_CHECK(text_to_field(f, text, a, again, &e) == OK);
    const char *second = text_from_field(f, again, a);
    FUZZ_CHECK(second == NULL || strcmp(text, second) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < CHOICE_SIZE + 1)
        return 0;
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, MEMORY);
    struct err e = { 0 };
    const struct method *m = &api_methods[choice_of(data) % METHOD_COUNT];
    if (m->n_params == 0)
        return 0;
    const struct field *f = &m->params[data[CHOICE_SIZE] % m->n_params];
    char *text = arena_text(&a, (const char *)data + CHOICE_SIZE + 1, size - CHOICE_SIZE - 1);
    void *owner = arena_alloc(&a, m->size);
    if (text == NULL || owner == NULL)
        return 0;
    if (text_to_field(f, text, &a, owner, &e) == OK)
        check_again(f, m->size, owner, &a);
    else
        FUZZ_CHECK(e.code == ERR_INVALID_PARAM || e.code == ERR_TOO_BIG);
    return 0;
}
