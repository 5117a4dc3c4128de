/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_cover.h"

#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/cert/cert.h"
#include "daemon/service/group/coverage.h"
#include "daemon/service/standard/edition.h"
#include "daemon/service/standard/rules.h"
#include "daemon/service/standing/readiness.h"
#include "query/cert.h"

#include <string.h>

/* A member on the day: its current or possible coverage. */
struct candidate {
    int64_t id, sanction_id;
    const char *code;
    enum sanction_kind sanction; /* 0: none */
    struct date joined_on, covered_from, covered_until;
    bool inspected;
};

/* A certificate of a group with its members on a day. */
struct cover_case {
    struct call *call;
    struct ref certificate;
    struct cert_facts facts;
    const struct catalogue_edition *edition;
    struct date on, visited_on; /* members that joined after this day are new */
    struct candidate *members;
    size_t n;
    int64_t added, newcomers, others, left_out; /* newcomers and others: covered on the day */
};

static const struct group_rule *group_rule(const struct cover_case *k)
{
    return k->edition->rules != NULL ? k->edition->rules->group : NULL;
}

static bool is_new(const struct cover_case *k, const struct candidate *m)
{
    return date_before(k->visited_on, m->joined_on);
}

static bool is_covered(const struct cover_case *k, const struct candidate *m)
{
    return date_is_set(m->covered_from) && !date_before(k->on, m->covered_from) && m->sanction != SANCTION_EXCLUSION;
}

/* enterprise_id 0: every member. */
static int read_members(struct cover_case *k, int64_t enterprise_id)
{
    struct call *call = k->call;
    struct page rows = { 0 };
    struct stmt *q = query_cert_cover_members(call->store, k->facts.holder_id, k->on, call->today, k->certificate.id,
                                              k->facts.edition_id, enterprise_id);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct candidate m = { .id = stmt_int(q, CERT_COVER_MEMBERS_enterprise_id),
                               .code = stmt_dup(q, CERT_COVER_MEMBERS_code, call->arena),
                               .joined_on = stmt_date(q, CERT_COVER_MEMBERS_joined_on),
                               .sanction_id = stmt_int(q, CERT_COVER_MEMBERS_sanction_id),
                               .sanction = (enum sanction_kind)stmt_choice(q, CERT_COVER_MEMBERS_sanction,
                                                                           ENUM_sanction_kind),
                               .covered_from = stmt_date(q, CERT_COVER_MEMBERS_covered_from),
                               .covered_until = stmt_date(q, CERT_COVER_MEMBERS_covered_until) };
        if (m.code == NULL || !page_push(&rows, call->arena, &m, sizeof m))
            code = answer_no_memory(call);
        k->newcomers += is_covered(k, &m) && is_new(k, &m);
        k->others += is_covered(k, &m) && !is_new(k, &m);
    }
    k->members = rows.rows;
    k->n = rows.n;
    return answer_end(call, q, code);
}

/* Both lists are by code; excluded members are only in the first. */
static int read_inspected(struct cover_case *k)
{
    struct page rows = { 0 };
    const struct coverage_ask ask = { .cooperative_id = k->facts.holder_id,
                                      .edition = k->edition,
                                      .day = day_seen_today(k->call, k->on),
                                      .after = "",
                                      .in_period = true,
                                      .limit = SIZE_MAX };
    int code = coverage_list(k->call, &ask, &rows);
    const struct coverage *c = rows.rows;
    for (size_t i = 0, at = 0; code == OK && i < k->n && at < rows.n; i++)
        if (strcmp(k->members[i].code, c[at].enterprise.text) == 0)
            k->members[i].inspected = !c[at++].missing;
    return code;
}

static int open_case(struct call *call, const struct ref *certificate, struct date on, struct cover_case *ret)
{
    *ret = (struct cover_case){ .call = call, .certificate = *certificate, .on = on };
    int code = cert_facts(call, certificate->id, on, &ret->facts);
    if (code == OK && ret->facts.route != ROUTE_GROUP)
        code = err_set(call->err, ERR_CONFLICT, "certificate",
                       "%s is an individual certificate; only a group certificate covers members", certificate->text);
    if (code == OK)
        code = catalogue_edition(call, ret->facts.edition_id, &ret->edition);
    if (code != OK)
        return code;
    struct stmt *q = query_cert_last_visit(call->store, certificate->id, on, call->today);
    ret->visited_on = stmt_step(q) ? stmt_date(q, CERT_LAST_VISIT_on_day) : (struct date){ 0 };
    return answer_end(call, q, OK);
}

