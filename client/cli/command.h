/* The commands: every method of the interface table is one, NOUN VERB; those that are more than a
 * call, or no call at all, are listed in command.c. */
#pragma once

#include "client/call/rpc.h"
#include "client/cli/settings.h"
#include "client/write/out.h"

enum { COMMAND_NOUN = 24 };

struct args;

struct client {
    struct settings settings;
    struct rpc rpc;
    struct out out;
    struct arena arena; /* of the whole run, without limit */
    int exit_status;    /* where nothing failed but the answer is no */
};

/* An option of a command that is no parameter of its method. */
struct extra {
    const char *name, *placeholder, *doc; /* placeholder NULL: a flag */
    char letter;
    bool many;         /* may be given several times */
    const char *tells; /* the required parameters that it gives, ' title bytes '; NULL: none */
};

struct given {
    const struct extra *extra;
    const char *value;
};

/* A value of a parameter as it was typed. */
struct typed {
    const struct field *field;
    const char *option; /* '--action'; NULL: an argument */
    const char *value;
};

struct command {
    char noun[COMMAND_NOUN];
    const char *verb; /* NULL: the noun alone is the command */
    const char *doc;
    const struct method *method; /* NULL: none, or none alone */
    const struct extra *extras;  /* ends with a NULL name; NULL: none */
    const char *words;           /* usage of its arguments, where it has no method */
    bool raw;                    /* gets its arguments as they are */
    bool bare;                   /* its required argument may be left out */
    bool hidden;
    int (*run)(struct client *c, struct args *args, struct err *e);
};

/* What a command is run with. */
struct args {
    struct command command;
    void *params; /* zeroed struct of the method, filled; NULL without a method */
    struct given *given;
    size_t n_given;
    struct typed *typed;
    size_t n_typed;
    char **words; /* arguments of a command without method */
    int n_words;
};

/* The i-th command in the order of help; false past the last. */
bool command_at(size_t i, struct command *ret);
/* By exact noun and verb (NULL for a noun alone). */
bool command_get(const char *noun, const char *verb, struct command *ret);
/* The whole noun for a unique prefix of one, in ret_noun. ERR_NO_METHOD names the candidates. */
int command_complete_noun(const char *word, char ret_noun[COMMAND_NOUN], struct err *e);
/* The same for a verb of the noun. */
int command_complete_verb(const char *noun, const char *word, struct command *ret, struct err *e);
/* 'coop create', for messages. */
const char *command_name(const struct command *c, struct arena *a);
/* The option that gives a required parameter too, such as a file its own size; or NULL. */
const struct extra *command_teller(const struct command *c, const struct field *f);
/* The last value given to this extra, or NULL. A flag's value is "". */
const char *command_extra(const struct args *args, const char *name);
