/* SPDX-License-Identifier: Apache-2.0 */
/* The daemon's life: start, stop with calls in flight, restart, a socket left behind, a full path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/transport/socket.h"
#include "tests/support/guest.h"
#include "tests/support/house.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define REQUEST "01890000-0000-7000-8000-000000000001"

static struct guest g;

static void test_answers_the_day_of_its_clock(void **state)
{
    struct house h;
    struct pong pong = { 0 };
    (void)state;
    house_open(&h);
    house_start(&h, "2026-11-23T12:00:00Z", NULL);
    guest_connect(&g, h.socket);
    assert_int_equal(guest_call(&g, &pong, "system.ping", "{}"), OK);
    assert_int_equal(date_of_instant(pong.now).day, date_of(2026, 11, 23).day);
    guest_close(&g);
    assert_int_equal(house_stop(&h), 0);
    house_close(&h);
}

static void test_term_finishes_what_is_in_flight(void **state)
{
    enum { CALLS = 32 };
    struct house h;
    (void)state;
    house_open(&h);
    house_start(&h, NULL, NULL);
    guest_connect(&g, h.socket);
    for (int i = 0; i < CALLS; i++)
        guest_ask(&g, "cluster.create", "{code: c%d, name: 'Cluster %d'}", i, i);
    assert_true(guest_next(&g, NULL, NULL)); /* it is at it */
    kill(h.pid, SIGTERM);
    int answered = 1;
    while (guest_next(&g, NULL, NULL))
        answered += g.err.code == OK;
    guest_close(&g);
    assert_int_equal(house_wait(&h), 0);
    assert_int_not_equal(access(h.socket, F_OK), 0);

    /* Each answered write is there, and none that was not answered. */
    struct page page = { 0 };
    house_start(&h, NULL, NULL);
    guest_connect(&g, h.socket);
    assert_int_equal(guest_call(&g, &page, "cluster.list", "{}"), OK);
    assert_int_equal(page.n, answered);
    guest_close(&g);
    assert_int_equal(house_stop(&h), 0);
    house_close(&h);
}

static void test_stop_does_not_wait_for_the_idle(void **state)
{
    struct house h;
    (void)state;
    house_open(&h);
    house_start(&h, NULL, NULL);
    guest_connect(&g, h.socket);
    assert_int_equal(guest_call(&g, NULL, "system.ping", "{}"), OK);
    assert_int_equal(house_stop(&h), 0);
    assert_false(guest_next(&g, NULL, NULL));
    guest_close(&g);
    house_close(&h);
}

static void test_socket_of_the_dead_is_replaced(void **state)
{
    struct house h;
    (void)state;
    house_open(&h);
    house_start(&h, NULL, NULL);
    house_kill(&h);
    assert_int_equal(access(h.socket, F_OK), 0);
    house_start(&h, NULL, NULL);
    struct stat st;
    assert_int_equal(stat(h.socket, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(house_stop(&h), 0);
    house_close(&h);
}

static void test_socket_of_the_living_is_not(void **state)
{
    struct house h;
    struct err e = { 0 };
    int fd = -1;
    (void)state;
    house_open(&h);
    house_start(&h, NULL, NULL);
    assert_int_equal(socket_bind(h.socket, &fd, &e), ERR_EXISTS);
    assert_int_equal(fd, -1);
    guest_connect(&g, h.socket);
    assert_int_equal(guest_call(&g, NULL, "system.ping", "{}"), OK);
    guest_close(&g);
    assert_int_equal(house_stop(&h), 0);
    house_close(&h);
}

static void test_path_of_a_socket_is_short(void **state)
{
    char path[120];
    struct err e = { 0 };
    int fd = -1;
    (void)state;
    memset(path, 'x', sizeof path);
    path[0] = '/';
    path[108] = '\0'; /* the longest is 107 */
    assert_int_equal(socket_bind(path, &fd, &e), ERR_INVALID_PARAM);
    assert_string_equal(e.field, "socket");
}

static void test_inherited_socket_must_listen(void **state)
{
    char pid[32];
    struct err e = { 0 };
    int fd = 0;
    (void)state;
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    assert_int_equal(socket_inherited(&fd, &e), OK);
    assert_int_equal(fd, -1);
    setenv("LISTEN_PID", "1", 1); /* meant for another process */
    setenv("LISTEN_FDS", "1", 1);
    assert_int_equal(socket_inherited(&fd, &e), OK);
    assert_int_equal(fd, -1);
    assert_null(getenv("LISTEN_FDS"));
    int saved = dup(3);
    dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), 3);
    setenv("LISTEN_PID", pid, 1);
    setenv("LISTEN_FDS", "1", 1);
    assert_int_equal(socket_inherited(&fd, &e), ERR_INTERNAL);
    if (saved >= 0)
        dup2(saved, 3);
}

