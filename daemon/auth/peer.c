/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/auth/peer.h"

#include "common/scope.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* Peers without a connection that stay cached, so that a frequent caller is looked up once. */
enum { IDLE_PEERS_MAX = 256 };
/* Users that do not exist here: the overflow user and -1. */
enum { UID_NOBODY = 65534, LOOKUP_SIZE = 16384 };

static int64_t group_number(const char *name)
{
    char buffer[LOOKUP_SIZE];
    struct group group, *found = NULL;
    if (getgrnam_r(name, &group, buffer, sizeof buffer, &found) != 0 || found == NULL)
        return -1;
    return (int64_t)group.gr_gid;
}

void peer_book_init(struct peer_book *book)
{
    *book = (struct peer_book){ .own_uid = (int64_t)geteuid(), .admin_gid = group_number("smed-admin") };
}

void peer_book_fini(struct peer_book *book)
{
    while (book->first != NULL) {
        struct peer *peer = book->first;
        book->first = peer->next;
        free(peer);
    }
}

/* All supplementary groups of the peer: an array for the caller to free. */
static gid_t *read_groups(int fd, size_t *ret_n)
{
    socklen_t size = CALLER_GROUPS_MAX * sizeof(gid_t);
    for (int attempt = 0; attempt < 3; attempt++) {
        gid_t *groups = malloc(size > 0 ? size : sizeof *groups);
        if (groups == NULL)
            return NULL;
        if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &size) == 0) {
            *ret_n = size / sizeof *groups;
            return groups;
        }
        free(groups);
        if (errno != ERANGE)
            return NULL;
    }
    return NULL;
}

static void add_group(const struct peer_book *book, struct caller *caller, gid_t gid)
{
    if ((int64_t)gid == book->admin_gid)
        caller->is_admin = true;
    for (int i = 0; i < caller->n_gids; i++)
        if (caller->gids[i] == (int64_t)gid)
            return;
    if (caller->n_gids < CALLER_GROUPS_MAX)
        caller->gids[caller->n_gids++] = (int64_t)gid;
}

static int identify(const struct peer_book *book, int fd, struct caller *ret, struct err *e)
{
    struct ucred ucred;
    socklen_t size = sizeof ucred;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &ucred, &size) != 0)
        return err_set(e, ERR_DENIED, NULL, "cannot read your credentials: %s", strerror(errno));
    if (ucred.uid == UID_NOBODY || ucred.uid == (uid_t)-1)
        return err_set(e, ERR_DENIED, NULL, "your user id is unknown on this machine; use a local user");
    *ret = (struct caller){ .uid = (int64_t)ucred.uid };
    ret->is_admin = ucred.uid == 0 || ret->uid == book->own_uid;
    add_group(book, ret, ucred.gid);
    size_t n = 0;
    SCOPED(scope_free) gid_t *groups = read_groups(fd, &n);
    for (size_t i = 0; groups != NULL && i < n; i++)
        add_group(book, ret, groups[i]);
    return OK;
}

static void name_user(struct caller *caller)
{
    char buffer[LOOKUP_SIZE];
    struct passwd user, *found = NULL;
    if (getpwuid_r((uid_t)caller->uid, &user, buffer, sizeof buffer, &found) == 0 && found != NULL
        && strlen(user.pw_name) < CALLER_USER_MAX)
        snprintf(caller->user, sizeof caller->user, "%s", user.pw_name);
    else
        snprintf(caller->user, sizeof caller->user, "%lld", (long long)caller->uid);
}

void peer_self(struct caller *ret)
{
    *ret = (struct caller){ .uid = (int64_t)geteuid(), .is_admin = true };
    name_user(ret);
}

static bool is_same(const struct caller *a, const struct caller *b)
{
    return a->uid == b->uid && a->n_gids == b->n_gids && a->is_admin == b->is_admin
           && memcmp(a->gids, b->gids, (size_t)a->n_gids * sizeof a->gids[0]) == 0;
}

static struct peer *find(const struct peer_book *book, const struct caller *caller)
{
    for (struct peer *peer = book->first; peer != NULL; peer = peer->next)
        if (is_same(&peer->caller, caller))
            return peer;
    return NULL;
}

static void forget_idle(struct peer_book *book)
{
    int idle = 0;
    for (struct peer **at = &book->first; *at != NULL;) {
        struct peer *peer = *at;
        if (peer->connections == 0 && ++idle > IDLE_PEERS_MAX) {
            *at = peer->next;
            free(peer);
        } else {
            at = &peer->next;
        }
    }
}

static struct peer *add(struct peer_book *book, const struct caller *caller)
{
    struct peer *peer = malloc(sizeof *peer);
    if (peer == NULL)
        return NULL;
    forget_idle(book);
    *peer = (struct peer){ .caller = *caller, .next = book->first };
    name_user(&peer->caller);
    book->first = peer;
    return peer;
}

int peer_acquire(struct peer_book *book, int fd, struct peer **ret, struct err *e)
{
    struct caller caller;
    if (identify(book, fd, &caller, e) != OK)
        return e->code;
    struct peer *peer = find(book, &caller);
    if (peer == NULL)
        peer = add(book, &caller);
    if (peer == NULL)
        return err_set(e, ERR_BUSY, NULL, "out of memory for another caller; try again");
    peer->connections++;
    *ret = peer;
    return OK;
}

void peer_release(struct peer *peer)
{
    peer->connections--;
}

int peer_count(const struct peer_book *book, const struct peer *peer)
{
    int n = 0;
    for (const struct peer *other = book->first; other != NULL; other = other->next)
        if (other->caller.uid == peer->caller.uid)
            n += other->connections;
    return n;
}
