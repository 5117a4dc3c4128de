/* SPDX-License-Identifier: Apache-2.0 */
#include "client/view/override_view.h"

#include "client/view/words.h"
#include "client/xmalloc.h"

/* "Override for A2: ana, conflict of interest T1 (training ...): nobody else was there". */
void override_view_put(struct out *o, const struct override *rows, size_t n, struct arena *a)
{
    buf_text(&o->b, n > 0 ? "\n" : "");
    for (size_t i = 0; i < n; i++) {
        const struct override *x = &rows[i];
        words_put(o,
                  xmalloc_printf(a, "Override for %s: %s, conflict of interest %s (%s): %s", x->audit.text,
                                 x->person.text != NULL ? x->person.text : x->body.text, x->record, x->words,
                                 x->reason),
                  0);
    }
}