static void test_repeat_across_a_restart_is_done_once(void **state)
{
    struct house h;
    struct cluster first = { 0 }, second = { 0 };
    (void)state;
    house_open(&h);
    house_start(&h, NULL, NULL);
    guest_connect(&g, h.socket);
    assert_int_equal(guest_call(&g, &first, "cluster.create", "{code: a, name: Alpha, request: " REQUEST "}"), OK);
    assert_string_equal(first.name, "Alpha");
    guest_close(&g);
    house_kill(&h);

    house_start(&h, NULL, NULL);
    guest_connect(&g, h.socket);
    assert_int_equal(guest_call(&g, &second, "cluster.create", "{code: a, name: Alpha, request: " REQUEST "}"), OK);
    assert_string_equal(second.name, "Alpha");
    assert_int_equal(guest_call(&g, NULL, "cluster.create", "{code: a, name: Beta, request: " REQUEST "}"),
                     ERR_CONFLICT);
    assert_string_equal(g.err.field, "request");
    assert_int_equal(guest_call(&g, NULL, "coop.create", "{code: a, name: Alpha, request: " REQUEST "}"), ERR_CONFLICT);
    assert_string_equal(g.err.field, "request");
    struct chain_head head = { 0 };
    assert_int_equal(guest_call(&g, &head, "journal.head", "{}"), OK);
    assert_int_equal(head.seq, HOUSE_ENTRIES + 1);
    guest_close(&g);
    assert_int_equal(house_stop(&h), 0);
    house_close(&h);
}

static void test_second_daemon_is_told_of_the_first(void **state)
{
    struct house h;
    char command[512];
    (void)state;
    house_open(&h);
    house_start(&h, NULL, NULL);
    snprintf(command, sizeof command, "%s/daemon/smed --socket %s --database %s/other.db 2>/dev/null", SMED_BINARY_DIR,
             h.socket, h.directory);
    assert_int_equal(WEXITSTATUS(system(command)), 69);
    snprintf(command, sizeof command, "%s/daemon/smed --group 0 2>/dev/null", SMED_BINARY_DIR);
    assert_int_equal(WEXITSTATUS(system(command)), 64);
    assert_int_equal(house_stop(&h), 0);
    house_close(&h);
}

/* What systemd would do: a datagram socket that is told. */
static void test_tells_the_service_manager(void **state)
{
    struct house h;
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    char text[64] = "";
    (void)state;
    house_open(&h);
    snprintf(address.sun_path, sizeof address.sun_path, "%s/notify", h.directory);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
    setenv("NOTIFY_SOCKET", address.sun_path, 1);
    setenv("WATCHDOG_USEC", "90000", 1);
    house_start(&h, NULL, NULL);
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    while (recv(fd, text, sizeof text, 0) > 0 && memcmp(text, "READY=1", 7) != 0)
        assert_memory_equal(text, "STATUS=", 7); /* of an upgrade */
    assert_memory_equal(text, "READY=1\nSTATUS=", 15);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(recv(fd, text, sizeof text, 0), 10);
        assert_memory_equal(text, "WATCHDOG=1", 10);
    }
    kill(h.pid, SIGTERM);
    while (memcmp(text, "STOPPING=1", 10) != 0)
        assert_int_equal(recv(fd, text, sizeof text, 0), 10);
    assert_int_equal(house_wait(&h), 0);
    close(fd);
    house_close(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers_the_day_of_its_clock),
        cmocka_unit_test(test_term_finishes_what_is_in_flight),
        cmocka_unit_test(test_stop_does_not_wait_for_the_idle),
        cmocka_unit_test(test_socket_of_the_dead_is_replaced),
        cmocka_unit_test(test_socket_of_the_living_is_not),
        cmocka_unit_test(test_path_of_a_socket_is_short),
        cmocka_unit_test(test_inherited_socket_must_listen),
        cmocka_unit_test(test_repeat_across_a_restart_is_done_once),
        cmocka_unit_test(test_second_daemon_is_told_of_the_first),
        cmocka_unit_test(test_tells_the_service_manager),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
