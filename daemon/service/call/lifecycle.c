/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/call/lifecycle.h"

#include <stdio.h>
#include <string.h>

enum { STATES_MAX = 16, NAMES_MAX = 300 };

static const enum enum_id states_of[LIFECYCLE_COUNT] = {
#define LIFECYCLE(id, states) [LIFECYCLE_##id] = ENUM_##states,
#define MOVES(id, from, to)
#define BY(id, state, command)
#include "daemon/service/call/lifecycle.def"
#undef LIFECYCLE
#undef MOVES
#undef BY
};

static const unsigned next_of[LIFECYCLE_COUNT][STATES_MAX] = {
#define LIFECYCLE(id, states)
#define MOVES(id, from, to) [LIFECYCLE_##id][from] = (to),
#define BY(id, state, command)
#include "daemon/service/call/lifecycle.def"
#undef LIFECYCLE
#undef MOVES
#undef BY
};

static const char *const commands[LIFECYCLE_COUNT][STATES_MAX] = {
#define LIFECYCLE(id, states)
#define MOVES(id, from, to)
#define BY(id, state, command) [LIFECYCLE_##id][state] = (command),
#include "daemon/service/call/lifecycle.def"
#undef LIFECYCLE
#undef MOVES
#undef BY
};

bool lifecycle_allows(enum lifecycle life, int from, int to)
{
    return from > 0 && from < STATES_MAX && to > 0 && to < STATES_MAX && (next_of[life][from] >> to & 1U) != 0;
}

static const char *name_successors(enum lifecycle life, int from, char names[NAMES_MAX])
{
    names[0] = '\0';
    for (int to = 1; to <= api_enums[states_of[life]].count; to++) {
        if (!lifecycle_allows(life, from, to))
            continue;
        size_t used = strlen(names);
        snprintf(names + used, NAMES_MAX - used, "%s%s", used > 0 ? " or " : "", api_choice_text(states_of[life], to));
        used = strlen(names);
        if (commands[life][to] != NULL)
            snprintf(names + used, NAMES_MAX - used, " (%s)", commands[life][to]);
    }
    return names;
}

int lifecycle_move(enum lifecycle life, int from, int to, const char *field, struct err *e)
{
    if (lifecycle_allows(life, from, to))
        return OK;
    char names[NAMES_MAX];
    const char *now = api_choice_text(states_of[life], from);
    if (name_successors(life, from, names)[0] == '\0')
        return err_set(e, ERR_BAD_STATE, field, "it is %s, which is final", now);
    if (from == to)
        return err_set(e, ERR_BAD_STATE, field, "it is already %s; it can become %s", now, names);
    return err_set(e, ERR_BAD_STATE, field, "it is %s and cannot become %s; it can become %s", now,
                   api_choice_text(states_of[life], to), names);
}

int lifecycle_order(enum lifecycle life, const char *which, int state, struct date since, struct date on, struct err *e)
{
    char day[DATE_TEXT];
    if (!date_before(on, since))
        return OK;
    return err_set(e, ERR_CONFLICT, "on", "%s is %s since %s; give that day or a later one", which,
                   api_choice_text(states_of[life], state), date_format(since, day));
}
