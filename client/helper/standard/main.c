/* SPDX-License-Identifier: Apache-2.0 */
/* sme-ctl-standard: publishes editions, and maps between them, from their files. Run by sme-ctl as
 * `sme-ctl standard import` and `sme-ctl standard map`. */
#include "client/call/rpc.h"
#include "client/helper/standard/edition.h"
#include "client/helper/standard/mapping.h"
#include "client/helper/standard/overlay.h"
#include "client/xmalloc.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char usage[] = "Usage: sme-ctl standard import [--dry-run] [--rules FILE] FILE...\n\nPublish editions of "
                            "standards from YAML or JSON files, see sme-standard(5).\nAll files are checked before the "
                            "first is published. Editions that are already\npublished unchanged are skipped.\n\n  -r, "
                            "--rules FILE  add the rules of a rules file to your own, licensed checklist\n  -n, "
                            "--dry-run     check the files, but publish nothing\n  -h, --help        print this help\n";

struct source {
    struct yaml yaml;
    struct edition_file edition;
};

/* The parsed command line. */
struct job {
    char **files;
    int n;
    const char *rules; /* a file, or NULL */
    bool dry_run;

    struct arena arena;
    struct source *sources; /* one per file */
    struct yaml rules_yaml;
    struct overlay overlay;
};

static bool read_rules(struct job *job)
{
    struct yaml *y = &job->rules_yaml;
    if (job->rules == NULL || (yaml_open(y, job->rules, &job->arena) && overlay_read(y, &job->overlay)))
        return true;
    yaml_print_problems(y);
    return false;
}

/* Complaints about the rules file, if any, come last. */
static bool read_all(struct job *job)
{
    bool good = true;
    const struct overlay *overlay = job->rules != NULL ? &job->overlay : NULL;
    for (int i = 0; i < job->n; i++) {
        struct source *s = &job->sources[i];
        if (!yaml_open(&s->yaml, job->files[i], &job->arena) || !edition_read(&s->yaml, overlay, &s->edition)) {
            yaml_print_problems(&s->yaml);
            good = false;
        }
    }
    yaml_print_problems(&job->rules_yaml);
    return good;
}

static size_t n_assessable(const struct standard_publish *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_requirements; i++)
        n += p->requirements[i].level != 0;
    return n;
}

static int publish(struct rpc *rpc, struct job *job, struct source *s)
{
    struct standard_publish *p = &s->edition.publish;
    struct edition edition = { 0 };
    struct err e = { 0 };
    if (rpc_call(rpc, &api_methods[METHOD_standard_publish], p, &job->arena, &edition, &e) == OK) {
        printf("%s published: %lld requirements\n", edition.edition.text, (long long)edition.requirements);
        return 0;
    }
    if (e.code == ERR_INVALID_PARAM) {
        edition_complain(&s->yaml, &s->edition, &e);
        yaml_print_problems(&s->yaml);
        yaml_print_problems(&job->rules_yaml);
    } else {
        fprintf(stderr, "sme-ctl: %s: %s\n", s->yaml.file, e.message);
    }
    return api_error(e.code)->exit;
}

static int publish_all(struct job *job)
{
    struct rpc rpc;
    int status = 0;
    rpc_init(&rpc);
    for (int i = 0; i < job->n && status == 0; i++)
        status = publish(&rpc, job, &job->sources[i]);
    rpc_fini(&rpc);
    return status;
}

static int describe(const struct job *job)
{
    for (int i = 0; i < job->n; i++) {
        const struct standard_publish *p = &job->sources[i].edition.publish;
        printf("%s:%s is valid: %zu requirements\n", p->standard, p->edition, n_assessable(p));
    }
    return 0;
}

static int import(struct job *job)
{
    arena_init(&job->arena, SIZE_MAX);
    job->sources = xmalloc_array(&job->arena, (size_t)job->n, sizeof *job->sources);
    int status = read_rules(job) && read_all(job) ? 0 : EXIT_DATA;
    if (status == 0)
        status = job->dry_run ? describe(job) : publish_all(job);
    for (int i = 0; i < job->n; i++)
        yaml_close(&job->sources[i].yaml);
    yaml_close(&job->rules_yaml);
    arena_reset(&job->arena);
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
                                             { "rules", required_argument, NULL, 'r' },
                                             { "help", no_argument, NULL, 'h' },
                                             { NULL, 0, NULL, 0 } };
    struct job job = { 0 };
    opterr = 0;
    if (argc > 1 && strcmp(argv[1], "map") == 0)
        return mapping_run(argc, argv);
    for (int option; (option = getopt_long(argc, argv, ":nr:h", options, NULL)) != -1;) {
        if (option == 'h')
            return fputs(usage, stdout) == EOF;
        if (option == 'n')
            job.dry_run = true;
        else if (option == 'r' && job.rules == NULL)
            job.rules = optarg;
        else
            return misused(option == ':'   ? "missing value of an option"
                           : option == 'r' ? "only one rules file at a time"
                                           : "unknown option");
    }
    if (optind == argc || strcmp(argv[optind], "import") != 0)
        return misused("unknown command (commands: import, map)");
    if (optind + 1 == argc)
        return misused("missing FILE");
    job.files = argv + optind + 1;
    job.n = argc - optind - 1;
    return import(&job);
}
