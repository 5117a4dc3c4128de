#include "common/err.h"

int f(struct err *e)
{
    return err_set(e, ERR_CONFLICT, "body", "that cannot be understood; leave it out");
}
