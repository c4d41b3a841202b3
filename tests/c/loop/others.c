/* Timers, posts, watched descriptors, sockets that come and go. */
#define _POSIX_C_SOURCE 200809L
#include "loop.h"

#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

static ww_poster *rung;

static void ring(int number)
{
    (void)number;
    ww_poster_ring(rung);
}

static void timers(ww_loop *loop)
{
    const uint64_t now = ww_loop_now(loop);
    ww_completion done;
    CHECK(ww_loop_set_timer(loop, 0, now + 20, 100) == WW_OK && ww_loop_set_timer(loop, 1, now + 10, 101) == WW_OK);
    CHECK(ww_loop_set_timer(loop, 2, now + 5, 102) == WW_OK && ww_loop_set_timer(loop, 2, UINT64_MAX, 0) == WW_OK);
    CHECK(ww_loop_deadline(loop) <= now + 10);
    done = loop_next(loop);
    CHECK(done.kind == WW_COMPLETION_TIMER && done.n == 1 && done.token == 101 && done.socket == 0);
    done = loop_next(loop);
    CHECK(done.kind == WW_COMPLETION_TIMER && done.n == 0 && done.token == 100 && ww_loop_now(loop) >= now + 20);
    CHECK(loop_is_quiet(loop));
}

static void posts(ww_loop *loop)
{
    struct sigaction action;
    ww_poster *poster = NULL, *other;
    CHECK(ww_loop_poster(loop, &poster) == WW_OK && poster != NULL);
    other = ww_poster_ref(poster);
    CHECK(ww_poster_post(poster, 7) == WW_OK && ww_poster_post(other, 8) == WW_OK);
    rung = other;
    action.sa_handler = ring;
    action.sa_flags = 0;
    sigemptyset(&action.sa_mask);
    CHECK(sigaction(SIGUSR1, &action, NULL) == 0 && raise(SIGUSR1) == 0);
    CHECK(loop_next(loop).token == 0);
    CHECK(loop_next(loop).token == 7);
    CHECK(loop_next(loop).token == 8);
    CHECK(loop_is_quiet(loop));
    action.sa_handler = SIG_DFL;
    CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
    ww_poster_free(poster);
    ww_loop_free(loop);
    CHECK(ww_poster_post(other, 9) == WW_E_GONE && ww_poster_ring(other) == WW_E_GONE);
    ww_poster_free(other);
}

static void watched(ww_loop *loop)
{
    ww_completion done;
    ww_socket watched = 0;
    intptr_t fd = 5;
    int ends[2];
    CHECK(pipe(ends) == 0);
    CHECK(ww_loop_watch(loop, ends[0], 55, &watched, NULL) == WW_OK);
    CHECK(ww_loop_poll(loop, watched, WW_READY_READABLE) == WW_OK && loop_is_quiet(loop));
    CHECK(write(ends[1], "x", 1) == 1);
    done = loop_next(loop);
    CHECK(done.kind == WW_COMPLETION_READY && done.flags == WW_READY_READABLE && done.token == 55 && done.socket == watched);
    CHECK(loop_is_quiet(loop));
    CHECK(ww_loop_poll(loop, watched, WW_READY_READABLE) == WW_OK && close(ends[1]) == 0);
    done = loop_next(loop);
    CHECK((done.flags & WW_READY_FAILED) != 0);
    CHECK(ww_loop_release(loop, watched, &fd) == WW_OK && fd == -1);
    CHECK(close(ends[0]) == 0);
}

static void come_and_go(ww_loop *loop)
{
    ww_completion done;
    ww_socket socket = 0;
    intptr_t fd = -1;
    int ends[2];
    char octet = 0;
    CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    CHECK(ww_loop_adopt(loop, ends[0], 66, &socket, NULL) == WW_OK && ww_loop_receive(loop, socket) == WW_OK);
    CHECK(write(ends[1], "y", 1) == 1);
    done = loop_next(loop);
    CHECK(done.kind == WW_COMPLETION_RECEIVED && done.data.len == 1 && done.data.data[0] == 'y' && done.token == 66);
    CHECK(ww_loop_release(loop, socket, &fd) == WW_OK && fd >= 0);
    CHECK(write((int)fd, "z", 1) == 1 && read(ends[1], &octet, 1) == 1 && octet == 'z');
    CHECK(ww_loop_receive(loop, socket) == WW_E_GONE);
    CHECK(close((int)fd) == 0 && close(ends[1]) == 0);
}

void test_others(void)
{
    ww_loop *const loop = loop_new();
    CHECK(loop_is_quiet(loop));
    timers(loop);
    watched(loop);
    come_and_go(loop);
    posts(loop);
}