static int check_active(struct cover_case *k)
{
    struct call *call = k->call;
    struct certificate then = { 0 };
    char day[DATE_TEXT];
    int code = cert_load(call, k->certificate.id, k->on, &then);
    if (code == OK && date_before(k->on, then.valid_from))
        return err_set(call->err, ERR_CONFLICT, "on", "%s is valid from %s; coverage cannot begin earlier",
                       k->certificate.text, date_format(then.valid_from, day));
    if (code == OK && then.state != CERT_ACTIVE)
        return err_set(call->err, ERR_BAD_STATE, "certificate",
                       "%s is %s; only an active certificate can cover more members", k->certificate.text,
                       api_choice_text(ENUM_certificate_state, (int)then.state));
    return code;
}

/* After the end of the edition only where its rule says so. */
static int check_additions(struct cover_case *k)
{
    const struct transition_rule *rule = k->edition->rules != NULL ? k->edition->rules->transition : NULL;
    const char *flaw = NULL;
    int code = rule != NULL && !rule->additions ? edition_flaw(k->call, k->edition, k->on, &flaw) : OK;
    if (code != OK || flaw == NULL)
        return code;
    return err_set(k->call->err, ERR_CONFLICT, "certificate",
                   "%s; its rules do not let members be added to %s after that (%s)", flaw, k->certificate.text,
                   rule->source);
}

/* Whether its own standing is ready on the day. */
static int is_ready(struct cover_case *k, const struct candidate *m, bool *ret)
{
    struct standing_state *states;
    struct readiness r = { 0 };
    size_t n;
    int code = standing_list(k->call, m->id, k->edition->id, day_as_of(k->on), &states, &n);
    if (code == OK && n > 0)
        readiness_judge(&states[0], rules_proof_members(k->edition->rules), &r);
    *ret = r.verdict == VERDICT_READY;
    return code;
}

/* Whether a member may be covered: flaw->code is OK, else *flaw says why not. */
static int judge(struct cover_case *k, const struct candidate *m, struct err *flaw)
{
    char day[DATE_TEXT];
    bool ready = true;
    int code = OK;
    flaw->code = OK;
    if (date_is_set(m->covered_from))
        err_set(flaw, ERR_CONFLICT, "enterprise", "%s is already covered from %s", m->code,
                date_format(m->covered_from, day));
    else if (m->sanction == SANCTION_SUSPENSION || m->sanction == SANCTION_EXCLUSION)
        err_set(flaw, ERR_CONFLICT, "enterprise", "sanction X%lld: %s is under %s; lift it first with group readmit",
                (long long)m->sanction_id, m->code, api_choice_text(ENUM_sanction_kind, (int)m->sanction));
    else if (!m->inspected)
        err_set(flaw, ERR_CONFLICT, "enterprise",
                "%s was not inspected as the edition requires; see sme-ctl group coverage", m->code);
    else
        code = is_ready(k, m, &ready);
    if (!ready)
        err_set(flaw, ERR_CONFLICT, "enterprise", "%s is not ready for %s; see sme-ctl status %s", m->code,
                k->edition->code, m->code);
    return code;
}

/* How many new members the rule allows in addition to the others covered; -1 for any number. */
static int64_t room_for_new(const struct cover_case *k)
{
    const struct group_rule *rule = group_rule(k);
    return rule != NULL && rule->has_newcomers ? rule->newcomers * k->others / rule->newcomers_of : -1;
}

static int insert(struct cover_case *k, const struct candidate *m)
{
    k->added++;
    k->newcomers += is_new(k, m);
    k->others += !is_new(k, m);
    return stmt_run(query_cert_cover_insert(k->call->store, k->certificate.id, m->id, k->on), k->call->err);
}

