/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target over files and folders of them: how the committed corpora are replayed in
 * builds without libFuzzer. */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

enum { INPUT_MAX = 1 << 20 };

static int replay_file(const char *path)
{
    static uint8_t data[INPUT_MAX];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return -1;
    }
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    /* a copy of the exact size, so that a sanitizer sees a read past its end */
    uint8_t *exact = malloc(size > 0 ? size : 1);
    if (exact == NULL)
        return -1;
    memcpy(exact, data, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 1;
}

/* How many inputs were run; negative when one could not be read. */
static int replay_folder(const char *path)
{
    DIR *folder = opendir(path);
    int n = 0;
    if (folder == NULL) {
        perror(path);
        return -1;
    }
    for (const struct dirent *entry = readdir(folder); entry != NULL && n >= 0; entry = readdir(folder)) {
        char file[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        n = replay_file(file) < 0 ? -1 : n + 1;
    }
    closedir(folder);
    return n;
}

int main(int argc, char **argv)
{
    int n = 0;
    for (int i = 1; i < argc; i++) {
        struct stat st;
        bool is_folder = stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode);
        int more = is_folder ? replay_folder(argv[i]) : replay_file(argv[i]);
        if (more < 0)
            return 1;
        n += more;
    }
    printf("%d inputs\n", n);
    return n == 0 || (fuzz_covered != NULL && !fuzz_covered());
}
