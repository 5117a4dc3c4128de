#include "client/cmd/helper.h"
#include "client/xmalloc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the helper prints on one file, in ret; it ends when it has said so. */
static int ask_helper(struct client *c, char *file, char ret[BUFSIZ], struct err *e)
{
    int ends[2], status;
    if (pipe(ends) != 0)
        return err_set(e, ERR_INTERNAL, NULL, "sme-ctl-evidence: %s", strerror(errno));
    pid_t child = fork();
    if (child == 0) {
        char name[] = "sme-ctl-evidence";
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        cmd_helper_execute(c, name, (char *[]){ name, file, NULL });
        printf("?%s: %s; is the package whole?\n", name, strerror(errno));
        fflush(stdout);
        _exit(1);
    }
    close(ends[1]);
    FILE *said = child > 0 ? fdopen(ends[0], "r") : NULL;
    ret[0] = '\0';
    if (said != NULL && fgets(ret, BUFSIZ, said) == NULL)
        ret[0] = '\0';
    if (said != NULL)
        fclose(said);
    else
        close(ends[0]);
    if (child < 0 || waitpid(child, &status, 0) != child)
        return err_set(e, ERR_INTERNAL, NULL, "sme-ctl-evidence: %s", strerror(errno));
    ret[strcspn(ret, "\n")] = '\0';
    return OK;
}

static int read_file(struct client *c, const char *file, struct evidence_add *params, struct err *e)
{
    enum { DIGEST = 64 };
    char said[BUFSIZ], digest[DIGEST + 1];
    long long size;
    if (ask_helper(c, xmalloc_text(&c->arena, file, strlen(file)), said, e) != OK)
        return e->code;
    if (said[0] == '?')
        return err_set(e, ERR_INTERNAL, NULL, "%s", said + 1);
    if (said[0] == '!')
        return err_set(e, ERR_INVALID_PARAM, NULL, "%s", said + 1);
    if (sscanf(said, "%64[0-9a-f] %lld", digest, &size) != 2 || strlen(digest) != DIGEST)
        return err_set(e, ERR_INTERNAL, NULL, "sme-ctl-evidence: did not tell the digest of %s", file);
    params->sha256 = xmalloc_text(&c->arena, digest, DIGEST);
    params->bytes = size;
    params->has_bytes = true;
    return OK;
}

/* What the file itself tells of the rest, where nothing else is said. */
static void fill(struct client *c, const char *file, struct evidence_add *params)
{
    const char *slash = strrchr(file, '/'), *name = slash != NULL ? slash + 1 : file;
    char *whole = realpath(file, NULL);
    if (params->title == NULL)
        params->title = xmalloc_text(&c->arena, name, strlen(name));
    if (params->location == NULL && whole != NULL)
        params->location = xmalloc_text(&c->arena, whole, strlen(whole));
    free(whole);
}

int cmd_evidence_add(struct client *c, struct args *args, struct err *e)
{
    struct evidence_add *params = args->params;
    const char *file = command_extra(args, "file");
    if (file != NULL && (params->sha256 != NULL || params->has_bytes))
        return err_set(e, ERR_NO_METHOD, NULL, "--file tells the digest and size; leave --sha256 and --bytes out");
    if (file != NULL && read_file(c, file, params, e) != OK)
        return e->code;
    if (file != NULL)
        fill(c, file, params);
    return cmd_method_run(c, args, e);
}
