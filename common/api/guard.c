/* SPDX-License-Identifier: Apache-2.0 */
/* Catches what the compiler would accept silently or refuse cryptically: a block without its end, a member whose owner
 * is not the block it stands in. Compiled before everything else. */
#include <stddef.h>

/* Each block names an array without a size; its end gives it one. The unsized type is compatible with every size, so a
 * block without an end selects 0. */
#define ENDS(block) extern char(*block##_end)[2];
#define HAS_END(block) _Generic(block##_end, char(*)[1]: 0, default: 1)

#define ENUM(id, doc) extern char(*enum_##id##_end)[];
#define END_ENUM(id) ENDS(enum_##id)
#define RECORD(id, doc) extern char(*record_##id##_end)[];
#define END_RECORD(id) ENDS(record_##id)
#define METHOD(id, name, kind, roles, reach, shape, result, doc) extern char(*method_##id##_end)[];
#define END_METHOD(id) ENDS(method_##id)
#include "common/api/api.inc"

#define ENUM(id, doc) _Static_assert(HAS_END(enum_##id), "ENUM(" #id ") has no END_ENUM(" #id ")");
#define RECORD(id, doc) _Static_assert(HAS_END(record_##id), "RECORD(" #id ") has no END_RECORD(" #id ")");
#define METHOD(id, name, kind, roles, reach, shape, result, doc) \
    _Static_assert(HAS_END(method_##id), "METHOD(" #id ") has no END_METHOD(" #id ")");
#include "common/api/api.inc"

#include "common/api/api.h"

/* A block is a function here, so that its members can check which one they are in. */
#define RECORD(id, doc) \
    __attribute__((unused)) static void record_##id(const struct id *block) \
    { \
        (void)block;
#define END_RECORD(id) }
#define METHOD(id, name, kind, roles, reach, shape, result, doc) \
    __attribute__((unused)) static void method_##id(const struct id *block) \
    { \
        (void)block;
#define END_METHOD(id) }
#define MEMBER(owner, field, need, type, ctype, lo, hi, of, doc) \
    _Static_assert(_Generic(block, const struct owner *: 1, default: 0), #owner "." #field " stands in another block");
#define WAS(owner, field, old) \
    _Static_assert(_Generic(block, const struct owner *: 1, default: 0), #owner "." #field " was in another block"); \
    (void)block->write, (void)block->field; /* of a method, and there */
#include "common/api/api.inc"
