#include "client/cli/command.h"

#include "client/cmd/cmd.h"
#include "client/xmalloc.h"

#include <stdio.h>
#include <string.h>

enum { NO_METHOD = -1 };

/* A command that is more than a call, or is named otherwise than its method. */
struct special {
    struct command command;
    int method; /* of the table, or NO_METHOD */
};

/* These come before the plain methods in every list, */
static const struct special first[] = {
    { { "status", NULL, "Show where everybody, a cooperative or an enterprise stands", .bare = true,
        .run = cmd_status_run },
      METHOD_status_show },
    { { "due", NULL, NULL, .extras = cmd_due_extras, .run = cmd_due_run }, METHOD_due_list },
    { { "due", "digest", "Tell each cooperative what is due, once a day: to the log, and by mail",
        .extras = cmd_digest_extras, .run = cmd_digest_run },
      METHOD_due_list },
    { { "group", "show", NULL, .run = cmd_group_show }, METHOD_group_show },
    { { "group", "reliability", NULL, .run = cmd_group_reliability }, METHOD_group_reliability },
    { { "gaps", NULL, NULL, .run = cmd_method_run }, METHOD_gaps_list },
    { { "audit", "record", NULL, .extras = cmd_audit_record_extras, .run = cmd_audit_record }, METHOD_audit_record },
    { { "audit", "list", NULL, .extras = cmd_audit_list_extras, .run = cmd_audit_list }, METHOD_audit_list },
    { { "finding", "show", NULL, .run = cmd_finding_show }, METHOD_finding_show },
    { { "cert", "check", NULL, .run = cmd_cert_check }, METHOD_cert_check },
    { { "cert", "show", NULL, .run = cmd_cert_show }, METHOD_cert_show },
    { { "sample", "draw", NULL, .run = cmd_sample_detail }, METHOD_sample_draw },
    { { "sample", "show", NULL, .run = cmd_sample_detail }, METHOD_sample_show },
    { { "sample", "verify", NULL, .run = cmd_sample_verify }, METHOD_sample_verify },
    { { "evidence", "add", NULL, .extras = cmd_evidence_add_extras, .run = cmd_evidence_add }, METHOD_evidence_add },
    { { "standard", "import", "Publish an edition from its file", .words = "FILE...", .raw = true,
        .run = cmd_helper_run },
      NO_METHOD },
    { { "standard", "map", "Publish a map from one edition to another from its file", .words = "FILE...", .raw = true,
        .run = cmd_helper_run },
      NO_METHOD },
    { { "standard", "show", NULL, .run = cmd_standard_show }, METHOD_standard_show },
    { { "import", NULL, "Import enterprises, members, audits or assists from CSV", .words = "WHAT FILE", .raw = true,
        .run = cmd_helper_run },
      NO_METHOD },
    { { "journal", "export", NULL, .extras = cmd_journal_export_extras, .run = cmd_journal_export },
      METHOD_journal_export },
    { { "journal", "verify", NULL, .run = cmd_journal_verify }, METHOD_journal_verify },
    { { "impartiality", "check", NULL, .run = cmd_impartiality_check }, METHOD_impartiality_check },
    { { "standing", "verify", NULL, .run = cmd_system_standing }, METHOD_standing_verify },
};

/* and these after them. */
static const struct special last[] = {
    { { "whoami", NULL, NULL, .run = cmd_method_run }, METHOD_system_whoami },
    { { "ping", NULL, NULL, .run = cmd_method_run }, METHOD_system_ping },
    { { "stats", NULL, NULL, .extras = cmd_system_stats_extras, .run = cmd_system_stats }, METHOD_system_stats },
    { { "describe", NULL, NULL, .run = cmd_method_run }, METHOD_system_describe },
    { { "version", NULL, "Print the versions of sme-ctl and of the daemon", .run = cmd_system_version },
      METHOD_system_version },
    { { "help", NULL, "Print help on a noun or a command", .words = "[NOUN [VERB]]", .raw = true, .run = cmd_help_run },
      NO_METHOD },
    { { "completion", NULL, "Print the completion script of a shell", .words = "bash|zsh|fish", .raw = true,
        .run = cmd_complete_script },
      NO_METHOD },
    { { "complete", NULL, "Print what may come next on a command line", .words = "-- WORD...", .raw = true,
        .hidden = true, .run = cmd_complete_run },
      NO_METHOD },
    { { "bridge", NULL, "Join standard input and output to the daemon, for ssh", .raw = true, .words = "",
        .run = cmd_bridge_run },
      NO_METHOD },
};

enum { FIRST = sizeof first / sizeof first[0], LAST = sizeof last / sizeof last[0] };

/* The helper reads its files and calls these. */
static bool is_helpers(const struct method *m)
{
    return strncmp(m->name, "import.", strlen("import.")) == 0;
}

static bool is_special(int method)
{
    for (size_t i = 0; i < FIRST; i++)
        if (first[i].method == method)
            return true;
    for (size_t i = 0; i < LAST; i++)
        if (last[i].method == method)
            return true;
    return false;
}

