/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/standard/edition_file.h"

void edition_file_take_head(const struct standard_publish *from, struct standard_publish *to)
{
    if (to->owner == NULL)
        to->owner = from->owner;
    if (to->domain == 0)
        to->domain = from->domain;
    if (to->certifies == 0)
        to->certifies = from->certifies;
    if (!to->has_class_from_level) {
        to->class_from_level = from->class_from_level;
        to->has_class_from_level = from->has_class_from_level;
    }
}
