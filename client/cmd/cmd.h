/* What the commands do. Each returns the code in *e; the answer has gone to c->out. */
#pragma once

#include "client/cli/command.h"

/* A method as it is: call it, write its record or all its pages. */
int cmd_method_run(struct client *c, struct args *args, struct err *e);
/* The same for another method and its params. */
int cmd_method_write(struct client *c, const struct method *m, void *params, struct err *e);
/* ERR_INVALID_PARAM names what is required and missing. */
int cmd_method_check(const struct args *args, struct err *e);

int cmd_status_run(struct client *c, struct args *args, struct err *e);
int cmd_digest_run(struct client *c, struct args *args, struct err *e);
int cmd_due_run(struct client *c, struct args *args, struct err *e);
int cmd_standard_show(struct client *c, struct args *args, struct err *e);
int cmd_group_show(struct client *c, struct args *args, struct err *e);
int cmd_group_reliability(struct client *c, struct args *args, struct err *e);
int cmd_audit_record(struct client *c, struct args *args, struct err *e);
int cmd_audit_list(struct client *c, struct args *args, struct err *e);
int cmd_cert_show(struct client *c, struct args *args, struct err *e);
int cmd_cert_check(struct client *c, struct args *args, struct err *e);
int cmd_finding_show(struct client *c, struct args *args, struct err *e);
int cmd_sample_detail(struct client *c, struct args *args, struct err *e);
int cmd_sample_verify(struct client *c, struct args *args, struct err *e);
int cmd_journal_export(struct client *c, struct args *args, struct err *e);
int cmd_journal_verify(struct client *c, struct args *args, struct err *e);
int cmd_system_stats(struct client *c, struct args *args, struct err *e);
int cmd_system_version(struct client *c, struct args *args, struct err *e);
int cmd_system_standing(struct client *c, struct args *args, struct err *e);
int cmd_impartiality_check(struct client *c, struct args *args, struct err *e);
int cmd_helper_run(struct client *c, struct args *args, struct err *e);
/* Runs a helper program with input as its standard input and the file output as its standard output, and waits. */
int cmd_helper_feed(struct client *c, const char *name, const struct buf *input, int output, struct err *e);
/* Becomes the helper program; returns, with errno, only if it is nowhere. */
void cmd_helper_execute(struct client *c, const char *name, char **words);
int cmd_evidence_add(struct client *c, struct args *args, struct err *e);
int cmd_help_run(struct client *c, struct args *args, struct err *e);
int cmd_bridge_run(struct client *c, struct args *args, struct err *e);
int cmd_complete_run(struct client *c, struct args *args, struct err *e);
int cmd_complete_script(struct client *c, struct args *args, struct err *e);

extern const struct extra cmd_due_extras[];
extern const struct extra cmd_digest_extras[];
extern const struct extra cmd_audit_record_extras[];
extern const struct extra cmd_audit_list_extras[];
extern const struct extra cmd_evidence_add_extras[];
extern const struct extra cmd_journal_export_extras[];
extern const struct extra cmd_system_stats_extras[];