static int refuse_new(struct cover_case *k, const struct candidate *m, int64_t room)
{
    const struct group_rule *rule = group_rule(k);
    char joined[DATE_TEXT], visited[DATE_TEXT];
    int64_t more = room > k->newcomers ? room - k->newcomers : 0;
    return err_set(k->call->err, ERR_CONFLICT, "enterprise",
                   "%s joined on %s, after the last external audit (%s); new members may be %lld/%lld of the %lld "
                   "covered before (%lld in total); %lld are covered, %lld more can be before the next audit (%s)",
                   m->code, date_format(m->joined_on, joined), date_format(k->visited_on, visited),
                   (long long)rule->newcomers, (long long)rule->newcomers_of, (long long)k->others, (long long)room,
                   (long long)k->newcomers, (long long)more, rule->source);
}

static int cover_one(struct cover_case *k, const struct candidate *m)
{
    struct err flaw;
    int code = judge(k, m, &flaw);
    if (code == OK && flaw.code != OK) {
        *k->call->err = flaw;
        return flaw.code;
    }
    int64_t room = room_for_new(k);
    if (code == OK && is_new(k, m) && room >= 0 && k->newcomers + 1 > room)
        return refuse_new(k, m, room);
    return code == OK ? insert(k, m) : code;
}

/* First the others, which make room for new members; then all the new ones, or none if there is not room for all. */
static int cover_ready(struct cover_case *k)
{
    const struct candidate **fresh = arena_array(k->call->arena, k->n, sizeof *fresh);
    struct err flaw;
    size_t n = 0;
    int code = fresh != NULL ? OK : answer_no_memory(k->call);
    for (size_t i = 0; i < k->n && code == OK; i++) {
        const struct candidate *m = &k->members[i];
        code = judge(k, m, &flaw);
        if (code != OK || flaw.code != OK)
            continue;
        if (is_new(k, m))
            fresh[n++] = m;
        else
            code = insert(k, m);
    }
    int64_t room = room_for_new(k);
    if (room >= 0 && k->newcomers + (int64_t)n > room) {
        k->left_out = (int64_t)n;
        return code;
    }
    for (size_t i = 0; i < n && code == OK; i++)
        code = insert(k, fresh[i]);
    return code;
}

static struct candidate *member_of(struct cover_case *k, int64_t enterprise_id)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->members[i].id == enterprise_id)
            return &k->members[i];
    return NULL;
}

static int not_member(struct cover_case *k, const struct ref *enterprise)
{
    char day[DATE_TEXT];
    return err_set(k->call->err, ERR_CONFLICT, "enterprise", "%s is not a member of the group on %s", enterprise->text,
                   date_format(k->on, day));
}

int cert_cover(struct call *call, const struct cert_cover *p, struct cover *ret)
{
    struct cover_case k;
    bool all = p->has_ready && p->ready;
    if ((p->enterprise.id > 0) == all)
        return err_set(call->err, ERR_INVALID_PARAM, "enterprise",
                       "name a member, or use --ready for all ready members");
    int code = open_case(call, &p->certificate, check_or_today(call, p->on), &k);
    if (code == OK)
        code = check_active(&k);
    if (code == OK)
        code = check_additions(&k);
    if (code == OK)
        code = read_members(&k, 0);
    if (code == OK)
        code = read_inspected(&k);
    if (code != OK)
        return code;
    const struct candidate *one = all ? NULL : member_of(&k, p->enterprise.id);
    if (!all && one == NULL)
        return not_member(&k, &p->enterprise);
    code = all ? cover_ready(&k) : cover_one(&k, one);
    int64_t room = room_for_new(&k);
    *ret = (struct cover){ .certificate = p->certificate,
                           .on = k.on,
                           .added = k.added,
                           .members = k.newcomers + k.others,
                           .newcomers = k.newcomers,
                           .left_out = k.left_out,
                           .more = room > k.newcomers ? room - k.newcomers : 0,
                           .has_more = room >= 0 };
    return code;
}

int cert_cover_ready(struct call *call, int64_t certificate_id, struct date on)
{
    struct cover_case k;
    const struct ref certificate = ref_to(call->arena, NOUN_certificate, certificate_id);
    if (certificate.text == NULL)
        return answer_no_memory(call);
    int code = open_case(call, &certificate, on, &k);
    if (code == OK)
        code = read_members(&k, 0);
    if (code == OK)
        code = read_inspected(&k);
    return code == OK ? cover_ready(&k) : code;
}