static void from_special(const struct special *s, struct command *ret)
{
    *ret = s->command;
    if (s->method != NO_METHOD)
        ret->method = &api_methods[s->method];
    if (ret->doc == NULL)
        ret->doc = ret->method->doc;
}

static void from_method(const struct method *m, struct command *ret)
{
    const char *dot = strchr(m->name, '.');
    *ret = (struct command){ .verb = dot + 1, .doc = m->doc, .method = m, .run = cmd_method_run };
    size_t length = (size_t)(dot - m->name);
    memcpy(ret->noun, m->name, length < COMMAND_NOUN ? length : COMMAND_NOUN - 1);
}

bool command_at(size_t i, struct command *ret)
{
    if (i < FIRST) {
        from_special(&first[i], ret);
        return true;
    }
    i -= FIRST;
    for (int m = 0; m < METHOD_COUNT; m++) {
        if (is_special(m) || is_helpers(&api_methods[m]) || i-- > 0)
            continue;
        from_method(&api_methods[m], ret);
        return true;
    }
    if (i < LAST)
        from_special(&last[i], ret);
    return i < LAST;
}

static bool is_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool command_get(const char *noun, const char *verb, struct command *ret)
{
    for (size_t i = 0; command_at(i, ret); i++)
        if (strcmp(ret->noun, noun) == 0 && is_same(ret->verb, verb))
            return true;
    return false;
}

/* Gathers candidates for a message or a decision. */
struct candidates {
    const char *word;
    struct buf names;
    struct command last;
    int n;
};

static void consider(struct candidates *c, const struct command *command, const char *name)
{
    char known[COMMAND_NOUN + 3];
    snprintf(known, sizeof known, ", %s,", name);
    buf_append(&c->names, "", 1);
    bool repeated = strstr((const char *)c->names.data, known) != NULL;
    c->names.size--;
    if (repeated || strncmp(name, c->word, strlen(c->word)) != 0)
        return;
    buf_printf(&c->names, " %s,", name);
    c->last = *command;
    c->n++;
}

/* One candidate is the answer; of none or several the message tells. */
static int decide(struct candidates *c, const char *what, const char *where, struct err *e)
{
    xmalloc_check(&c->names);
    if (c->n == 1)
        return OK;
    if (c->n == 0)
        return err_set(e, ERR_NO_METHOD, NULL, "there is no %s '%s'; see sme-ctl help%s%s", what, c->word,
                       where != NULL ? " " : "", where != NULL ? where : "");
    int length = (int)c->names.size - 2;
    return err_set(e, ERR_NO_METHOD, NULL, "%s '%s' may be%.*s", what, c->word, length, (char *)c->names.data + 1);
}

int command_complete_noun(const char *word, char ret_noun[COMMAND_NOUN], struct err *e)
{
    struct candidates found = { .word = word };
    buf_init(&found.names, SIZE_MAX);
    buf_text(&found.names, ",");
    struct command c;
    bool exact = false;
    for (size_t i = 0; !exact && command_at(i, &c); i++) {
        exact = strcmp(c.noun, word) == 0;
        if (!c.hidden)
            consider(&found, &c, c.noun);
    }
    if (exact || decide(&found, "command", NULL, e) == OK)
        strcpy(ret_noun, exact ? word : found.last.noun);
    buf_fini(&found.names);
    return e->code;
}

int command_complete_verb(const char *noun, const char *word, struct command *ret, struct err *e)
{
    if (command_get(noun, word, ret))
        return OK;
    struct candidates found = { .word = word };
    buf_init(&found.names, SIZE_MAX);
    buf_text(&found.names, ",");
    struct command c;
    for (size_t i = 0; command_at(i, &c); i++)
        if (strcmp(c.noun, noun) == 0 && c.verb != NULL)
            consider(&found, &c, c.verb);
    char what[COMMAND_NOUN + 8];
    snprintf(what, sizeof what, "%s command", noun);
    if (decide(&found, what, noun, e) == OK)
        *ret = found.last;
    buf_fini(&found.names);
    return e->code;
}

const char *command_name(const struct command *c, struct arena *a)
{
    return xmalloc_printf(a, "%s%s%s", c->noun, c->verb != NULL ? " " : "", c->verb != NULL ? c->verb : "");
}

const struct extra *command_teller(const struct command *c, const struct field *f)
{
    char name[COMMAND_NOUN + 2];
    snprintf(name, sizeof name, " %s ", f->name);
    for (const struct extra *x = c->extras; x != NULL && x->name != NULL; x++)
        if (x->tells != NULL && strstr(x->tells, name) != NULL)
            return x;
    return NULL;
}

const char *command_extra(const struct args *args, const char *name)
{
    const char *value = NULL;
    for (size_t i = 0; i < args->n_given; i++)
        if (strcmp(args->given[i].extra->name, name) == 0)
            value = args->given[i].value;
    return value;
}
