/* The numbers of numbered things, as people write them. Any thread. */
#pragma once

#include "common/api/api.h"

/* With or without its letter: A12, a12, 12. */
bool number_read(enum noun noun, const char *text, int64_t *ret);
