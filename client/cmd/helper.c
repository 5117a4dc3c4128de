/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cmd/helper.h"

#include "client/call/child.h"
#include "client/xmalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The connection's options are for sme-ctl; a helper gets them from the environment. Removes them from words. */
static int take_connection(struct client *c, struct args *args, struct err *e)
{
    int kept = 0;
    for (int i = 0; i < args->n_words; i++) {
        char *word = args->words[i];
        const char *equal = strchr(word, '=');
        size_t length = equal != NULL ? (size_t)(equal - word) : strlen(word);
        bool socket = length == 8 && strncmp(word, "--socket", length) == 0;
        bool host = (length == 6 && strncmp(word, "--host", length) == 0) || strcmp(word, "-H") == 0;
        if (!socket && !host) {
            args->words[kept++] = word;
            continue;
        }
        if (equal == NULL && i + 1 == args->n_words)
            return err_set(e, ERR_NO_METHOD, NULL, "%s needs a value", word);
        const char *value = equal != NULL ? equal + 1 : args->words[++i];
        *(socket ? &c->settings.socket : &c->settings.host) = value;
    }
    args->n_words = kept;
    return OK;
}

/* The command line takes precedence over the environment. */
static void pass_connection(const struct settings *s)
{
    if (s->socket != NULL) {
        setenv("SME_SOCKET", s->socket, 1);
        unsetenv("SME_HOST");
    }
    if (s->host != NULL)
        setenv("SME_HOST", s->host, 1);
}

/* '/usr/bin' for /usr/bin/sme-ctl; NULL if unknown. */
static char *own_directory(struct arena *a)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    const char *slash = length > 0 ? memrchr(path, '/', (size_t)length) : NULL;
    return slash != NULL ? xmalloc_text(a, path, (size_t)(slash - path)) : NULL;
}

/* Tries in order: $SME_LIBEXEC, and nothing else, if set; beside sme-ctl, as installed or built; the configured
 * directory. Returns only if none has it. */
static void execute(struct client *c, const char *name, char **words)
{
    const char *asked = getenv("SME_LIBEXEC");
    const char *own = own_directory(&c->arena);
    const char *places[4] = { asked };
    if (asked == NULL && own != NULL) {
        places[0] = xmalloc_printf(&c->arena, "%s/../libexec/smed", own);
        places[1] = own;
    }
    if (asked == NULL)
        places[2] = SMED_LIBEXECDIR;
    for (size_t i = 0; i < 3; i++)
        if (places[i] != NULL)
            execv(xmalloc_printf(&c->arena, "%s/%s", places[i], name), words);
}

int cmd_helper_become(struct client *c, const char *name, char **words, int n, struct err *e)
{
    char **all = xmalloc_array(&c->arena, (size_t)n + 2, sizeof *all);
    all[0] = xmalloc_text(&c->arena, name, strlen(name));
    memcpy(all + 1, words, (size_t)n * sizeof *words);
    execute(c, name, all);
    return err_set(e, ERR_INTERNAL, NULL, "%s: %s; is the package complete?", name, strerror(errno));
}

/* The helper of a noun takes its verb and all that follows. */
int cmd_helper_run(struct client *c, struct args *args, struct err *e)
{
    if (take_connection(c, args, e) != OK)
        return e->code;
    const char *verb = args->command.verb;
    char **words = xmalloc_array(&c->arena, (size_t)args->n_words + 1, sizeof *words);
    int n = 0;
    if (verb != NULL)
        words[n++] = xmalloc_text(&c->arena, verb, strlen(verb));
    memcpy(words + n, args->words, (size_t)args->n_words * sizeof *words);
    pass_connection(&c->settings);
    return cmd_helper_become(c, xmalloc_printf(&c->arena, "sme-ctl-%s", args->command.noun), words, n + args->n_words,
                             e);
}

static bool has_finished(int status)
{
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int cmd_helper_feed(struct client *c, const char *name, const struct buf *input, int output, struct err *e)
{
    char *words[] = { NULL };
    int from = child_input(input);
    pid_t child = from >= 0 ? fork() : -1;
    if (child == 0) {
        dup2(from, STDIN_FILENO);
        dup2(output, STDOUT_FILENO);
        cmd_helper_become(c, name, words, 0, e);
        dprintf(STDERR_FILENO, "sme-ctl: %s\n", e->message);
        _exit(1);
    }
    int error = errno;
    if (from >= 0)
        close(from);
    if (child < 0)
        return err_set(e, ERR_INTERNAL, NULL, "%s: %s", name, strerror(error));
    int status = child_wait(child);
    return has_finished(status) ? OK : err_set(e, ERR_INTERNAL, NULL, "%s was terminated", name);
}

/* The child's side. The parent reports a missing helper. */
static _Noreturn void answer(struct client *c, const char *name, char **words, int n, int to)
{
    struct err e = { 0 };
    dup2(to, STDOUT_FILENO);
    cmd_helper_become(c, name, words, n, &e);
    dprintf(STDOUT_FILENO, "?%s", e.message);
    _exit(1);
}

static void read_all(int from, struct buf *ret)
{
    char piece[16 * 1024];
    ssize_t n;
    while ((n = read(from, piece, sizeof piece)) > 0 || (n < 0 && errno == EINTR))
        buf_append(ret, piece, n > 0 ? (size_t)n : 0);
    xmalloc_check(ret);
}

/* The helper's own message, the line after its mark. */
static int complain(struct buf *said, struct err *e)
{
    buf_append(said, "", 1);
    xmalloc_check(said);
    const char *text = (const char *)said->data;
    return err_set(e, *text == '!' ? ERR_INVALID_PARAM : ERR_INTERNAL, NULL, "%.*s", (int)strcspn(text + 1, "\n"),
                   text + 1);
}

int cmd_helper_ask(struct client *c, const char *name, char **words, int n, struct buf *ret, struct err *e)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set(e, ERR_INTERNAL, NULL, "%s: %s", name, strerror(errno));
    pid_t child = fork();
    if (child == 0)
        answer(c, name, words, n, ends[1]);
    int error = errno;
    close(ends[1]);
    if (child > 0)
        read_all(ends[0], ret);
    close(ends[0]);
    if (child < 0)
        return err_set(e, ERR_INTERNAL, NULL, "%s: %s", name, strerror(error));
    int status = child_wait(child);
    if (ret->size > 0 && (ret->data[0] == '!' || ret->data[0] == '?'))
        return complain(ret, e);
    return has_finished(status) ? OK : err_set(e, ERR_INTERNAL, NULL, "%s was terminated", name);
}
