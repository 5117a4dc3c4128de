/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/options.h"

#include "client/write/wrap.h"
#include "client/xmalloc.h"
#include "common/scope.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A request takes at most 2,000 rows; 500 audits of about twenty responses fill its message. */
enum { BATCH_ROWS = 500, BATCH_ROWS_MAX = 2000 };

/* Of the help. */
enum { COLUMNS = 79, FIELDS_AT = 15 };

enum { EDITION = 256, STANDARD, COOPERATIVE, KIND, ERRORS, BATCH };

static const struct option longs[] = { { "map", required_argument, NULL, 'm' },
                                       { "standard", required_argument, NULL, STANDARD },
                                       { "edition", required_argument, NULL, EDITION },
                                       { "cooperative", required_argument, NULL, COOPERATIVE },
                                       { "kind", required_argument, NULL, KIND },
                                       { "errors", required_argument, NULL, ERRORS },
                                       { "batch", required_argument, NULL, BATCH },
                                       { "dry-run", no_argument, NULL, 'n' },
                                       { "help", no_argument, NULL, 'h' },
                                       { NULL, 0, NULL, 0 } };

static const char usage[] = "Usage: sme-ctl import WHAT FILE [OPTION...]\n\nImport rows from a CSV file (comma, "
                            "semicolon or TAB; UTF-8). All rows are\nchecked first: if one is bad, nothing is changed. "
                            "Rows that already exist\nunchanged are skipped.\n\nWHAT is one of:\n";

static const char usage_options[] =
    "\n"
    "  -m, --map FILE          how the file's columns, dates and codes are ours (YAML,\n"
    "                          see sme-standard(5)); without it the columns are named\n"
    "                          as the fields above\n"
    "      --standard S        audits: against which standard, or standard:edition\n"
    "      --edition E         audits: against which edition of it\n"
    "      --cooperative C     all rows are of this cooperative or its members\n"
    "      --kind KIND         audits, assists: of this kind, all of them\n"
    "  -n, --dry-run           check everything, change nothing\n"
    "      --errors FILE.csv   write all bad rows there (the terminal shows 50)\n"
    "      --batch N           rows in a request (default 500)\n"
    "  -h, --help              this text\n"
    "\n"
    "Exit status: 0 done; 3 stopped half-way, repeat the command to go on; 65 bad\n"
    "rows, nothing was changed; else as sme-ctl(1).\n";

void options_print_help(void)
{
    SCOPED(buf_fini) struct buf help;
    buf_init(&help, SIZE_MAX);
    buf_text(&help, usage);
    for (size_t i = 0; i < noun_count; i++) {
        SCOPED(buf_fini) struct buf names;
        buf_init(&names, SIZE_MAX);
        noun_names(&noun_imports[i], &names);
        buf_append(&names, "", 1);
        xmalloc_check(&names);
        buf_printf(&help, "  %-12s %s\n", noun_imports[i].name, noun_imports[i].doc);
        wrap_text(&help, (const char *)names.data, FIELDS_AT, 0, COLUMNS);
    }
    buf_text(&help, usage_options);
    xmalloc_check(&help);
    fwrite(help.data, 1, help.size, stdout);
}

static bool misused(const char *why, const char *what)
{
    fprintf(stderr, "sme-ctl: import: %s%s; see sme-ctl import --help\n", why, what);
    return false;
}

static bool take_batch(struct options *o, const char *text)
{
    char *end;
    unsigned long rows = strtoul(text, &end, 10);
    if (*end != '\0' || rows < 1 || rows > BATCH_ROWS_MAX)
        return misused("--batch takes a number from 1 to 2000, not ", text);
    o->batch_rows = rows;
    return true;
}

static bool take_option(struct options *o, int option, const char **ret_standard, const char **ret_edition)
{
    switch (option) {
    case 'm':
        o->map = optarg;
        return true;
    case 'n':
        o->dry_run = true;
        return true;
    case 'h':
        o->help = true;
        return true;
    case STANDARD:
        *ret_standard = optarg;
        return true;
    case EDITION:
        *ret_edition = optarg;
        return true;
    case COOPERATIVE:
        o->cooperative = optarg;
        return true;
    case KIND:
        o->kind = optarg;
        return true;
    case ERRORS:
        o->errors = optarg;
        return true;
    case BATCH:
        return take_batch(o, optarg);
    default:
        return misused("unknown or incomplete option", "");
    }
}

/* --edition takes the whole name too: iso-14001:2015. */
static bool join_edition(struct options *o, const char *standard, const char *edition, struct arena *a)
{
    bool whole = edition != NULL && strchr(edition, ':') != NULL;
    o->edition = edition;
    if (standard != NULL && edition != NULL && !whole)
        o->edition = xmalloc_printf(a, "%s:%s", standard, edition);
    else if (edition == NULL)
        o->edition = standard;
    else if (!whole)
        return misused("--edition needs --standard", "");
    if ((o->edition != NULL) != (noun_param(o->noun, "edition") != NULL))
        return misused(o->edition != NULL ? "--standard is only for audits" : "--standard is required for audits", "");
    return true;
}

static bool check(const struct options *o)
{
    int list;
    if (o->kind != NULL && noun_field(o->noun, "kind", &list) == NULL)
        return misused("--kind cannot be used with ", o->noun->name);
    return true;
}

bool options_parse(struct options *ret, int argc, char **argv, struct arena *a)
{
    const char *standard = NULL, *edition = NULL;
    *ret = (struct options){ .batch_rows = BATCH_ROWS };
    opterr = 0;
    for (int option; (option = getopt_long(argc, argv, "m:nh", longs, NULL)) != -1;)
        if (!take_option(ret, option, &standard, &edition))
            return false;
    if (ret->help)
        return true;
    if (argc - optind != 2)
        return misused("missing arguments: WHAT and FILE", "");
    ret->noun = noun_find(argv[optind]);
    ret->file = argv[optind + 1];
    if (ret->noun == NULL)
        return misused("unknown WHAT: ", argv[optind]);
    return join_edition(ret, standard, edition, a) && check(ret);
}
