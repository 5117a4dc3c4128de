/* sme-ctl-standard: publishes editions from their files. Run by sme-ctl as `sme-ctl standard import`. */
#include "client/rpc.h"
#include "client/standard/edition.h"
#include "client/xmalloc.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum { EXIT_USAGE = 64, EXIT_DATA = 65 };

static const char usage[] = "Usage: sme-ctl standard import [--dry-run] FILE...\n"
                            "\n"
                            "Publish editions of standards from YAML or JSON files, as sme-standard(5)\n"
                            "describes them. Every file is checked before the first is published. An edition\n"
                            "that is published already, equal, is left as it is.\n"
                            "\n"
                            "  -n, --dry-run   check the files, publish nothing\n"
                            "  -h, --help      this text\n";

struct source {
    struct yaml yaml;
    struct edition_file edition;
};

static bool read_all(struct source *sources, char **files, int n, struct arena *a)
{
    bool good = true;
    for (int i = 0; i < n; i++) {
        struct source *s = &sources[i];
        if (!yaml_open(&s->yaml, files[i], a) || !edition_read(&s->yaml, &s->edition)) {
            yaml_print_problems(&s->yaml);
            good = false;
        }
    }
    return good;
}

static size_t n_assessable(const struct standard_publish *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_requirements; i++)
        n += p->requirements[i].level != 0;
    return n;
}

static int publish(struct rpc *rpc, struct source *s, struct arena *a)
{
    struct standard_publish *p = &s->edition.publish;
    struct edition edition = { 0 };
    struct err e = { 0 };
    if (rpc_call(rpc, &api_methods[METHOD_standard_publish], p, a, &edition, &e) == OK) {
        printf("%s is published: %lld requirements\n", edition.edition.text, (long long)edition.requirements);
        return 0;
    }
    if (e.code == ERR_INVALID_PARAM) {
        edition_complain(&s->yaml, &s->edition, &e);
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

static void describe(const struct source *sources, int n)
{
    for (int i = 0; i < n; i++) {
        const struct standard_publish *p = &sources[i].edition.publish;
        printf("%s:%s is good: %zu requirements\n", p->standard, p->edition, n_assessable(p));
    }
}

static int import(char **files, int n, bool dry_run)
{
    struct arena a;
    arena_init(&a, SIZE_MAX);
    struct source *sources = xmalloc_array(&a, (size_t)n, sizeof *sources);
    int status = read_all(sources, files, n, &a) ? 0 : EXIT_DATA;
    if (status == 0 && dry_run)
        describe(sources, n);
    else if (status == 0)
        status = publish_all(sources, n, &a);
    for (int i = 0; i < n; i++)
        yaml_close(&sources[i].yaml);
    arena_reset(&a);
    return status;
}

static int misused(const char *why)
{
    fprintf(stderr, "sme-ctl: standard import: %s; see sme-ctl standard import --help\n", why);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
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
    if (optind == argc || strcmp(argv[optind], "import") != 0)
        return misused("the command is import");
    if (optind + 1 == argc)
        return misused("name a file");
    return import(argv + optind + 1, argc - optind - 1, dry_run);
}
