/* SPDX-License-Identifier: Apache-2.0 */
#include "client/call/rpc.h"
#include "client/helper/standard/mapping.h"
#include "client/xmalloc.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char usage[] =
    "Usage: sme-ctl standard map [--dry-run] FILE...\n\nPublish maps from one edition to another from YAML or JSON "
    "files, see\nsme-standard(5). All files are checked before the first is published. A map\nequal to the newest one "
    "between its editions is skipped; any other replaces it\nunder a new number.\n\n  -n, --dry-run   check the files, "
    "but publish nothing\n  -h, --help      print this help\n";

struct source {
    struct yaml yaml;
    struct mapping mapping;
};

static bool read_all(struct source *sources, char **files, int n, struct arena *a)
{
    bool good = true;
    for (int i = 0; i < n; i++) {
        struct source *s = &sources[i];
        if (!yaml_open(&s->yaml, files[i], a) || !mapping_read(&s->yaml, &s->mapping)) {
            yaml_print_problems(&s->yaml);
            good = false;
        }
    }
    return good;
}

static void describe(const struct source *s)
{
    const struct map_publish *p = &s->mapping.publish;
    printf("the map from %s to %s is valid: %zu rows\n", p->from.text, p->to.text, p->n_rows);
}

/* A reference to a missing edition or requirement has its place in the file. */
static int publish(struct rpc *rpc, struct source *s, struct arena *a)
{
    struct edition_map map = { 0 };
    struct err e = { 0 };
    if (rpc_call(rpc, &api_methods[METHOD_map_publish], &s->mapping.publish, a, &map, &e) == OK) {
        printf("%s, from %s to %s, published: %lld rows\n", map.map.text, map.from.text, map.to.text,
               (long long)map.rows);
        return 0;
    }
    if (e.code == ERR_INVALID_PARAM || (e.code == ERR_NOT_FOUND && *e.field != '\0')) {
        mapping_complain(&s->yaml, &s->mapping, &e);
        yaml_print_problems(&s->yaml);
    } else {
        fprintf(stderr, "sme-ctl: %s: %s\n", s->yaml.file, e.message);
    }
    return api_error(e.code)->exit;
}

static int publish_all(struct source *sources, int n, struct arena *a)
{
    struct rpc rpc;
    int status = 0;
    rpc_init(&rpc);
    for (int i = 0; i < n && status == 0; i++)
        status = publish(&rpc, &sources[i], a);
    rpc_fini(&rpc);
    return status;
}

static int take_files(char **files, int n, bool dry_run)
{
    struct arena a;
    arena_init(&a, SIZE_MAX);
    struct source *sources = xmalloc_array(&a, (size_t)n, sizeof *sources);
    int status = read_all(sources, files, n, &a) ? 0 : EXIT_DATA;
    for (int i = 0; i < n && status == 0 && dry_run; i++)
        describe(&sources[i]);
    if (status == 0 && !dry_run)
        status = publish_all(sources, n, &a);
    for (int i = 0; i < n; i++)
        yaml_close(&sources[i].yaml);
    arena_reset(&a);
    return status;
}

static int misused(const char *why)
{
    fprintf(stderr, "sme-ctl: standard map: %s; see sme-ctl standard map --help\n", why);
    return EXIT_USAGE;
}

/* argv[1] is the word map. */
int mapping_run(int argc, char **argv)
{
    static const struct option options[] = { { "dry-run", no_argument, NULL, 'n' },
                                             { "help", no_argument, NULL, 'h' },
                                             { NULL, 0, NULL, 0 } };
    bool dry_run = false;
    opterr = 0;
    for (int option; (option = getopt_long(argc, argv, "nh", options, NULL)) != -1;) {
        if (option == 'h')
            return fputs(usage, stdout) == EOF;
        if (option != 'n')
            return misused("unknown option");
        dry_run = true;
    }
    if (optind + 1 >= argc)
        return misused("missing FILE");
    return take_files(argv + optind + 1, argc - optind - 1, dry_run);
}
