/* SPDX-License-Identifier: Apache-2.0 */
/* A cooperative with members, and an edition with rules for samples of them: ALFA, with the members E01 … E25 since
 * 2025-01-01; BETA without any; ruled:1, with rules for initial (√n) and surveillance (0.6√n, and every stratum), and
 * free:1 without. */
#pragma once

#include "tests/support/sample.h"

enum { DRAWING_MEMBERS = 25 };
#define DRAWING_SEED "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* Opens the desk on 2026-03-10. */
void drawing_start(struct desk *desk);
/* Of ALFA; on and seed may be NULL. */
int drawing_draw(struct desk *desk, enum sample_purpose purpose, const char *on, const char *seed,
                 struct sample_detail *ret);
/* An external audit of one of its members. */
void drawing_visit(struct desk *desk, const char *enterprise, const char *on);
/* Draws one for initial, and visits its first member on the same day. */
void drawing_last(struct desk *desk, const char *on);
/* NULL if it is not in the sample. */
const struct sampled_member *drawing_member(const struct sample_detail *d, const char *code);
/* Whether sample.verify reproduces it. */
bool drawing_is_same(struct desk *desk, const char *sample);
