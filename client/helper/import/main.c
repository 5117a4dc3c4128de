/* SPDX-License-Identifier: Apache-2.0 */
/* sme-ctl-import: rows of a CSV file into the register. Run by sme-ctl as `sme-ctl import`, and for the form of
 * `sme-ctl audit record --answers`. */
#include "client/helper/import/convert.h"
#include "client/helper/import/form.h"
#include "client/helper/import/options.h"
#include "client/helper/import/progress.h"
#include "client/helper/import/summary.h"
#include "client/xmalloc.h"

#include <stdio.h>
#include <string.h>

static bool read_map(const struct options *o, struct yaml *y, struct map *map, struct arena *a)
{
    bool good = true;
    map_default(map, a);
    if (o->map != NULL) {
        good = yaml_open(y, o->map, a) && map_read(y, o->noun, map);
        yaml_print_problems(y);
    }
    return good;
}

/* The values on the command line apply to every row. */
static void add_constants(const struct options *o, struct map *map, struct arena *a)
{
    int list;
    const struct field *kind = noun_field(o->noun, "kind", &list);
    if (o->kind != NULL)
        map_constant(map, kind, list, o->kind, a);
    const struct field *cooperative = noun_field(o->noun, "cooperative", &list);
    if (o->cooperative != NULL && cooperative != NULL)
        map_constant(map, cooperative, list, o->cooperative, a);
}

static int refuse(const struct options *o, struct problems *problems)
{
    problem_print(problems, o->file);
    if (o->errors != NULL)
        problem_write(problems, o->errors);
    fprintf(stderr, "sme-ctl: %s: %zu problem%s; nothing was changed\n", o->file, problems->n,
            problems->n == 1 ? "" : "s");
    return EXIT_DATA;
}

/* The option with the value that all rows share; else the file. */
static const char *place_of(const struct options *o, const struct err *e)
{
    if (strcmp(e->field, "edition") == 0)
        return "--standard";
    return strcmp(e->field, "cooperative") == 0 ? "--cooperative" : o->file;
}

static int fail(const struct options *o, const struct send *s, const struct err *e)
{
    fprintf(stderr, "sme-ctl: %s: %s\n", place_of(o, e), e->message);
    if (s->applied == 0)
        return api_error(e->code)->exit;
    fprintf(stderr, "sme-ctl: %lld of %lld rows were imported; repeat the command to continue\n", (long long)s->applied,
            (long long)s->created);
    return EXIT_PARTIAL;
}

/* The rows have been read; problems holds their errors so far. */
static int send_all(const struct options *o, struct send *s)
{
    struct err e = { 0 };
    send_plan(s);
    if (s->n_batches > 0 && send_check(s, &e) != OK)
        return s->problems->n > 0 ? refuse(o, s->problems) : fail(o, s, &e);
    if (s->problems->n > 0)
        return refuse(o, s->problems);
    if (!o->dry_run && send_apply(s, &e) != OK)
        return fail(o, s, &e);
    if (s->problems->n > 0) {
        problem_print(s->problems, o->file);
        fprintf(stderr, "sme-ctl: the register changed during the import; repeat the command to continue\n");
        return EXIT_PARTIAL;
    }
    summary_print(s, o->dry_run);
    return 0;
}

static int import(const struct options *o, struct map *map, struct arena *a)
{
    struct problems problems;
    struct gather gather;
    struct rpc rpc;
    problem_init(&problems, a);
    add_constants(o, map, a);
    gather_init(&gather, o->noun, map, &problems, a);
    if (!convert_file(&gather, o->file))
        return refuse(o, &problems);
    rpc_init(&rpc);
    struct send send = {
        .rpc = &rpc,
        .gather = &gather,
        .problems = &problems,
        .edition = o->edition,
        .cooperative = o->cooperative,
        .batch_rows = o->batch_rows,
        .progress = progress_is_wanted(),
    };
    int status = send_all(o, &send);
    rpc_fini(&rpc);
    return status;
}

static int run(const struct options *o, struct arena *a)
{
    struct yaml y = { 0 };
    struct map map;
    int status = read_map(o, &y, &map, a) ? import(o, &map, a) : EXIT_DATA;
    yaml_close(&y);
    return status;
}

int main(int argc, char **argv)
{
    struct arena a;
    struct options o;
    int status = EXIT_USAGE;
    if (argc == 3 && strcmp(argv[1], "--answers") == 0)
        return form_print(argv[2]);
    arena_init(&a, SIZE_MAX);
    bool good = options_parse(&o, argc, argv, &a);
    if (good && o.help)
        options_print_help(), status = 0;
    else if (good)
        status = run(&o, &a);
    arena_reset(&a);
    return status;
}
