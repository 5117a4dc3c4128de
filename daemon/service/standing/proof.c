/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standing/proof.h"

#include "daemon/service/call/answer.h"

enum { GRADE_SIZE = 1, DAY_SIZE = 4, PROOF_SIZE = GRADE_SIZE + DAY_SIZE };

int proof_pack(struct call *call, const struct proof *proofs, size_t n, struct bytes *ret)
{
    uint8_t *to = arena_array(call->arena, n, PROOF_SIZE);
    if (to == NULL)
        return answer_no_memory(call);
    *ret = (struct bytes){ to, n * PROOF_SIZE };
    for (size_t i = 0; i < n; i++) {
        uint32_t day = (uint32_t)proofs[i].seen_on.day;
        *to++ = (uint8_t)proofs[i].grade;
        for (int k = 0; k < DAY_SIZE; k++)
            *to++ = (uint8_t)(day >> (8 * k));
    }
    return OK;
}

struct proof proof_read(struct bytes packed, size_t i, enum result result, struct date on)
{
    if ((i + 1) * PROOF_SIZE > packed.size)
        return (struct proof){ result == RESULT_NONCONFORMING ? GRADE_EXTERNAL : GRADE_SELF, on };
    const uint8_t *from = packed.data + i * PROOF_SIZE;
    uint32_t day = 0;
    for (int k = 0; k < DAY_SIZE; k++)
        day |= (uint32_t)from[GRADE_SIZE + k] << (8 * k);
    return (struct proof){ (enum grade)from[0], { (int32_t)day } };
}
