/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/store/digest.h"

#include "common/hex.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <string.h>

/* Looked up once: EVP_sha256() would look it up again for every digest. Kept until the end. */
static EVP_MD *sha256;
static pthread_once_t fetched = PTHREAD_ONCE_INIT;

static void fetch(void)
{
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
}

bool digest_parts(const struct bytes *parts, size_t n, uint8_t ret[DIGEST_SIZE])
{
    pthread_once(&fetched, fetch);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    uint8_t digest[EVP_MAX_MD_SIZE];
    bool good = sha256 != NULL && context != NULL && EVP_DigestInit_ex2(context, sha256, NULL) == 1;
    for (size_t i = 0; good && i < n; i++)
        good = EVP_DigestUpdate(context, parts[i].data, parts[i].size) == 1;
    good = good && EVP_DigestFinal_ex(context, digest, NULL) == 1;
    EVP_MD_CTX_free(context);
    if (good)
        memcpy(ret, digest, DIGEST_SIZE);
    return good;
}

const char *digest_hex(const uint8_t digest[DIGEST_SIZE], char text[DIGEST_HEX])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < DIGEST_SIZE; i++) {
        text[2 * i] = digits[digest[i] >> 4];
        text[2 * i + 1] = digits[digest[i] & 15];
    }
    text[DIGEST_HEX - 1] = '\0';
    return text;
}

bool digest_parse(const char *text, uint8_t ret[DIGEST_SIZE])
{
    if (strlen(text) != DIGEST_HEX - 1)
        return false;
    uint8_t digest[DIGEST_SIZE];
    for (int i = 0; i < DIGEST_SIZE; i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        digest[i] = (uint8_t)(high << 4 | low);
    }
    memcpy(ret, digest, sizeof digest);
    return true;
}
