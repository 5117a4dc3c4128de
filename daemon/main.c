/* SPDX-License-Identifier: Apache-2.0 */
/* smed: reads the options and runs the daemon. */
#include "common/log.h"
#include "daemon/daemon.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_SIZE = 4096 };

static const char help[] =
    "Usage: smed [OPTION]...\nThe certification register for cooperatives.\n\n  --socket PATH    listen on this "
    "socket, unless systemd passes one\n                   (default: $XDG_RUNTIME_DIR/smed.sock)\n  --database PATH  "
    "use this database (default: $STATE_DIRECTORY/smed.db, or\n                   $XDG_STATE_HOME/smed/smed.db, or "
    "~/.local/state/smed/smed.db)\n  --log LEVEL      error, warning, notice, info or debug (default: info;\n          "
    "         debug also logs every read)\n  --group N        commit at most N writes together (default: 256)\n  "
    "--version        print the version\n  --help           print this help\n\nOn SIGTERM it finishes the calls in "
    "flight and exits. See smed(8).\n";

struct settings {
    char socket[PATH_SIZE], database[PATH_SIZE];
    struct daemon_options daemon;
    enum log_level log;
};

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' ? value : NULL;
}

__attribute__((format(printf, 1, 2))) static int usage(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("smed: ", stderr);
    vfprintf(stderr, format, args);
    fputs("; try smed --help\n", stderr);
    va_end(args);
    return EXIT_USAGE;
}

static int set_group(struct settings *s, const char *text)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end == text || *end != '\0' || n < 1 || n > DAEMON_GROUP)
        return usage("--group must be from 1 to 256, not '%s'", text);
    s->daemon.group = (size_t)n;
    return 0;
}

static int set_option(struct settings *s, int option, const char *value)
{
    switch (option) {
    case 's':
        snprintf(s->socket, sizeof s->socket, "%s", value);
        return 0;
    case 'd':
        snprintf(s->database, sizeof s->database, "%s", value);
        return 0;
    case 'l':
        return log_level_parse(value, &s->log) ? 0 : usage("unknown log level '%s'", value);
    case 'g':
        return set_group(s, value);
    default:
        return usage("unrecognized option");
    }
}

/* 0: run; -1: done, exit successfully; else the exit status. */
static int read_options(struct settings *s, int argc, char **argv)
{
    static const struct option options[] = {
        { "socket", required_argument, NULL, 's' },
        { "database", required_argument, NULL, 'd' },
        { "log", required_argument, NULL, 'l' },
        { "group", required_argument, NULL, 'g' },
        { "version", no_argument, NULL, 'v' },
        { "help", no_argument, NULL, 'h' },
        { 0 },
    };
    int option, status = 0;
    while (status == 0 && (option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'h')
            return fputs(help, stdout) < 0 ? 1 : -1;
        if (option == 'v')
            return puts("smed " SMED_VERSION) < 0 ? 1 : -1;
        status = set_option(s, option, optarg);
    }
    return status == 0 && optind < argc ? usage("unexpected argument '%s'", argv[optind]) : status;
}

static void make_folder(const char *path)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        log_write(LOG_ERROR, "cannot create the directory %s: %s", path, strerror(errno));
}

/* $XDG_STATE_HOME/smed, or ~/.local/state/smed; created if missing. */
static int state_folder(char *ret, size_t size)
{
    const char *state = environment("XDG_STATE_HOME"), *home = environment("HOME");
    if (state == NULL && home == NULL)
        return usage("neither STATE_DIRECTORY nor HOME is set; use --database");
    if (state != NULL) {
        snprintf(ret, size, "%s", state);
    } else {
        snprintf(ret, size, "%s/.local", home);
        make_folder(ret);
        snprintf(ret, size, "%s/.local/state", home);
    }
    make_folder(ret);
    size_t length = strlen(ret);
    snprintf(ret + length, size - length, "/smed");
    make_folder(ret);
    return 0;
}

static int default_database(struct settings *s)
{
    const char *systemd = environment("STATE_DIRECTORY");
    char folder[PATH_SIZE - sizeof "/smed.db"];
    int status = 0;
    if (systemd != NULL) /* may be several, separated by colons; the first is ours */
        snprintf(folder, sizeof folder, "%.*s", (int)strcspn(systemd, ":"), systemd);
    else
        status = state_folder(folder, sizeof folder);
    snprintf(s->database, sizeof s->database, "%s/smed.db", status == 0 ? folder : "");
    return status;
}

static int fill_defaults(struct settings *s)
{
    const char *runtime = environment("XDG_RUNTIME_DIR");
    if (s->socket[0] == '\0' && runtime != NULL)
        snprintf(s->socket, sizeof s->socket, "%s/smed.sock", runtime);
    if (s->socket[0] == '\0' && environment("LISTEN_FDS") == NULL)
        return usage("XDG_RUNTIME_DIR is not set; use --socket");
    return s->database[0] == '\0' ? default_database(s) : 0;
}

static int run(const struct settings *s)
{
    static struct daemon daemon;
    struct err e = { 0 };
    if (daemon_start(&daemon, &s->daemon, &e) != OK) {
        log_write(LOG_ERROR, "cannot start: %s", e.message);
        return EXIT_UNAVAILABLE;
    }
    log_write(LOG_INFO, "started version=%s database=%s", SMED_VERSION, s->database);
    int code = daemon_run(&daemon);
    log_write(LOG_INFO, "stopped code=%s", code == OK ? "ok" : api_error(code)->name);
    return code == OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    static struct settings s;
    s.log = LOG_INFO;
    s.daemon = daemon_defaults();
    int status = read_options(&s, argc, argv);
    if (status == 0)
        status = fill_defaults(&s);
    if (status != 0)
        return status < 0 ? EXIT_SUCCESS : status;
    log_open(s.log);
    s.daemon.socket = s.socket;
    s.daemon.database = s.database;
    s.daemon.clock = clock_from_environment();
    s.daemon.handle_signals = true;
    return run(&s);
}
