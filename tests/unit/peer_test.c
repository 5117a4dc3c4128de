/* SPDX-License-Identifier: Apache-2.0 */
/* Who is at the other end of a socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/auth/peer.h"

#include <grp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_knows_itself_as_administrator(void **state)
{
    struct peer_book book;
    struct peer *first, *second;
    struct err e = { 0 };
    int fds[2];
    (void)state;
    peer_book_init(&book);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    assert_int_equal(peer_acquire(&book, fds[0], &first, &e), OK);
    assert_int_equal(first->caller.uid, getuid());
    assert_true(first->caller.is_admin);
    assert_true(first->caller.user[0] != '\0');
    assert_true(first->caller.n_gids >= 1);
    /* The same user with the same groups is kept once, and counted twice. */
    assert_int_equal(peer_acquire(&book, fds[1], &second, &e), OK);
    assert_ptr_equal(first, second);
    assert_int_equal(peer_count(&book, first), 2);
    peer_release(second);
    assert_int_equal(peer_count(&book, first), 1);
    peer_release(first);
    peer_book_fini(&book);
    close(fds[0]);
    close(fds[1]);
}

/* A socket pair made by another user, which is whom the kernel then names. */
static int pair_of(uid_t uid, gid_t gid, int fds[2])
{
    if (setgroups(1, (const gid_t[]){ 4242 }) != 0 || setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0)
        return -1;
    return socketpair(AF_UNIX, SOCK_STREAM, 0, fds);
}

static int look_at(uid_t uid, bool expect_refusal)
{
    struct peer_book book;
    struct peer *peer = NULL;
    struct err e = { 0 };
    int fds[2];
    peer_book_init(&book); /* as the daemon, before becoming the peer */
    if (pair_of(uid, 4343, fds) != 0)
        return 1;
    int code = peer_acquire(&book, fds[0], &peer, &e);
    if (expect_refusal)
        return code == ERR_DENIED ? 0 : 2;
    if (code != OK || peer->caller.uid != (int64_t)uid || peer->caller.is_admin)
        return 3;
    bool has_group = false, has_other = false;
    for (int i = 0; i < peer->caller.n_gids; i++) {
        has_group |= peer->caller.gids[i] == 4343;
        has_other |= peer->caller.gids[i] == 4242;
    }
    peer_release(peer);
    peer_book_fini(&book);
    return has_group && has_other ? 0 : 4;
}

static int status_as(uid_t uid, bool expect_refusal)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0)
        _exit(look_at(uid, expect_refusal));
    waitpid(pid, &status, 0);
    return WEXITSTATUS(status);
}

static void test_names_another_user_and_its_groups(void **state)
{
    (void)state;
    if (getuid() != 0)
        skip(); /* only root can become somebody else */
    assert_int_equal(status_as(4141, false), 0);
}

static void test_refuses_a_user_without_a_number(void **state)
{
    (void)state;
    if (getuid() != 0)
        skip();
    assert_int_equal(status_as(65534, true), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_knows_itself_as_administrator),
        cmocka_unit_test(test_names_another_user_and_its_groups),
        cmocka_unit_test(test_refuses_a_user_without_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
