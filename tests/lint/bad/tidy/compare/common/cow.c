/* Compares bytes that nobody set. */
#include <string.h>

struct cow {
    char breed;
    long weight;
};

int cow_is_same(const struct cow *a, const struct cow *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}
