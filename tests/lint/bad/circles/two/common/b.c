/* SPDX-License-Identifier: Apache-2.0 */
int b_two(void);
int a_one(void);
int b_two(void)
{
    return a_one();
}
