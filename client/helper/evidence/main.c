/* SPDX-License-Identifier: Apache-2.0 */
/* sme-ctl-evidence FILE: the SHA-256 and the size of a file, for sme-ctl evidence add, which therefore need not link
 * libcrypto. Prints 'DIGEST SIZE', or '!' and the problem, with exit status 1. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/evp.h>

enum { CHUNK = 64 * 1024 };

static int complain(const char *file, const char *why)
{
    printf("!%s: %s\n", file, why);
    return 1;
}

/* false if reading fails (with errno) or libcrypto does (without). */
static bool digest(int fd, EVP_MD_CTX *context, int64_t *ret_size)
{
    static uint8_t chunk[CHUNK];
    ssize_t n;
    *ret_size = 0;
    errno = 0;
    if (context == NULL || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1)
        return false;
    while ((n = read(fd, chunk, sizeof chunk)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || EVP_DigestUpdate(context, chunk, (size_t)n) != 1)
            return false;
        *ret_size += n;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct stat stat;
    int64_t size;
    uint8_t sum[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    if (argc != 2)
        return complain("sme-ctl-evidence", "exactly one file is required");
    int fd = open(argv[1], O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &stat) != 0)
        return complain(argv[1], strerror(errno));
    if (!S_ISREG(stat.st_mode))
        return complain(argv[1], "not a regular file");
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good = digest(fd, context, &size) && EVP_DigestFinal_ex(context, sum, &length) == 1;
    int error = errno;
    EVP_MD_CTX_free(context);
    close(fd);
    if (!good)
        return complain(argv[1], error != 0 ? strerror(error) : "libcrypto fails");
    for (unsigned i = 0; i < length; i++)
        printf("%02x", sum[i]);
    printf(" %lld\n", (long long)size);
    return fflush(stdout) == 0 ? 0 : 1;
}
