/* SPDX-License-Identifier: Apache-2.0 */
#include "common/zone_file.h"

#include "common/scope.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 4096 };
static const char folder[] = "/usr/share/zoneinfo/";

/* A name leads nowhere but into the folder. */
static bool is_name(const char *name)
{
    size_t length = strlen(name);
    return length > 0 && length < ZONE_NAME && name[0] != '/' && strstr(name, "..") == NULL
           && strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/.") == length;
}

/* The size, or -1; more than size bytes are cut off. */
static ssize_t read_file(const char *path, void *bytes, size_t size)
{
    size_t n = 0;
    SCOPED(scope_close) int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    while (n < size) {
        ssize_t got = read(fd, (char *)bytes + n, size - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        n += (size_t)got;
    }
    return (ssize_t)n;
}

static struct zone *load(const char *name)
{
    char path[PATH_SIZE];
    uint8_t *bytes = is_name(name) ? malloc(ZONE_FILE_MAX + 1) : NULL;
    if (bytes == NULL)
        return NULL;
    snprintf(path, sizeof path, "%s%s", folder, name);
    ssize_t size = read_file(path, bytes, ZONE_FILE_MAX + 1);
    struct zone *z = size > 0 ? zone_parse(name, bytes, (size_t)size) : NULL;
    free(bytes);
    return z;
}

int zone_file_load(const char *name, struct zone **ret, struct err *e)
{
    struct zone *z = load(name);
    if (z == NULL)
        return err_set(e, ERR_INVALID_PARAM, "zone",
                       "no calendar zone '%s' in %s; use a name such as America/Guatemala (timedatectl list-timezones "
                       "lists them)",
                       name, folder);
    *ret = z;
    return OK;
}

static bool take_name(const char *text, size_t length, char name[ZONE_NAME])
{
    if (length >= ZONE_NAME)
        return false;
    char copy[ZONE_NAME];
    memcpy(copy, text, length);
    copy[length] = '\0';
    struct zone *z = load(copy);
    if (z == NULL)
        return false;
    zone_free(z);
    memcpy(name, copy, length + 1);
    return true;
}

/* TZ=America/Guatemala, perhaps with a colon before it, or a path into the folder. */
static bool by_variable(char name[ZONE_NAME])
{
    const char *text = getenv("TZ");
    if (text == NULL)
        return false;
    text += *text == ':';
    if (strncmp(text, folder, sizeof folder - 1) == 0)
        text += sizeof folder - 1;
    return take_name(text, strlen(text), name);
}

/* /etc/localtime leads into the folder, as localtime(5) wants it. */
static bool by_link(char name[ZONE_NAME])
{
    char path[PATH_SIZE];
    ssize_t length = readlink("/etc/localtime", path, sizeof path - 1);
    if (length < 0)
        return false;
    path[length] = '\0';
    const char *found = strstr(path, "/zoneinfo/");
    return found != NULL && take_name(found + strlen("/zoneinfo/"), strlen(found + strlen("/zoneinfo/")), name);
}

static bool by_file(char name[ZONE_NAME])
{
    char text[ZONE_NAME];
    ssize_t length = read_file("/etc/timezone", text, sizeof text - 1);
    if (length < 0)
        return false;
    text[length] = '\0';
    return take_name(text, strcspn(text, "\n"), name);
}

const char *zone_file_own(char name[ZONE_NAME])
{
    if (!by_variable(name) && !by_link(name) && !by_file(name))
        snprintf(name, ZONE_NAME, "Etc/UTC");
    return name;
}
