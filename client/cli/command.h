/* SPDX-License-Identifier: Apache-2.0 */
/* The commands: every method of the interface table is one, NOUN VERB; command.def lists those that are more than one
 * call, or none. */
#pragma once

#include "client/call/rpc.h"
#include "client/cli/settings.h"
#include "client/write/out.h"

enum { COMMAND_NOUN = 24 };

enum command_id {
    COMMAND_NONE,  /* nothing was named */
    COMMAND_PLAIN, /* a plain method */
#define COMMAND(id, place, noun, verb, method, run, how, words, doc) COMMAND_##id,
#include "client/cli/command.def"
    COMMAND_COUNT
};

/* How a command takes its words, */
enum { COMMAND_RAW = 1, COMMAND_BARE = 2, COMMAND_HIDDEN = 4 };
/* and an extra its value. */
enum { EXTRA_MANY = 1 };

struct client {
    struct settings settings;
    struct rpc rpc;
    struct out out;
    struct arena arena; /* of the whole run, without limit */
    int exit_status;    /* nothing failed, but the answer is no */
};

/* An option of a command that is not a parameter of its method. */
struct extra {
    enum command_id command;
    const char *name, *placeholder; /* placeholder NULL: a flag */
    char letter;
    unsigned how;
    const char *tells; /* the required parameters that it provides, ' title bytes '; NULL: none */
    const char *doc;
};

struct given {
    const struct extra *extra;
    const char *value;
};

/* A parameter's value as typed. */
struct typed {
    const struct field *field;
    const char *option; /* '--action'; NULL: an argument */
    const char *value;
};

struct command {
    enum command_id id;
    char noun[COMMAND_NOUN];
    const char *verb;            /* NULL: the noun alone is the command */
    const struct method *method; /* NULL: none, or not a single one */
    unsigned how;
    const char *words; /* usage of its arguments, if it has no method */
    const char *doc;
};

/* What a command runs with. */
struct args {
    struct command command;
    void *params; /* zeroed struct of the method, filled; NULL without a method */
    struct given *given;
    size_t n_given;
    struct typed *typed;
    size_t n_typed;
    char **words; /* arguments of a command without method */
    int n_words;
    char **line; /* all words of the command line, borrowed; n_line of them */
    int n_line;
};

/* The i-th command in help order; false past the last. */
bool command_at(size_t i, struct command *ret);
/* By exact noun and verb (NULL for a noun alone). */
bool command_get(const char *noun, const char *verb, struct command *ret);
/* The whole noun for a unique prefix of one, in ret_noun. ERR_NO_METHOD names the candidates. */
int command_complete_noun(const char *word, char ret_noun[COMMAND_NOUN], struct err *e);
/* The same for a verb of the noun. */
int command_complete_verb(const char *noun, const char *word, struct command *ret, struct err *e);
/* 'coop create', for messages. */
const char *command_name(const struct command *c, struct arena *a);
/* The i-th option that is not a parameter of its method; NULL past the last. */
const struct extra *command_extra_at(const struct command *c, size_t i);
/* The option that also provides a required parameter, as a file does its size; or NULL. */
const struct extra *command_teller(const struct command *c, const struct field *f);
/* The last value given to this extra, or NULL. A flag's value is "". */
const char *command_extra(const struct args *args, const char *name);