/* The member as listed. */
static int load_member(struct cover_case *k, const struct candidate *m, const char *reason, struct covered_member *ret)
{
    struct stmt *q = query_cert_cover_name(k->call->store, m->id);
    *ret = (struct covered_member){ .enterprise = { m->code, m->id },
                                    .has_covered = true,
                                    .covered_from = m->covered_from,
                                    .covered_until = k->on,
                                    .newcomer = is_new(k, m),
                                    .has_newcomer = true,
                                    .reason = reason };
    ret->sanction = ref_to(k->call->arena, NOUN_sanction, m->sanction_id);
    if (stmt_step(q))
        ret->name = stmt_dup(q, CERT_COVER_NAME_name, k->call->arena);
    int code = answer_end(k->call, q, OK);
    return code == OK && ret->name == NULL ? answer_no_memory(k->call) : code;
}

/* If the edition's rule says so, a member with a pending sanction may not leave; exclusion is itself the way out. */
static int check_clean(struct cover_case *k, const struct candidate *m)
{
    const struct group_rule *rule = group_rule(k);
    if (rule == NULL || !rule->leave_clean || m->sanction_id == 0 || m->sanction == SANCTION_EXCLUSION)
        return OK;
    return err_set(k->call->err, ERR_CONFLICT, "enterprise",
                   "sanction X%lld (%s) is pending against %s; lift it before the member leaves the certificate (%s)",
                   (long long)m->sanction_id, api_choice_text(ENUM_sanction_kind, (int)m->sanction), m->code,
                   rule->source);
}

int cert_uncover(struct call *call, const struct cert_uncover *p, struct covered_member *ret)
{
    struct cover_case k;
    char day[DATE_TEXT];
    int code = open_case(call, &p->certificate, check_or_today(call, p->on), &k);
    if (code == OK)
        code = read_members(&k, p->enterprise.id);
    if (code != OK)
        return code;
    const struct candidate *m = member_of(&k, p->enterprise.id);
    if (m == NULL)
        return not_member(&k, &p->enterprise);
    if (!date_is_set(m->covered_from))
        return err_set(call->err, ERR_CONFLICT, "enterprise", "%s does not cover %s on %s", p->certificate.text,
                       m->code, date_format(k.on, day));
    if (date_is_set(m->covered_until))
        return err_set(call->err, ERR_BAD_STATE, "enterprise", "coverage of %s already ends on %s", m->code,
                       date_format(m->covered_until, day));
    if (!date_before(m->covered_from, k.on))
        return err_set(call->err, ERR_CONFLICT, "on", "%s is covered from %s; coverage must last at least one day",
                       m->code, date_format(m->covered_from, day));
    code = check_clean(&k, m);
    if (code == OK)
        code = stmt_run(query_cert_cover_end(call->store, p->certificate.id, m->id, m->covered_from, k.on, p->reason),
                        call->err);
    return code == OK ? load_member(&k, m, p->reason, ret) : code;
}

int cert_members(struct call *call, const struct cert_members *p, struct page *ret)
{
    struct date as_of = check_or_today(call, p->as_of), visited = { 0 };
    struct stmt *q = query_cert_last_visit(call->store, p->certificate.id, as_of, as_of);
    if (stmt_step(q))
        visited = stmt_date(q, CERT_LAST_VISIT_on_day);
    int code = answer_end(call, q, OK);
    if (code != OK)
        return code;
    q = query_cert_members(call->store, p->certificate.id, as_of, p->ended, answer_after_code(&p->page),
                           answer_limit(&p->page), visited);
    return answer_page(call, q, &p->page, ret);
}

int cert_cover_of(struct call *call, int64_t enterprise_id, int64_t edition_id, struct date on, int64_t *ret_id,
                  enum certificate_state *ret_state)
{
    struct stmt *q = query_cert_covering(call->store, enterprise_id, edition_id, on);
    bool found = stmt_step(q);
    *ret_id = found ? stmt_int(q, CERT_COVERING_id) : 0;
    *ret_state = found ? (enum certificate_state)stmt_choice(q, CERT_COVERING_state, ENUM_certificate_state) : 0;
    return answer_end(call, q, OK);
}
